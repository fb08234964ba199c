"""How far each side has come: watermarks, not entries."""

from django.db import connection, transaction

from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.events import Seen
from vigil.conversations.models import Conversation
from vigil.kernel.events import publish
from vigil.workspace.sight import Sight

# Marks only ever rise, and never past what exists: a late or forged report changes nothing.
_RAISE = """
INSERT INTO conversations_participant AS p (conversation_id, kind, agent_id, delivered_seq, read_seq)
VALUES (%(conversation)s, %(kind)s, %(agent)s, LEAST(GREATEST(%(delivered)s, %(read)s), %(last)s), LEAST(%(read)s, %(last)s))
ON CONFLICT (conversation_id, kind, agent_id) DO UPDATE
   SET delivered_seq = GREATEST(p.delivered_seq, EXCLUDED.delivered_seq), read_seq = GREATEST(p.read_seq, EXCLUDED.read_seq)
 WHERE p.delivered_seq < EXCLUDED.delivered_seq OR p.read_seq < EXCLUDED.read_seq
RETURNING delivered_seq, read_seq
"""


def mark_seen(*, conversation: str, who: int | Sight, delivered: int, read: int) -> bool:
    """Raise one side's marks to the entries it received and read; say whether they rose. May be repeated, in any order.

    `who` is the customer's id or the sight of an agent. Raises ConversationNotFound for anybody else's conversation.
    """
    row = Conversation.objects.filter(public_id=conversation).only("id", "public_id", "team_id", "customer_id", "last_seq").first()
    if row is None or not (who.covers(row.team_id) if isinstance(who, Sight) else row.customer_id == who):
        raise ConversationNotFound
    side, agent_id = ("agent", who.agent_id) if isinstance(who, Sight) else ("customer", None)
    with transaction.atomic(), connection.cursor() as cursor:
        values: dict[str, int | str | None] = {
            "conversation": row.id,
            "kind": side,
            "agent": agent_id,
            "delivered": delivered,
            "read": read,
            "last": row.last_seq,
        }
        cursor.execute(_RAISE, values)
        risen = cursor.fetchone()
        if risen is not None:
            publish(Seen(row.id, row.public_id, row.team_id, row.customer_id, side, agent_id, *risen))
    return risen is not None
