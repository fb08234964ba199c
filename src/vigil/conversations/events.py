"""What happened to conversations."""

from dataclasses import dataclass
from datetime import datetime

from vigil.kernel.events import Event


@dataclass(frozen=True, slots=True)
class TimelinesGrew(Event):
    """Entries were appended in this transaction; once a transaction, however many conversations it touched."""

    conversation_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ConversationOpened(Event):
    """A customer began a conversation."""

    conversation_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageReceived(Event):
    """A customer's words were stored."""

    conversation_id: int
    seq: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ReplySent(Event):
    """An agent's words to the customer were stored; they `waited` where they go by post, and their author is elsewhere by now."""

    conversation_id: int
    seq: int
    agent_id: int
    customer_id: int
    at: datetime
    waited: bool = False


@dataclass(frozen=True, slots=True)
class ReplyHeld(Event):
    """An agent's answer waits to go by post until `at`."""

    departure_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ReplyTurnedBack(Event):
    """An answer that waited could not go any more; its words are still there, for its author."""

    departure: str
    conversation: str
    agent_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteKept(Event):
    """An agent's words to the team were stored; `may_mention` says that they hold a sign with which names begin."""

    conversation_id: int
    seq: int
    agent_id: int
    may_mention: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class ConversationTagged(Event):
    """A tag was put on, or taken off; `seq` is the entry that knows its word."""

    conversation_id: int
    seq: int
    on: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class ConversationFollowed(Event):
    """An agent follows the conversation, or does not any more."""

    conversation_id: int
    agent_id: int
    follows: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class ReplyWithdrawn(Event):
    """An agent took a reply back; `of` is its number, and its words are gone."""

    conversation_id: int
    of: int
    agent_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ReplyMarked(Event):
    """An agent found a reply, `of` is its number, not clear to its customer, or does not any more."""

    conversation_id: int
    of: int
    on: bool
    agent_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ConversationsLinked(Event):
    """Two conversations were linked, or parted."""

    conversation_id: int
    other_id: int
    on: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class ConversationsMerged(Event):
    """A conversation goes on in another one of the same customer, or (undone) by itself again."""

    conversation_id: int
    into_id: int
    undone: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class CustomerBlocked(Event):
    """Nothing is taken from a customer any more, for a reason, or (an empty one) it is again."""

    customer_id: int
    reason: str
    agent_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ConversationAssigned(Event):
    """The conversation has another agent, or none; `by_id` is the agent who decided so, None where nobody did."""

    conversation_id: int
    conversation: str
    agent_id: int | None
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class StatusChanged(Event):
    """The conversation has another status."""

    conversation_id: int
    before: str
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConversationRated(Event):
    """The customer said how they found it, 1 (bad) to 5 (good); a later one replaces those before."""

    conversation_id: int
    seq: int
    score: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen(Event):
    """One side has received or read further; a signal, not an entry. `agent_id` is None for the customer."""

    conversation_id: int
    public_id: str
    team_id: int
    customer_id: int
    side: str
    agent_id: int | None
    delivered: int
    read: int
