"""The rows of a change on their way from the database and back: plain SQL, one round trip there and one back.

This is the path of every message. Building model queries and waiting for one statement after the other cost it more
than all the database does, so it says itself what it wants; the fields' own seal on words is asked all the same.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from vigil.conversations.models import Conversation, Entry

Key = tuple[int, str, int | None, UUID]

# In the model's own order, as Django takes them.
_COLUMNS = (
    "id", "public_id", "channel", "customer_id", "team_id", "queue_id", "assignee_id", "status", "priority", "language",
    "last_seq", "waiting_since", "due_at", "first_answered_at",
)  # fmt: skip
# Always in the order of their ids, so that no two writers wait in a ring.
_LOCK = f"SELECT {', '.join(_COLUMNS)} FROM conversations_conversation WHERE public_id = ANY(%s) ORDER BY id FOR UPDATE"  # noqa: S608 (our own names)
# A statement of its own behind the lock: only then does it see what the writer before us has committed.
_KNOWN = """
SELECT e.id FROM conversations_conversation c JOIN conversations_entry e ON e.conversation_id = c.id
 WHERE c.public_id = ANY(%s) AND e.client_key = ANY(%s)
"""
# The numbers of entries are drawn here, under the lock taken before: the live tier's reader relies on it.
_WRITE = """
WITH written AS (
    INSERT INTO conversations_entry (conversation_id, seq, kind, author_kind, agent_id, text, language, data, client_key, created_at)
    SELECT * FROM json_to_recordset(%s) AS e(conversation_id bigint, seq int, kind text, author_kind text, agent_id bigint, text text,
                                             language text, data jsonb, client_key uuid, created_at timestamptz)
)
UPDATE conversations_conversation c
   SET status = n.status, priority = n.priority, team_id = n.team_id, queue_id = n.queue_id, assignee_id = n.assignee_id,
       waiting_since = n.waiting_since, due_at = n.due_at, first_answered_at = n.first_answered_at, last_seq = n.last_seq,
       preview = COALESCE(n.preview, c.preview), last_activity_at = n.last_activity_at
  FROM json_to_recordset(%s) AS n(id bigint, status text, priority smallint, team_id bigint, queue_id bigint, assignee_id bigint,
                                  waiting_since timestamptz, due_at timestamptz, first_answered_at timestamptz, last_seq int,
                                  preview text, last_activity_at timestamptz)
 WHERE c.id = n.id
"""


def lock(public_ids: Iterable[str], keys: Iterable[UUID]) -> tuple[dict[str, Conversation], dict[Key, Entry]]:
    """Lock conversations against every other writer; give them by name, and what is already stored under the keys.

    What the rules do not ask for is left in the database; a conversation's `preview` is there only once it was set anew.
    """
    names, asked = list(set(public_ids)), list(set(keys))
    with connection.cursor() as cursor, connection.cursor() as known:
        with connection.wrap_database_errors, connection.connection.pipeline():
            cursor.execute(_LOCK, [names])
            if asked:
                known.execute(_KNOWN, [names, asked])
        locked = [Conversation.from_db(connection.alias, _COLUMNS, row) for row in cursor.fetchall()]
        stored = [row[0] for row in known.fetchall()] if asked else []
    return {row.public_id: row for row in locked}, _by_key(stored)


def _by_key(ids: Sequence[int]) -> dict[Key, Entry]:
    found = Entry.objects.filter(id__in=ids) if ids else ()
    return {(entry.conversation_id, entry.author_kind, entry.agent_id, entry.client_key): entry for entry in found if entry.client_key}


def write(entries: Iterable[Entry], conversations: Iterable[Conversation]) -> None:
    """Append entries, in their order, and write their conversations back. The entries do not learn their ids."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [_as_json([_entry(entry) for entry in entries]), _as_json([_conversation(row) for row in conversations])])


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "conversation_id": entry.conversation_id,
        "seq": entry.seq,
        "kind": entry.kind,
        "author_kind": entry.author_kind,
        "agent_id": entry.agent_id,
        "text": _sealed_text(entry.text),
        "language": entry.language,
        "data": entry.data,
        "client_key": None if entry.client_key is None else str(entry.client_key),
        "created_at": entry.created_at.isoformat(),
    }


def _conversation(row: Conversation) -> dict[str, Any]:
    return {
        "id": row.id,
        "status": row.status,
        "priority": row.priority,
        "team_id": row.team_id,
        "queue_id": row.queue_id,
        "assignee_id": row.assignee_id,
        "waiting_since": _moment(row.waiting_since),
        "due_at": _moment(row.due_at),
        "first_answered_at": _moment(row.first_answered_at),
        "last_seq": row.last_seq,
        "preview": _sealed_preview(row.__dict__.get("preview")),
        "last_activity_at": row.last_activity_at.isoformat(),
    }


_sealed_text = Entry._meta.get_field("text").get_prep_value
_sealed_preview = Conversation._meta.get_field("preview").get_prep_value


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _as_json(values: list[dict[str, Any]]) -> str:
    return json.dumps(values, ensure_ascii=False)
