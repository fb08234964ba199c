"""How far each side has come: watermarks, not entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper

from vigil.conversations.commands.aside import Aside
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.events import Seen
from vigil.conversations.models import Conversation
from vigil.conversations.sight import is_visible_to
from vigil.kernel.errors import Refusal
from vigil.kernel.events import publish
from vigil.kernel.live.refusals import Busy
from vigil.kernel.outages import LOCKED, sqlstate_of
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
_WAIT_BRIEFLY = "SET LOCAL lock_timeout = '300ms'"
# What a first mark asks of its conversation; whoever writes there does not stand in its way, whoever deletes it does.
_FREE = "SELECT id FROM conversations_conversation WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE SKIP LOCKED"
_ASIDE = Aside()


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one side has received and read of a conversation; `who` is the customer's id or the sight of an agent."""

    conversation: str
    who: int | Sight
    delivered: int
    read: int


def mark_seen(*, conversation: str, who: int | Sight, delivered: int, read: int) -> bool:
    """Raise one side's marks to the entries it received and read; say whether they rose. May be repeated, in any order.

    `who` is the customer's id or the sight of an agent. Raises ConversationNotFound for anybody else's conversation.
    """
    (outcome,) = mark_seen_many([Sighting(conversation, who, delivered, read)])
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def mark_seen_many(sightings: Sequence[Sighting]) -> list[bool | Refusal]:
    """Raise many marks in one transaction, each answered in its place as `mark_seen` does.

    A mark is not worth waiting for: one whose conversation is held for longer than 0.3 s is answered Busy, and the others are kept.
    """
    for waits in (True, False) if not _ASIDE.among(sighting.conversation for sighting in sightings) else (False,):
        try:
            return _mark(sightings, waits=waits)
        except OperationalError as error:
            if sqlstate_of(error) != LOCKED:
                raise
    return [Busy(retry_after=1) for _ in sightings]


def _mark(sightings: Sequence[Sighting], *, waits: bool = True) -> list[bool | Refusal]:
    names = {sighting.conversation for sighting in sightings}
    found = Conversation.objects.filter(public_id__in=names).only("id", "public_id", "team_id", "customer_id", "last_seq")
    rows = {row.public_id: row for row in found}
    outcomes: dict[int, bool | Refusal] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_WAIT_BRIEFLY)
        free = set(rows) if waits else _free_among(rows.values(), cursor)
        # Always in the order of their conversations, so that two batches never wait for one another in a ring.
        for place in sorted(range(len(sightings)), key=lambda place: sightings[place].conversation):
            sighting = sightings[place]
            row = rows.get(sighting.conversation)
            if row is None or not is_visible_to(sighting.who, row):
                outcomes[place] = ConversationNotFound()
            else:
                outcomes[place] = _raise(row, sighting, cursor) if row.public_id in free else Busy(retry_after=1)
    return [outcomes[place] for place in range(len(sightings))]


def _free_among(rows: Iterable[Conversation], cursor: CursorWrapper) -> set[str]:
    known = {row.id: row.public_id for row in rows}
    cursor.execute(_FREE, [list(known)])
    free = {known[number] for (number,) in cursor.fetchall()}
    _ASIDE.note(held=set(known.values()) - free, free=free)
    return free


def _raise(row: Conversation, sighting: Sighting, cursor: CursorWrapper) -> bool:
    side, agent_id = ("agent", sighting.who.agent_id) if isinstance(sighting.who, Sight) else ("customer", None)
    values: dict[str, str | int | None] = {"conversation": row.id, "kind": side, "agent": agent_id, "last": row.last_seq}
    values |= {"delivered": sighting.delivered, "read": sighting.read}
    cursor.execute(_RAISE, values)
    risen = cursor.fetchone()
    if risen is not None:
        publish(Seen(row.id, row.public_id, row.team_id, row.customer_id, side, agent_id, *risen))
    return risen is not None
