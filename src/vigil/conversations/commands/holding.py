"""An answer that goes by post is kept until it does."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vigil.conversations.events import ReplyHeld
from vigil.conversations.models import Departure
from vigil.conversations.rules import DEPARTS_AFTER, Draft
from vigil.kernel.events import publish


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer that waits: what its author names to undo it, and when it goes."""

    public_id: str
    goes_at: datetime


def hold(conversation_id: int, draft: Draft, secrets: tuple[str, ...], *, at: datetime) -> None:
    """Keep an answer until its author can have no second thought any more, in the caller's transaction. May be repeated."""
    if draft.agent_id is None or draft.client_key is None:
        raise ValueError("an answer has an author and a key")
    known = {"text": draft.text, "language": draft.language, "data": dict(draft.data), "secrets": list(secrets)}
    row, is_new = Departure.objects.get_or_create(
        conversation_id=conversation_id, agent_id=draft.agent_id, key=draft.client_key, defaults={**known, "goes_at": at + DEPARTS_AFTER}
    )
    if is_new:
        publish(ReplyHeld(row.id, row.goes_at))


def find_waiting(conversation_id: int, agent_id: int, key: UUID) -> Waiting | None:
    """Find an agent's answer that waits under a key."""
    row = Departure.objects.filter(conversation_id=conversation_id, agent_id=agent_id, key=key).only("public_id", "goes_at").first()
    return None if row is None else Waiting(row.public_id, row.goes_at)
