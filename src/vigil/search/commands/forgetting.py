"""What must not wait for the index to follow."""

from django.db import connection

from vigil.search.models import Document

_OF_CUSTOMER = """
INSERT INTO search_due (conversation_id) SELECT id FROM conversations_conversation WHERE customer_id = %s ON CONFLICT DO NOTHING
"""


def forget_words(conversation_id: int) -> None:
    """Drop what the index knows of a conversation; it comes back a moment later, as the timeline is then. May be repeated.

    For words that were taken back: from this transaction on nobody finds the conversation by them.
    """
    Document.objects.filter(conversation_id=conversation_id).delete()


def note_due(customer_id: int) -> None:
    """Note that a customer's conversations have to be read anew. May be repeated."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_CUSTOMER, [customer_id])
