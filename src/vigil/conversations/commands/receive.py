"""A customer's words come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from vigil.conversations.commands.timeline import Change, Written, apply_screened, only
from vigil.conversations.events import MessageReceived
from vigil.conversations.held import Held, Line
from vigil.conversations.rules import Decision, Denied, Draft, Promised, State, on_message
from vigil.kernel.errors import Refusal
from vigil.safety.findings import Screened
from vigil.workspace.profile import profile


@dataclass(frozen=True, slots=True)
class Message:
    """Words of a customer for a conversation of theirs; `key` is the sender's own name for this sending."""

    conversation: str
    customer_id: int
    key: UUID
    text: str
    language: str = ""


def receive_message(message: Message, *, at: datetime) -> Written:
    """Store a customer's words; the same key again returns what was stored. Raises the refusal that stands against it."""
    return only(receive_many([message], at=at))


def receive_many(messages: Sequence[Message], *, at: datetime) -> list[Written | Refusal]:
    """Store up to 256 messages in one transaction, each answered in its place."""
    return apply_screened(messages, lambda message: message.text, partial(change_of, at=at), at=at)


def promised_on(channel: str) -> Promised:
    """Read the profile's promise for a channel as the rules take it."""
    promise = profile().promise_for(channel)
    return Promised(promise.first_answer, promise.next_answer)


def change_of(message: Message, screened: Screened, *, at: datetime) -> Change:
    """Say what the screened words of a message do to its conversation."""
    words = Draft("message", "customer", text=screened.text, language=message.language, client_key=message.key)
    return Change(
        conversation=message.conversation,
        may_touch=lambda row: row.customer_id == message.customer_id,
        decide=partial(_decide, words=words, secrets=tuple(finding.kind for finding in screened.findings), at=at),
        subject="message",
        news=partial(_news, at=at),
        key=("customer", None, message.key),
        text=screened.text,
        # Who shows a secret once more is warned once more.
        folds=not screened.findings,
    )


def _decide(row: Held, state: State, *, words: Draft, secrets: tuple[str, ...], at: datetime) -> Decision | Denied:
    return on_message(state, words, secrets=secrets, promised=promised_on(row.channel), at=at)


def _news(row: Held, entry: Line, *, at: datetime) -> MessageReceived:
    return MessageReceived(row.id, entry.seq, at)
