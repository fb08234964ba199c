"""How a moment, a stretch of time and a number are written, by CLDR through Babel.

A clock has 24 hours everywhere, and no date can be read two ways: where day and month could be mistaken for one another,
the month is a word. Amounts of coins are never written with these: what people copy keeps its dot and no grouping.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import dates, numbers
from django.utils.translation import gettext, override

from vigil.languages.table import Language, find_language, get_language

# Two digits and a mark are the same to Babel and to Python, and Python writes them thirty times as fast.
_CLOCK = {"id": ("%H.%M", "%H.%M.%S")}
_PLAIN_CLOCK = ("%H:%M", "%H:%M:%S")
# CLDR's own order for each, with a word for the month wherever day and month could be confused.
_DAY = {
    "en": "d MMM y",
    "zh-Hans": "y年M月d日",
    "zh-Hant": "y年M月d日",
    "ru": "dd.MM.y",
    "vi": "dd/MM/y",
    "tr": "dd.MM.y",
    "pt": "dd/MM/y",
    "es": "d MMM y",
    "id": "d MMM y",
    "ja": "y/MM/dd",
    "ko": "y. M. d.",
}
# The same days without their year, for a reader in whose year they lie.
_DAY_OF_THIS_YEAR = {
    "en": "d MMM",
    "zh-Hans": "M月d日",
    "zh-Hant": "M月d日",
    "ru": "d MMM",
    "vi": "dd/MM",
    "tr": "d MMM",
    "pt": "dd/MM",
    "es": "d MMM",
    "id": "d MMM",
    "ja": "M月d日",
    "ko": "M월 d일",
}
_MOMENT = {
    "zh-Hans": "{day} {clock}",
    "zh-Hant": "{day} {clock}",
    "vi": "{clock} {day}",
    "tr": "{day} {clock}",
    "ja": "{day} {clock}",
    "ko": "{day} {clock}",
}
_WEEKDAY = {"zh-Hans": "{day} {weekday}", "zh-Hant": "{day} {weekday}", "ja": "{day}({weekday})", "ko": "{day} ({weekday})"}
_PLAIN_MOMENT = "{day}, {clock}"
# Seconds in a year, a month, a week, a day, an hour and a minute, as Babel counts them.
_UNITS = (31_536_000, 2_592_000, 604_800, 86_400, 3_600, 60)


def moment(at: datetime, language: str, zone: str | tzinfo, *, seconds: bool = False, now: datetime | None = None) -> str:
    """Write a day and a time of day in `zone`: `10 Oct 2025, 21:36`; without the year where it is that of `now`: `10 Oct, 21:36`."""
    speech = _speech(language)
    pattern = _MOMENT.get(_pattern_code(speech), _PLAIN_MOMENT)
    is_this_year = now is not None and _local(at, zone).year == _local(now, zone).year
    day = _plain_day(at, speech, zone, _DAY_OF_THIS_YEAR if is_this_year else _DAY)
    return pattern.format(day=day, clock=clock(at, language, zone, seconds=seconds))


def clock(at: datetime, language: str, zone: str | tzinfo, *, seconds: bool = False) -> str:
    """Write the time of day in `zone`: `21:36`."""
    speech = _speech(language)
    pattern = _CLOCK.get(speech.code, _PLAIN_CLOCK)[1 if seconds else 0]
    return _local(at, zone).strftime(pattern)


def day(at: datetime, language: str, zone: str | tzinfo, *, now: datetime) -> str:
    """Write the day in `zone`, with a word for today and yesterday as seen at `now`: `Today`, `10 Oct 2025`."""
    speech = _speech(language)
    days = -days_ahead(at, zone, now=now)
    if days in (0, 1):
        with override(speech.django_code):
            return gettext("Today") if days == 0 else gettext("Yesterday")
    return _plain_day(at, speech, zone)


def weekday(at: datetime, language: str, zone: str | tzinfo) -> str:
    """Write a day that is not far off with its weekday, in `zone`: `Wed, 25 Nov`."""
    speech = _speech(language)
    name = dates.format_date(_local(at, zone).date(), "EEE", locale=speech.babel)
    return _WEEKDAY.get(_pattern_code(speech), "{weekday}, {day}").format(weekday=name, day=_plain_day(at, speech, zone, _DAY_OF_THIS_YEAR))


def days_ahead(at: datetime, zone: str | tzinfo, *, now: datetime) -> int:
    """Count the days in `zone` from that of `now` to that of `at`: none today, one tomorrow, fewer than none for what is past."""
    return (_local(at, zone).date() - _local(now, zone).date()).days


def on_own_clock(written: datetime, language: str, zone: str | tzinfo, *, has_day: bool) -> str:
    """Say what the reader's clock shows at a time written on another one: `21:36 your time`; empty where both show the same.

    `written` is on the writer's clock. Where the days differ it says so, with the whole day if the writer has named one.
    """
    local = _local(written, zone)
    if local.utcoffset() == written.utcoffset():
        return ""
    days = (local.date() - written.date()).days
    with override(_speech(language).django_code):
        if has_day or not days:
            return gettext("%(time)s your time") % {"time": (moment if has_day else clock)(written, language, zone)}
        says = gettext("%(time)s your time, the next day") if days > 0 else gettext("%(time)s your time, the day before")
        return says % {"time": clock(written, language, zone)}


def duration(seconds: float, language: str) -> str:
    """Write a stretch of time, shortly and in its largest unit: `5 min`. A negative number counts as none.

    Whoever says "in …" or "… late" puts this into a sentence of the catalogue: CLDR abbreviates its own "in …" differently.
    """
    return _stretch(_rounded(seconds), _speech(language).babel)


@lru_cache(maxsize=4096)
def number(n: float, language: str) -> str:
    """Write a number with its grouping: `1,234`."""
    return str(numbers.format_decimal(n, locale=_speech(language).babel))


def capped_count(n: int, language: str, *, cap: int = 1000) -> str:
    """Write a count that was counted no further than `cap`: `999`, then `1,000+`."""
    return number(n, language) if n < cap else f"{number(cap, language)}+"


def zone_name(zone: str | tzinfo, language: str, at: datetime) -> str:
    """Write the zone in words as it is at `at`: `China Standard Time`, never `CST`, which is three zones."""
    local, speech = _local(at, zone), _speech(language)
    if local.utcoffset() == timedelta(0) and str(local.tzinfo) in {"UTC", "Etc/UTC", "GMT"}:
        return "UTC"
    name = str(dates.get_timezone_name(local, locale=speech.babel))
    if name.startswith(("GMT", "UTC")):
        # CLDR names no standard time for some places; there the city and its distance from Greenwich say it.
        city = str(dates.get_timezone_location(local.tzinfo, locale=speech.babel, return_city=True))
        return f"{city} ({name})"
    return name


def _rounded(seconds: float) -> int:
    """Round to whole units of the largest kind that fits, which is all that is said: a list asks for the same few again and again."""
    unit = next((unit for unit in _UNITS if seconds >= unit), 1)
    return max(1, round(seconds / unit)) * unit if seconds > 0 else 0


@lru_cache(maxsize=4096)
def _stretch(seconds: int, babel: str) -> str:
    return str(dates.format_timedelta(timedelta(seconds=seconds), threshold=1, format="short", locale=babel))


def _plain_day(at: datetime, speech: Language, zone: str | tzinfo, patterns: Mapping[str, str] = _DAY) -> str:
    return _written_day(_local(at, zone).date(), patterns[_pattern_code(speech)], speech.babel)


@lru_cache(maxsize=4096)
def _written_day(day: date, pattern: str, babel: str) -> str:
    return str(dates.format_date(day, pattern, locale=babel))


def _pattern_code(speech: Language) -> str:
    return "en" if speech.is_pseudo else speech.code


def _local(at: datetime, zone: str | tzinfo) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment without a zone cannot be shown")
    return at.astimezone(_zone(zone) if isinstance(zone, str) else zone)


@lru_cache(maxsize=640)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # Zones arrive from browsers; one that nobody knows is shown in UTC, and zone_name says so.
        return ZoneInfo("UTC")


@lru_cache(maxsize=64)
def _speech(code: str) -> Language:
    return find_language(code) or get_language("en")
