"""Until when something may sleep, on the agent's own clock."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from vigil.conversations.queries import ConversationRow
from vigil.faces.desk.doors import Visitor, zone_of
from vigil.languages import formats

_EVENING, _MORNING = time(18), time(9)
# This evening must be some way off yet.
_BEFOREHAND = timedelta(hours=1)
_DAYS_AHEAD, _EVERY_MINUTES = 60, 30
_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)


def moments(at: datetime, zone: ZoneInfo) -> dict[str, datetime]:
    """List the usual moments to wake at, by their keys: in UTC, the soonest first, each once."""
    here = at.astimezone(zone)
    monday = here.date() + timedelta(days=7 - here.weekday())

    def on(day: int, clock: time) -> datetime:
        return datetime.combine(here.date() + timedelta(days=day), clock, zone).astimezone(UTC)

    in_an_hour = (at + timedelta(hours=1, minutes=1 if at.second or at.microsecond else 0)).replace(second=0, microsecond=0)
    found = {"hour": in_an_hour.astimezone(UTC)}
    if on(0, _EVENING) >= at + _BEFOREHAND:
        found["evening"] = on(0, _EVENING)
    found["tomorrow"] = on(1, _MORNING)
    if (monday - here.date()).days > 1:
        found["monday"] = on((monday - here.date()).days, _MORNING)
    return found


def read_until(text: str, at: datetime, zone: ZoneInfo) -> datetime | None:
    """Read a usual moment by its key, or a local day and time, 2026-03-05T14:30; None for anything else."""
    known = moments(at, zone).get(text)
    if known is not None or not _LOCAL.fullmatch(text):
        return known
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def snooze_choices(visitor: Visitor) -> dict[str, Any]:
    """Show the usual moments with their times, and the days and times of day among which any other may be chosen."""
    zone = zone_of(visitor.agent.zone)
    says = {
        "hour": _("In an hour, %(time)s"),
        "evening": _("This evening, %(time)s"),
        "tomorrow": _("Tomorrow, %(time)s"),
        "monday": _("Next Monday, %(time)s"),
    }
    choices = [
        {"key": key, "name": says[key] % {"time": formats.clock(moment, visitor.language, visitor.agent.zone)}}
        for key, moment in moments(visitor.at, zone).items()
    ]
    zone_name = formats.zone_name(visitor.agent.zone, visitor.language, visitor.at)
    return {"choices": choices, "zone": zone_name, "days": _days(visitor, zone), "times": _times(visitor)}


def _days(visitor: Visitor, zone: ZoneInfo) -> list[dict[str, Any]]:
    today = visitor.at.astimezone(zone).date()
    ahead = {days: datetime.combine(today + timedelta(days=days), time(12), zone) for days in range(_DAYS_AHEAD)}
    return [
        {"key": day.date().isoformat(), "name": formats.weekday(day, visitor.language, zone), "is_current": days == 1}
        for days, day in ahead.items()
    ]


def _times(visitor: Visitor) -> list[dict[str, Any]]:
    clocks = [time(*divmod(minutes, 60)) for minutes in range(0, 24 * 60, _EVERY_MINUTES)]
    return [
        {
            "key": f"{each:%H:%M}",
            "name": formats.clock(datetime.combine(visitor.at, each, UTC), visitor.language, UTC),
            "is_current": each == _MORNING,
        }
        for each in clocks
    ]


def sleeps_until(row: ConversationRow, *, at: datetime, language: str, zone: str) -> str:
    """Say until when a conversation sleeps; empty for one that does not, or that only they can wake."""
    if row.snoozed_until is None:
        return ""
    time = formats.clock(row.snoozed_until, language, zone)
    days = formats.days_ahead(row.snoozed_until, zone, now=at)
    if days == 1:
        return _("snoozed until tomorrow %(time)s") % {"time": time}
    return _("snoozed until %(time)s") % {"time": time if days == 0 else formats.moment(row.snoozed_until, language, zone, now=at)}
