"""What slept long enough wakes."""

from datetime import datetime

from vigil.conversations.commands.receive import promised_on
from vigil.conversations.commands.timeline import MOST, Change, apply_many
from vigil.conversations.events import StatusChanged
from vigil.conversations.held import Held, Line
from vigil.conversations.models import Conversation
from vigil.conversations.rules import Decision, State, on_wake
from vigil.kernel.errors import Refusal


def wake_snoozed(*, at: datetime) -> int:
    """Wake every conversation whose time has come, 256 in a transaction; return how many. May be repeated, and cut off anywhere.

    What somebody holds just now is left to the next time.
    """
    woken = last = 0
    while due := _due(at, behind=last):
        outcomes = apply_many([_awake(name, at) for name in due.values()], at=at)
        woken += sum(not isinstance(outcome, Refusal) and outcome.entry is not None for outcome in outcomes)
        last = max(due)
    return woken


def _due(at: datetime, *, behind: int) -> dict[int, str]:
    found = Conversation.objects.filter(snoozed_until__lte=at, id__gt=behind).order_by("id")
    return dict(found.values_list("id", "public_id")[:MOST])


def _awake(name: str, at: datetime) -> Change:
    def decide(row: Held, state: State) -> Decision:
        # Judged again under the lock: they may have written, or somebody may have let it sleep on.
        return on_wake(state, promised=promised_on(row.channel), at=at)

    def news(row: Held, entry: Line) -> StatusChanged:
        return StatusChanged(row.id, "snoozed", "open", at)

    return Change(name, lambda row: True, decide, "status", news)
