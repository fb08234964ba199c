"""Times of day that an agent writes, as moments: whoever reads them elsewhere has another clock."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Whatever stands in an address, a score, a stretch of time or a longer row of figures is no time of day, nor is what says
# its half of the day, or a zone that we would have to guess.
_TIME = re.compile(
    r"(?<![\w:.,/+#@-])(?:(\d{4}-\d\d-\d\d)[ T])?([01]?\d|2[0-3]):([0-5]\d)"
    r"(?![\w:]|[.,/+-]\d|\s?(?:[ap]\.?m\b|[+-]\s?\d|[(（]?(?:UTC|GMT)\s?[+-]))(\s?(?:(?:UTC|GMT)\b|[(（](?:UTC|GMT)[)）]))?"
    r"(?!\s?[(（]?(?:[A-Z]{3,4}|МСК)\b)",
    re.ASCII,
)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WrittenTime:
    """A time of day in a text: it ends before the letter `end`, and `at` is on the clock of whoever wrote it.

    `has_day` says that a day was written too.
    """

    end: int
    at: datetime
    has_day: bool


def read_times(text: str, *, zone: str, at: datetime) -> Iterator[WrittenTime]:
    """Find the times of day in a text written at a moment by somebody in a zone; without a day, the nearest such moment is meant."""
    own = zone_of(zone)
    for found in _TIME.finditer(text):
        clock = UTC if found[4] else own
        hour, minute = int(found[2]), int(found[3])
        if found[1]:
            moment = _on_day(found[1], hour, minute, clock)
            if moment is not None:
                yield WrittenTime(found.end(), moment, has_day=True)
            continue
        today = at.astimezone(clock).replace(hour=hour, minute=minute, second=0, microsecond=0)
        nearest = min((today - _DAY, today, today + _DAY), key=lambda each: abs(each - at))
        yield WrittenTime(found.end(), nearest, has_day=False)


def holds_time(text: str) -> bool:
    """Say whether a text holds a time of day at all."""
    return ":" in text and _TIME.search(text) is not None


def zone_of(name: str) -> tzinfo:
    """Find a zone; UTC for a name that nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _on_day(day: str, hour: int, minute: int, clock: tzinfo) -> datetime | None:
    try:
        return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=clock)
    except ValueError:
        return None
