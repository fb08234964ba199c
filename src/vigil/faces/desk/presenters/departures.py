"""Answers that go by post in a moment, as their author sees them in the thread."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vigil.conversations.queries import ConversationRow, DepartureRow
from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.presenters.entries import CLASSES, ShownEntry, show_words
from vigil.languages import formats


def show_departures(rows: Iterable[DepartureRow], conversation: ConversationRow, visitor: Visitor) -> list[ShownEntry]:
    """Show an agent's own answers that wait to go, as they will stand in the thread."""
    return [_departure(row, conversation, visitor) for row in rows]


def _departure(row: DepartureRow, conversation: ConversationRow, visitor: Visitor) -> ShownEntry:
    parts = show_words(row.text or "", visitor)
    return ShownEntry(
        "words",
        "",
        "reply",
        CLASSES["reply"],
        formats.clock(row.goes_at, visitor.language, visitor.agent.zone),
        key=str(row.key),
        name=pgettext("the agent who reads", "You"),
        parts=parts,
        is_shaped=any(part.tag for part in parts),
        lang=row.language or conversation.language,
        # Its files belong to no entry yet that would let anybody look at them.
        waits=tuple(_("Picture") if file["kind"] == "image" else _("Video") for file in row.data.get("files", ())),
        departure=row.public_id,
        goes_at=row.goes_at.isoformat(),
    )
