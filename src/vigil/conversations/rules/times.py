"""Times of day that an agent writes, as moments: whoever reads them elsewhere has another clock."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import zip_longest
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vigil.conversations.rules.hours import UTC_NAMES, WRITTEN, read_clock

# A zone that we would have to guess, named before the time or behind it: what stands beside it is left as it is.
_ELSEWHERE_BEFORE = (
    r"(?:北京|台北|臺北|香港|东京|東京|日本|首尔|首爾|韩国|韓國|莫斯科|当地|當地|現地|한국|서울|현지)\s?(?:标准|標準|표준)?(?:时间|時間|시간)\s?"
    rf"|{UTC_NAMES}\s?[+-]\s?\d\d?(?::?\d\d)?\s"
)
_ELSEWHERE_BEHIND = (
    rf"\s?[+-]\s?\d|\s?[(（]?{UTC_NAMES}\s?[+-]|\s?[(（]?(?!{UTC_NAMES})(?:[A-Z]{{3,4}}\b|МСК|по\s[А-ЯЁа-яё])"
    r"|\s?[(（]?(?:your|local|[A-Z]\w+)\s(?:local\s)?time\b"
)
# Whatever stands in an address, a score, a stretch of time or a longer row of figures is no time of day.
_TIME = re.compile(
    rf"(?<![\w:.,/+#@-])(?P<elsewhere>{_ELSEWHERE_BEFORE})?(?P<before>{UTC_NAMES}\s?(?:时间|時間|시간)?\s?)?"
    rf"(?:(?P<day>\d{{4}}-\d\d-\d\d)[ T])?(?:{WRITTEN})"
    rf"(?!(?!{UTC_NAMES})\w|[à-ỹа-яё:]|[.,/+-]\d|\s?[ap]\.?m\b|{_ELSEWHERE_BEHIND})"
    rf"(?P<zone>\s?(?:{UTC_NAMES}\b|[(（]{UTC_NAMES}[)）]))?(?!{_ELSEWHERE_BEHIND})",
    re.ASCII,
)
# Of two times that belong together the second often names the zone of both: "13:53 to 13:58 UTC".
_TOGETHER = re.compile(r"\s?(?:[–—~～]|to|and|or|до|по|и|至|到|和|から|부터|a|y|e|ve|ile|và|đến|hingga|sampai|dan)\s?")
_FIGURE = re.compile(r"\d", re.ASCII)
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
    all_found = list(_TIME.finditer(text))
    for found, behind in zip_longest(all_found, all_found[1:]):
        is_utc = _names_utc(found) or (behind and _names_utc(behind) and _TOGETHER.fullmatch(text, found.end(), behind.start()))
        clock = UTC if is_utc else own
        shown = read_clock(found)
        if shown is None or found["elsewhere"]:
            continue
        hour, minute = shown
        if found["day"]:
            moment = _on_day(found["day"], hour, minute, clock)
            if moment is not None:
                yield WrittenTime(found.end(), moment, has_day=True)
            continue
        today = at.astimezone(clock).replace(hour=hour, minute=minute, second=0, microsecond=0)
        nearest = min((today - _DAY, today, today + _DAY), key=lambda each: abs(each - at))
        yield WrittenTime(found.end(), nearest, has_day=False)


def holds_time(text: str) -> bool:
    """Say whether a text holds a time of day at all."""
    return _FIGURE.search(text) is not None and any(_is_ours(found) for found in _TIME.finditer(text))


def _names_utc(found: re.Match[str]) -> bool:
    return bool(found["zone"] or found["before"])


def _is_ours(found: re.Match[str]) -> bool:
    return read_clock(found) is not None and not found["elsewhere"]


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
