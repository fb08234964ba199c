"""What happens later: each browser is told by a job of its own, so that none is told twice because another failed."""

from vigil.kernel import clock
from vigil.kernel.jobs import job
from vigil.nudges import commands, queries


@job("nudges.nudge", lock_by="subscription_id")
def nudge(subscription_id: int, conversation: str, why: str) -> None:
    """Tell one browser."""
    commands.nudge(subscription_id=subscription_id, conversation=conversation, why=why, at=clock.now())


def nudge_all(*, agent_id: int, conversation: str, why: str) -> None:
    """Have every browser told in which the agent is signed in and asked for it."""
    for subscription in queries.told_browsers(agent_id, at=clock.now()):
        nudge.enqueue(subscription_id=subscription, conversation=conversation, why=why)
