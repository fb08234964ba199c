"""When that happened, do this here."""

from typing import Any

from vigil.conversations.events import NoteKept, Seen
from vigil.conversations.live import agent_topic
from vigil.kernel.live import bell
from vigil.kernel.live.frames import as_json
from vigil.mentions import commands as mentions
from vigil.mentions.events import AgentMentioned, MentionsRead
from vigil.team import queries as team


def note_the_mentions(event: NoteKept) -> None:
    """Note whom a note names."""
    if event.may_mention:
        mentions.note_mentions(conversation_id=event.conversation_id, seq=event.seq, by_id=event.agent_id)


def read_the_mentions(event: Seen) -> None:
    """Count as read what an agent has read."""
    if event.agent_id is not None:
        mentions.read_mentions(conversation_id=event.conversation_id, agent_id=event.agent_id, seq=event.read)


def tell_the_mentioned(event: AgentMentioned) -> None:
    """Let whoever is named know at once, at every desk of theirs."""
    _tell(event.agent_id, {"conversation": event.conversation, "by": team.names_of({event.by_id}).get(event.by_id, "?")})


def tell_their_other_desks(event: MentionsRead) -> None:
    """Let every desk of theirs count anew."""
    _tell(event.agent_id, {})


def _tell(agent_id: int, data: dict[str, Any]) -> None:
    bell.signal({"topic": agent_topic(agent_id), "event": "mentions", "data": as_json(data).decode()})
