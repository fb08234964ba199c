"""The list: one row a conversation, one coloured pill a row."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from vigil.conversations.queries import PAGE, ConversationRow
from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.presenters.clocks import Pill, pill_of
from vigil.faces.desk.presenters.places import Shelf, conversation_url
from vigil.faces.desk.words import queue_name
from vigil.languages.spoken import language_of_words
from vigil.languages.table import find_language
from vigil.safety.queries import plain_words

_ICONS = {"chat": "chat", "email": "mail", "telegram": "plane", "x": "at", "facebook": "globe", "ticket": "ticket"}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row exactly as the list shows it."""

    id: str
    url: str
    rank: str
    seq: str
    name: str
    name_lang: str
    lang: str
    words: str
    words_lang: str
    pill: Pill
    is_ours: bool
    icon: str
    queue: str
    language: str
    holder: str | None
    has_draft: bool


def show_rows(rows: Sequence[ConversationRow], visitor: Visitor, shelf: Shelf, drafts: Collection[int] = ()) -> list[ShownRow]:
    """Show rows of a list, in their order; `drafts` are the conversations in which the one who looks has begun something."""
    origin = "" if shelf.key == "team" else f"?{urlencode({'from': shelf.key})}"
    return [_row(row, visitor, shelf, origin, has_draft=row.id in drafts) for row in rows]


def next_page(rows: Sequence[ConversationRow], shelf: Shelf) -> str:
    """Tell the address of the page behind a full one; empty when this was the last."""
    if len(rows) < PAGE:
        return ""
    last = rows[-1]
    due = last.due_at.astimezone(UTC).isoformat() if last.due_at else ""
    return f"{shelf.url}?{urlencode({'after': f'{due}~{last.id}'})}"


def read_after(text: str) -> tuple[datetime | None, int] | None:
    """Read where a page begins; None for the first page and for anything that is no place in a list."""
    due, _tilde, last = text.partition("~")
    if not last.isascii() or not last.isdigit() or len(last) > 15:
        return None
    try:
        moment = datetime.fromisoformat(due) if due else None
    except ValueError:
        return None
    return (moment, int(last)) if moment is None or moment.tzinfo else None


def channel_icon(channel: str) -> str:
    """Choose the icon of a channel."""
    return _ICONS.get(channel, "inbox")


def name_of(row: ConversationRow) -> str:
    """Name the customer; somebody who gave no name is a guest."""
    return row.customer_name or _("Guest")


def own_name(code: str) -> str:
    """Tell what a language calls itself."""
    language = find_language(code)
    return language.own_name if language else code


def _row(row: ConversationRow, visitor: Visitor, shelf: Shelf, origin: str, *, has_draft: bool) -> ShownRow:
    words = plain_words(row.preview or "")
    return ShownRow(
        id=row.public_id,
        url=conversation_url(row.public_id) + origin,
        rank=_rank(row, shelf),
        seq=str(row.last_seq),
        name=name_of(row),
        # A guest's name is ours to say, in the reader's language; a real one is read in its bearer's.
        name_lang=row.language if row.customer_name else "",
        lang=row.language,
        words=words,
        words_lang=language_of_words(words, row.language),
        pill=pill_of(row, at=visitor.at, language=visitor.language, zone=visitor.agent.zone),
        is_ours=row.waiting_since is not None,
        icon=channel_icon(row.channel),
        queue=queue_name(row.queue_name),
        language=own_name(row.language),
        holder=row.assignee_name if row.assignee_id != visitor.agent.id and shelf.key != "mine" else None,
        has_draft=has_draft,
    )


def _rank(row: ConversationRow, shelf: Shelf) -> str:
    """Write the place in the list so that plain text sorts as the list does."""
    if shelf.is_done:
        return f"{10**15 - row.id:015d}"
    due = row.due_at.astimezone(UTC).isoformat(timespec="microseconds") if row.due_at else "~"
    return f"{due} {row.id:015d}"
