"""When that happened, do this here."""

from collections.abc import Sequence

from vigil.conversations.events import NoteKept, ReplyHeld, ReplySent, ReplyTurnedBack
from vigil.conversations.live import agent_topic
from vigil.drafts import commands as drafts
from vigil.drafts.events import DraftChanged
from vigil.kernel.live import bell
from vigil.kernel.live.frames import as_json
from vigil.team.events import AgentSwitchedOff


def forget_the_drafts(events: Sequence[ReplySent | NoteKept]) -> None:
    """Forget what were drafts and is sent now."""
    # What waited was forgotten when it began to; what begins like it by now is new.
    sent = [event for event in events if isinstance(event, NoteKept) or not event.waited]
    drafts.forget_sent([(event.conversation_id, event.agent_id, event.seq) for event in sent])


def forget_what_waits(event: ReplyHeld) -> None:
    """Forget what was a draft and goes in a moment."""
    drafts.forget_waiting(departure_id=event.departure_id)


def give_the_words_back(event: ReplyTurnedBack) -> None:
    """Keep as a draft what could not go any more."""
    drafts.take_back(departure=event.departure, conversation=event.conversation, agent_id=event.agent_id, at=event.at)


def forget_their_drafts(event: AgentSwitchedOff) -> None:
    """Forget what somebody began who does not work here any more."""
    drafts.forget_all_of(event.agent_id)


def tell_their_desks(event: DraftChanged) -> None:
    """Let the same agent's other tabs and devices know that there is another version to be fetched."""
    data = {"conversation": event.conversation, "version": event.version, "turned": event.turned}
    bell.signal(
        {"topic": agent_topic(event.agent_id), "event": "draft", "data": as_json(data).decode(), "conversation": event.conversation}
    )
