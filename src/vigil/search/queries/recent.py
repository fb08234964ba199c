"""What an agent has searched for: their own, and nobody else's."""

from dataclasses import dataclass

from vigil.kernel.text import MaskedText
from vigil.search.models import Recent


@dataclass(frozen=True, slots=True)
class RecentRow:
    """A search by its number, as it was typed."""

    id: int
    asked: MaskedText


def list_recent(agent_id: int) -> list[RecentRow]:
    """List what an agent has searched for, the last one first."""
    return [RecentRow(row.id, row.asked) for row in Recent.objects.filter(agent_id=agent_id).order_by("-asked_at", "-id")]


def find_recent(number: int, agent_id: int) -> RecentRow | None:
    """Find one of an agent's own searches; None once it was forgotten."""
    row = Recent.objects.filter(id=number, agent_id=agent_id).first()
    return RecentRow(row.id, row.asked) if row else None
