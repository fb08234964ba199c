"""When that happened, do this here."""

from collections.abc import Sequence

from vigil.conversations.commands.replayed import report_replayed_key
from vigil.conversations.events import ReplyHeld, ReplySent, Seen, TimelinesGrew
from vigil.conversations.jobs import PATIENCE, depart, tell_of_answer
from vigil.conversations.live import customer_topic, team_topic
from vigil.customers import queries as customers
from vigil.customers.events import ResumeTokenReplayed
from vigil.kernel.live import bell
from vigil.kernel.live.frames import as_json


def wake_the_readers(event: TimelinesGrew) -> None:
    """Ring the bell at commit, so that everybody who listens reads on."""
    bell.ring()


def tell_the_other_side(event: Seen) -> None:
    """Show the one side how far the other has come."""
    data = {"conversation": event.public_id, "by": event.side, "delivered": event.delivered, "read": event.read}
    topic = customer_topic(event.customer_id) if event.side == "agent" else team_topic(event.team_id)
    bell.signal({"topic": topic, "event": "seen", "data": as_json(data).decode(), "conversation": event.public_id})


def tell_of_the_answers_later(events: Sequence[ReplySent]) -> None:
    """See to it that customers who want letters and do not come to read get one."""
    addressed = customers.addressed({event.customer_id for event in events})
    for event in events:
        if event.customer_id in addressed:
            tell_of_answer.enqueue(at=event.at + PATIENCE, conversation_id=event.conversation_id, seq=event.seq)


def let_it_depart_then(event: ReplyHeld) -> None:
    """See to it that an answer goes when its moment is over, whatever becomes of this process."""
    depart.enqueue(at=event.at, departure_id=event.departure_id)


def warn_the_owner(event: ResumeTokenReplayed) -> None:
    """Let the customer know that an old key to the conversation was tried."""
    report_replayed_key(customer_id=event.customer_id, at=event.at)
