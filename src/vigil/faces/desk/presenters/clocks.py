"""The one coloured fact of a row: whose turn it is, and how late it is for that."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from vigil.conversations.queries import ConversationRow
from vigil.faces.desk.presenters.snoozing import sleeps_until
from vigil.languages import formats

_SOON = timedelta(minutes=10)
_IN_WORDS = timedelta(hours=1)
_STATUSES = {
    "open": gettext_noop("Open"),
    "waiting": gettext_noop("Waiting for them"),
    "snoozed": gettext_noop("Snoozed"),
    "resolved": gettext_noop("Resolved"),
    "closed": gettext_noop("Closed"),
}
_PRIORITIES = {1: gettext_noop("Urgent"), 2: gettext_noop("High"), 3: gettext_noop("Normal"), 4: gettext_noop("Low")}


@dataclass(frozen=True, slots=True)
class Pill:
    """What the pill says; `tone` colours it and `clock` puts a clock before it."""

    text: str
    tone: str = ""
    clock: bool = False


def pill_of(row: ConversationRow, *, at: datetime, language: str, zone: str) -> Pill:
    """Say how a conversation stands at a moment, on the reader's clock."""
    sleeps = sleeps_until(row, at=at, language=language, zone=zone)
    if sleeps and (row.due_at is None or row.due_at > at):
        # Nobody sleeps over a promise: once it is late, that is what the row says.
        return Pill(sleeps)
    if row.waiting_since is None:
        # Whoever has had our last word is waited for, whether or not somebody has set the status so.
        return Pill(status_name("waiting" if row.status == "open" else row.status))
    if row.due_at is not None and row.due_at > at:
        return _promised(row.due_at, row.waiting_since, at=at, language=language, zone=zone)
    waited = formats.duration((at - row.waiting_since).total_seconds(), language)
    return late(waited) if row.due_at else Pill(_("waiting %(time)s") % {"time": waited}, "warn")


def late(waited: str) -> Pill:
    """Say that an answer is overdue by the one figure that everything says of a wait: since when they have waited for it."""
    # Translators: how long a customer has waited, longer than was promised, not how late it is; stands on a narrow pill.
    return Pill(_("waits %(time)s, late") % {"time": waited}, "bad", clock=True)


def _promised(due_at: datetime, since: datetime, *, at: datetime, language: str, zone: str) -> Pill:
    left = due_at - at
    if left <= _IN_WORDS:
        # As in the strip, a promise of minutes is near when half of its time is used.
        is_soon = left <= _SOON and left <= at - since
        return Pill(
            _("in %(time)s") % {"time": formats.duration(left.total_seconds(), language)}, "warn" if is_soon else "ok", clock=is_soon
        )
    days = formats.days_ahead(due_at, zone, now=at)
    if days == 1:
        return Pill(_("by tomorrow %(time)s") % {"time": formats.clock(due_at, language, zone)}, "ok")
    time = formats.clock(due_at, language, zone) if days == 0 else formats.moment(due_at, language, zone, now=at)
    return Pill(_("by %(time)s") % {"time": time}, "ok")


def status_name(status: str) -> str:
    """Name a status."""
    return gettext(_STATUSES[status])


def priority_name(priority: int) -> str:
    """Name a priority."""
    return gettext(_PRIORITIES[priority])
