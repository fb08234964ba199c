"""Every way to ask who is told."""

from datetime import datetime

from vigil.nudges.models import Subscription
from vigil.team import queries as team


def is_told(session_id: int) -> bool:
    """Say whether the browser of a session asked to be told."""
    return Subscription.objects.filter(session_id=session_id).exists()


def told_browsers(agent_id: int, *, at: datetime) -> list[int]:
    """List the subscriptions of an agent's browsers that are still signed in."""
    alive = [session.id for session in team.list_sessions(agent_id, at=at)]
    return list(Subscription.objects.filter(session_id__in=alive).order_by("id").values_list("id", flat=True))
