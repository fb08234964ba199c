"""The live strip: an agent's chats that go on now, each with its number and how long its customer has waited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vigil.conversations.queries import ConversationRow
from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.presenters.clocks import Pill, status_name
from vigil.faces.desk.presenters.places import conversation_url
from vigil.faces.desk.presenters.rows import name_of
from vigil.languages import formats
from vigil.languages.spoken import language_of_words
from vigil.safety.queries import plain_words

_WITH_A_KEY = 4


@dataclass(frozen=True, slots=True)
class LiveRow:
    """One chat of the strip; `number` is the digit that opens it together with Alt, and 0 behind the fourth.

    `since` and `due` are moments for the script that counts on, empty where it is the customer's turn.
    """

    id: str
    url: str
    number: int
    name: str
    name_lang: str
    words: str
    words_lang: str
    pill: Pill
    since: str
    due: str


def show_live(rows: Sequence[ConversationRow], visitor: Visitor) -> list[LiveRow]:
    """Show an agent's chats in the order in which they came."""
    return [_live_row(row, place, visitor) for place, row in enumerate(rows, start=1)]


def _live_row(row: ConversationRow, place: int, visitor: Visitor) -> LiveRow:
    words = plain_words(row.preview or "")
    return LiveRow(
        id=row.public_id,
        url=f"{conversation_url(row.public_id)}?from=mine",
        number=place if place <= _WITH_A_KEY else 0,
        name=name_of(row),
        name_lang=row.language if row.customer_name else "",
        words=words,
        words_lang=language_of_words(words, row.language),
        pill=_pill(row, visitor),
        since=row.waiting_since.isoformat() if row.waiting_since else "",
        due=row.due_at.isoformat() if row.waiting_since and row.due_at else "",
    )


def _pill(row: ConversationRow, visitor: Visitor) -> Pill:
    """Say how long the customer has waited; the script counts on from there by the same rule."""
    if row.waiting_since is None:
        return Pill(status_name("waiting"))
    waited = formats.duration((visitor.at - row.waiting_since).total_seconds(), visitor.language)
    return Pill(waited, _tone(row.waiting_since, row.due_at, visitor.at))


def _tone(since: datetime, due: datetime | None, at: datetime) -> str:
    """Colour what is late, and what has used half of its time."""
    if due is None:
        return ""
    if at >= due:
        return "bad"
    return "warn" if at - since >= due - at else ""
