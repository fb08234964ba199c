"""A customer's words come in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from vigil.conversations.commands.keeping import kept_files
from vigil.conversations.commands.timeline import Change, Written, apply_screened, only
from vigil.conversations.errors import ConversationGoesOn
from vigil.conversations.events import MessageReceived
from vigil.conversations.held import Held, Line
from vigil.conversations.models import Conversation, Entry
from vigil.conversations.rules import Decision, Denied, Draft, Promised, State, on_message
from vigil.conversations.sight import is_visible_to
from vigil.kernel.errors import Refusal
from vigil.kernel.text import MaskedText
from vigil.safety import commands as safety
from vigil.safety.findings import Screened
from vigil.workspace.profile import profile

# So many of somebody's latest messages may hold the rest of a phrase.
_PIECES, _PIECES_WITHIN = 6, timedelta(minutes=30)
# And so many of the latest words, hers and ours, say what a code in them is.
_SAID = 12


@dataclass(frozen=True, slots=True)
class Message:
    """Words of a customer for a conversation of theirs; `key` is the sender's own name for this sending.

    `files` names up to five files that `files_of` (a subject, "guest:7c…") has sent; with any, the words may be empty.
    `by` is the session that sends; where it is over, nothing is stored.
    """

    conversation: str
    customer_id: int
    key: UUID
    text: str
    language: str = ""
    files: tuple[str, ...] = ()
    files_of: str = ""
    by: str = ""
    # Where in the stored words something stands that reads like a fact and is none, as (start, end): she has said so.
    no_facts: tuple[tuple[int, int], ...] = ()
    # Of somebody who can be asked what a code is: the answer, "public" or "secret", or empty before it. None asks nobody.
    meant: str | None = None


def receive_message(message: Message, *, at: datetime) -> Written:
    """Store a customer's words; the same key again returns what was stored. Raises the refusal that stands against it."""
    return only(receive_many([message], at=at))


def receive_many(messages: Sequence[Message], *, at: datetime) -> list[Written | Refusal]:
    """Store up to 256 messages in one transaction, each answered in its place."""
    return apply_screened(messages, _Screening(at).screen, partial(change_of, at=at), at=at)


class _Screening:
    """Screens the messages of one batch, each with those before it in mind: a phrase may come in pieces."""

    def __init__(self, at: datetime) -> None:
        self._since = at - _PIECES_WITHIN
        self._passed: dict[str, list[str]] = {}

    def screen(self, message: Message) -> Screened | None:
        screened = screen_message(message, partial(self._said, message))
        if screened is None:
            return None
        screened = safety.screen_after(message.text, screened, partial(self._earlier, message.conversation))
        self._passed.setdefault(message.conversation, []).append(screened.text)
        return screened

    def _earlier(self, conversation: str) -> list[str]:
        stored = Entry.objects.filter(
            conversation__public_id=conversation, kind="message", text__isnull=False, created_at__gt=self._since
        ).order_by("-seq")
        texts = stored.values_list("text", flat=True)[:_PIECES]
        return [*reversed(self._passed.get(conversation, [])), *(text for text in texts if text)]

    def _said(self, message: Message) -> list[tuple[bool, str]]:
        stored = Entry.objects.filter(
            conversation__public_id=message.conversation,
            conversation__customer_id=message.customer_id,
            kind__in=("message", "reply"),
            text__isnull=False,
        ).order_by("-seq")
        words = stored.values_list("kind", "text")[:_SAID]
        passed = [(False, text) for text in reversed(self._passed.get(message.conversation, []))]
        return [*passed, *((kind == "reply", text) for kind, text in words if text)]


def screen_message(message: Message, said: Callable[[], Sequence[tuple[bool, str]]] = tuple) -> Screened | None:
    """Screen a message's words after what was `said` before; None where there are files and no words. Raises what screening refuses."""
    if message.files and not message.text.strip():
        return None
    return safety.screen(message.text) if message.meant is None else safety.screen_asking(message.text, meant=message.meant, said=said)


def promised_on(channel: str) -> Promised:
    """Read the profile's promise for a channel as the rules take it."""
    promise = profile().promise_for(channel)
    return Promised(promise.first_answer, promise.next_answer)


def change_of(message: Message, screened: Screened | None, *, at: datetime) -> Change:
    """Say what the screened words of a message, and its files, do to its conversation."""
    text = screened.text if screened else None
    secrets = tuple(finding.kind for finding in screened.findings) if screened else ()
    return Change(
        conversation=message.conversation,
        may_touch=partial(is_visible_to, message.customer_id),
        decide=partial(_decide, message=message, text=text, secrets=secrets, at=at),
        subject="message",
        news=partial(_news, at=at),
        key=("customer", None, message.key),
        text=text,
        # Who shows a secret once more is warned once more, and a file is never the same by its words.
        folds=not secrets and not message.files,
        by=message.by,
        customer=message.customer_id,
    )


def _decide(
    row: Held, state: State, *, message: Message, text: MaskedText | None, secrets: tuple[str, ...], at: datetime
) -> Decision | Denied:
    # Here, and not before: a file is kept together with the entry that refers to it, or not at all.
    data: dict[str, Any] = (
        {"files": kept_files(message.files, message.files_of, at=at)} if message.files and state.status != "closed" else {}
    )
    if message.no_facts:
        data["no_facts"] = [list(span) for span in message.no_facts]
    words = Draft("message", "customer", text=text, language=message.language, data=data, client_key=message.key)
    decided = on_message(state, words, secrets=secrets, promised=promised_on(row.channel), at=at)
    if isinstance(decided, Denied) and Conversation.objects.filter(id=row.id, merged_into__isnull=False).exists():
        raise ConversationGoesOn
    return decided


def _news(row: Held, entry: Line, *, at: datetime) -> MessageReceived:
    return MessageReceived(row.id, entry.seq, at)
