"""What an agent has searched for lately: kept for that agent alone, and forgotten when they say so."""

from datetime import datetime

from django.db import transaction

from vigil.kernel.text import MaskedText
from vigil.search.models import Recent

KEPT = 20


def keep_recent(asked: MaskedText, *, agent_id: int, at: datetime) -> int:
    """Note that an agent searches for this now, and tell the note's number; the same search again is the same note. 20 are kept."""
    with transaction.atomic():
        recent, _ = Recent.objects.update_or_create(agent_id=agent_id, asked=asked, defaults={"asked_at": at})
        mine = Recent.objects.filter(agent_id=agent_id)
        kept = mine.order_by("-asked_at", "-id").values("id")[:KEPT]
        mine.exclude(id__in=kept).exclude(id=recent.id).delete()
    return int(recent.id)


def forget_recent(number: int | None, *, agent_id: int) -> None:
    """Forget one of an agent's own searches, or all of them. May be repeated."""
    mine = Recent.objects.filter(agent_id=agent_id)
    (mine if number is None else mine.filter(id=number)).delete()


def forget_all_of(agent_id: int) -> None:
    """Forget everything that an agent has searched for. May be repeated."""
    forget_recent(None, agent_id=agent_id)
