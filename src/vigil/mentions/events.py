"""What happened to mentions."""

from dataclasses import dataclass

from vigil.kernel.events import Event


@dataclass(frozen=True, slots=True)
class AgentMentioned(Event):
    """Somebody named an agent in a note."""

    conversation: str
    agent_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class MentionsRead(Event):
    """An agent has read notes that name them."""

    agent_id: int
