"""Whose eyes a file is for: everybody's who may see an entry that refers to it."""

import json

from django.db import connection

# Word for word what the index holds, so that PostgreSQL recognises it.
_REFERS = """
SELECT 1 FROM conversations_entry e JOIN conversations_conversation c ON c.id = e.conversation_id
 WHERE e.data ? 'files' AND (e.data -> 'files') @> %s::jsonb
"""


def may_see_file(file_id: str, customer_id: int) -> bool:
    """Say whether an entry that a customer may see refers to a file; what goes with a note stays inside."""
    return _is_there(_REFERS + " AND c.customer_id = %s AND e.kind IN ('message', 'reply') LIMIT 1", file_id, customer_id)


def has_file(conversation_id: int, file_id: str) -> bool:
    """Say whether an entry of a conversation refers to a file; whoever asks has judged who may see the conversation."""
    return _is_there(_REFERS + " AND c.id = %s LIMIT 1", file_id, conversation_id)


def _is_there(statement: str, file_id: str, wanted: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps([{"id": file_id}]), wanted])
        return cursor.fetchone() is not None
