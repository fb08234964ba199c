"""What an agent does to a conversation besides answering it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from vigil.conversations.commands.receive import promised_on
from vigil.conversations.commands.timeline import Change, Written, apply_many, only
from vigil.conversations.events import ConversationAssigned, StatusChanged
from vigil.conversations.held import Held, Line
from vigil.conversations.models import Status
from vigil.conversations.rules import Decision, Denied, Seen, State, on_assign, on_priority, on_queue, on_status, on_topic
from vigil.conversations.sight import is_visible_to
from vigil.kernel.errors import Refusal
from vigil.kernel.events import Event
from vigil.team import queries as team
from vigil.team.queries import QueueRow
from vigil.topics.queries import is_topic
from vigil.workspace.sight import Sight


@dataclass(frozen=True, slots=True)
class Assign:
    """Give the conversation to an agent of its team, or (None) back to the queue; `seen` is who had it before their eyes."""

    conversation: str
    sight: Sight
    agent_id: int | None
    seen: Seen = "whoever"


@dataclass(frozen=True, slots=True)
class SetStatus:
    """Choose a status: open, waiting, snoozed (until a moment, or until they write), resolved or closed."""

    conversation: str
    sight: Sight
    status: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SetPriority:
    """Choose the priority, 1 urgent to 4 low."""

    conversation: str
    sight: Sight
    priority: int


@dataclass(frozen=True, slots=True)
class SetTopic:
    """Choose what it is about by a topic's key, or leave it open with an empty one."""

    conversation: str
    sight: Sight
    topic: str


@dataclass(frozen=True, slots=True)
class Move:
    """Move the conversation to another queue, of any team."""

    conversation: str
    sight: Sight
    queue_id: int


Step = Assign | SetStatus | SetPriority | SetTopic | Move


def change_many(steps: Sequence[Step], *, at: datetime) -> list[Written | Refusal]:
    """Take up to 256 steps in one transaction, in their order, each answered in its place. Repeating changes nothing.

    Answers: ConversationNotFound (also for a queue that does not exist), NotAColleague, TakenMeanwhile, ConversationIsClosed,
    StatusNotPossible, SnoozeNotPossible. Raises ValueError for a status or a topic that nobody knows.
    """
    for step in steps:
        if isinstance(step, SetStatus) and step.status not in Status.values:
            raise ValueError(step.status)
        if isinstance(step, SetTopic) and step.topic and not is_topic(step.topic):
            raise ValueError(step.topic)
    agents = {step.agent_id for step in steps if isinstance(step, Assign) and step.agent_id is not None}
    queues = {step.queue_id for step in steps if isinstance(step, Move)}
    known = _Known(team.teams_of(agents) if agents else {}, team.find_queues(queues) if queues else {})
    return apply_many([_change(step, known, at) for step in steps], at=at)


def assign(*, conversation: str, sight: Sight, agent_id: int | None, at: datetime, seen: Seen = "whoever") -> Written:
    """Give the conversation to an agent of its team, or (None) back to the queue. Repeating changes nothing.

    `seen` is who had it, or nobody, when the one who asks looked. Raises ConversationNotFound, NotAColleague,
    ConversationIsClosed, and TakenMeanwhile where a third has it by now.
    """
    return only(change_many([Assign(conversation, sight, agent_id, seen)], at=at))


def set_status(*, conversation: str, sight: Sight, status: str, at: datetime, until: datetime | None = None) -> Written:
    """Choose a status: open, waiting, snoozed, resolved or closed. Repeating changes nothing.

    What is snoozed wakes at `until`, or as soon as the customer writes. Raises ConversationNotFound, ConversationIsClosed,
    StatusNotPossible, SnoozeNotPossible for a moment that is past or further than a year off.
    """
    return only(change_many([SetStatus(conversation, sight, status, until)], at=at))


def set_priority(*, conversation: str, sight: Sight, priority: int, at: datetime) -> Written:
    """Choose the priority, 1 urgent to 4 low. Repeating changes nothing. Raises ConversationNotFound."""
    return only(change_many([SetPriority(conversation, sight, priority)], at=at))


def set_topic(*, conversation: str, sight: Sight, topic: str, at: datetime) -> Written:
    """Choose what it is about, or (empty) leave that open. Repeating changes nothing.

    Raises ConversationNotFound, and ValueError for a topic that nobody knows.
    """
    return only(change_many([SetTopic(conversation, sight, topic)], at=at))


def move(*, conversation: str, sight: Sight, queue_id: int, at: datetime) -> Written:
    """Move the conversation to another queue, of any team. Repeating changes nothing.

    Raises ConversationNotFound (also for a queue that does not exist), ConversationIsClosed.
    """
    return only(change_many([Move(conversation, sight, queue_id)], at=at))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the team says of everybody and every queue that the steps name, asked once."""

    teams: Mapping[int, frozenset[int]]
    queues: Mapping[int, QueueRow]


def _change(step: Step, known: _Known, at: datetime) -> Change:
    subject = {Assign: "assigned", SetStatus: "status", SetPriority: "priority", SetTopic: "topic", Move: "queue"}[type(step)]
    decide = _decision_on(step, known, at)
    return Change(step.conversation, partial(is_visible_to, step.sight), decide, subject, partial(_news, step, at))


def _decision_on(step: Step, known: _Known, at: datetime) -> Callable[[Held, State], Decision | Denied]:
    def decide(row: Held, state: State) -> Decision | Denied:
        by = step.sight.agent_id
        match step:
            case Assign(agent_id=to, seen=seen):
                # Judged under the lock: the conversation may have moved to another team a moment ago.
                if to is not None and row.team_id not in known.teams.get(to, ()):
                    return Denied("colleague")
                return on_assign(state, to=to, by=by, seen=seen)
            case SetStatus(status=status, until=until):
                return on_status(state, to=status, by=by, promised=promised_on(row.channel), at=at, until=until)
            case SetPriority(priority=priority):
                return on_priority(state, to=priority, by=by)
            case SetTopic(topic=topic):
                return on_topic(state, to=topic, by=by)
            case Move(queue_id=queue_id):
                queue = known.queues.get(queue_id)
                return on_queue(state, to_queue=queue.id, to_team=queue.team_id, by=by) if queue else Denied("queue")

    return decide


def _news(step: Step, at: datetime, row: Held, entry: Line) -> Event | None:
    match step:
        case Assign(agent_id=to):
            return ConversationAssigned(row.id, row.public_id, to, step.sight.agent_id, at)
        case SetStatus(status=status):
            return StatusChanged(row.id, entry.data["from"], status, at)
        case _:
            return None
