"""What an agent does to a conversation besides answering it."""

from collections.abc import Callable
from datetime import datetime

from vigil.conversations.commands.timeline import Change, Written, apply
from vigil.conversations.errors import ConversationNotFound, NotAColleague
from vigil.conversations.events import ConversationAssigned, StatusChanged
from vigil.conversations.held import Held, Line
from vigil.conversations.models import Status
from vigil.conversations.rules import Decision, Denied, State, on_assign, on_priority, on_queue, on_status
from vigil.kernel.events import Event
from vigil.team import queries as team
from vigil.workspace.sight import Sight


def assign(*, conversation: str, sight: Sight, agent_id: int | None, at: datetime) -> Written:
    """Give the conversation to an agent of its team, or (None) back to the queue. Repeating changes nothing.

    Raises ConversationNotFound, NotAColleague, ConversationIsClosed.
    """

    def decide(row: Held, state: State) -> Decision | Denied:
        # Asked under the lock: the conversation may have moved to another team a moment ago.
        if agent_id is not None and not team.is_colleague(agent_id, row.team_id):
            raise NotAColleague
        return on_assign(state, to=agent_id, by=sight.agent_id)

    def news(row: Held, entry: Line) -> Event:
        return ConversationAssigned(row.id, agent_id, at)

    return apply(_change(conversation, sight, decide, "assigned", news), at=at)


def set_status(*, conversation: str, sight: Sight, status: str, at: datetime) -> Written:
    """Choose a status: open, waiting, snoozed, resolved or closed. Repeating changes nothing.

    Raises ConversationNotFound, ConversationIsClosed, StatusNotPossible.
    """
    if status not in Status.values:
        raise ValueError(status)

    def news(row: Held, entry: Line) -> Event:
        return StatusChanged(row.id, entry.data["from"], status, at)

    return apply(
        _change(conversation, sight, lambda row, state: on_status(state, to=status, by=sight.agent_id, at=at), "status", news), at=at
    )


def set_priority(*, conversation: str, sight: Sight, priority: int, at: datetime) -> Written:
    """Choose the priority, 1 urgent to 4 low. Repeating changes nothing. Raises ConversationNotFound."""
    return apply(
        _change(conversation, sight, lambda row, state: on_priority(state, to=priority, by=sight.agent_id), "priority", _no_news), at=at
    )


def move(*, conversation: str, sight: Sight, queue_id: int, at: datetime) -> Written:
    """Move the conversation to another queue, of any team. Repeating changes nothing.

    Raises ConversationNotFound (also for a queue that does not exist), ConversationIsClosed.
    """
    queue = team.find_queue(queue_id)
    if queue is None:
        raise ConversationNotFound

    def decide(row: Held, state: State) -> Decision | Denied:
        return on_queue(state, to_queue=queue.id, to_team=queue.team_id, by=sight.agent_id)

    return apply(_change(conversation, sight, decide, "queue", _no_news), at=at)


def _no_news(row: Held, entry: Line) -> None:
    return None


def _change(
    conversation: str,
    sight: Sight,
    decide: Callable[[Held, State], Decision | Denied],
    subject: str,
    news: Callable[[Held, Line], Event | None],
) -> Change:
    return Change(conversation, lambda row: sight.covers(row.team_id), decide, subject, news)
