"""The notes that name somebody, as the bell lists them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.presenters.places import conversation_url
from vigil.languages import formats
from vigil.markup.writing import as_plain
from vigil.mentions.queries import MentionRow
from vigil.safety.queries import plain_words


@dataclass(frozen=True, slots=True)
class ShownMention:
    """A note that names the one who looks: who wrote it, to whose conversation, when and what."""

    url: str
    author: str
    customer: str
    customer_lang: str
    words: str
    lang: str
    time: str
    is_read: bool


def show_mentions(rows: Sequence[MentionRow], visitor: Visitor) -> list[ShownMention]:
    """Show mentions in their order, on the reader's clock."""
    return [_mention(row, visitor) for row in rows]


def _mention(row: MentionRow, visitor: Visitor) -> ShownMention:
    zone = visitor.agent.zone
    is_today = formats.days_ahead(row.at, zone, now=visitor.at) == 0
    return ShownMention(
        conversation_url(row.conversation),
        row.author,
        row.customer or _("Guest"),
        row.customer_language if row.customer else "",
        plain_words(as_plain(row.words or "")),
        row.language,
        formats.clock(row.at, visitor.language, zone) if is_today else formats.moment(row.at, visitor.language, zone, now=visitor.at),
        row.is_read,
    )
