"""When that happened, do this here."""

from typing import Protocol

from vigil.conversations.events import ConversationAssigned
from vigil.nudges.jobs import nudge_all


class Mentioned(Protocol):
    """Somebody named an agent in a note: what `mentions`, a neighbour, tells of it."""

    @property
    def conversation(self) -> str: ...
    @property
    def agent_id(self) -> int: ...


def nudge_the_mentioned(event: Mentioned) -> None:
    """Have whoever is named told where they asked for it."""
    nudge_all(agent_id=event.agent_id, conversation=event.conversation, why="mentioned")


def nudge_the_assigned(event: ConversationAssigned) -> None:
    """Have whoever was given a conversation by somebody else told where they asked for it."""
    if event.agent_id is not None and event.by_id not in {None, event.agent_id}:
        nudge_all(agent_id=event.agent_id, conversation=event.conversation, why="assigned")
