"""Moments, numbers and language attributes in templates, in the reader's language and zone.

A moment becomes a <time> whose title holds the same moment in UTC, so that two people can compare what they see.
"""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language as active_language

from vigil.kernel.clock import now
from vigil.languages import formats
from vigil.languages.table import SOURCE_CODE, find_language

register = template.Library()


@register.simple_tag
def lang_attrs(code: str) -> SafeString:
    """Write `lang` and `dir` for an element in the language `code`; nothing for a language we do not know."""
    language = find_language(code or "")
    if language is None:
        return SafeString("")
    return format_html('lang="{}" dir="{}"', language.code, language.direction)


@register.simple_tag
def reader_lang_attrs() -> SafeString:
    """Write `lang` and `dir` for the page itself: the language that is active now."""
    return lang_attrs(_code())


@register.simple_tag
def moment(at: datetime | None, zone: str = "") -> SafeString:
    """Write day and time as a <time> element; nothing for no moment."""
    return _time(at, formats.moment(at, _code(), zone or _zone())) if at else SafeString("")


@register.simple_tag
def clock(at: datetime | None, zone: str = "") -> SafeString:
    """Write the time of day as a <time> element; nothing for no moment."""
    return _time(at, formats.clock(at, _code(), zone or _zone())) if at else SafeString("")


@register.simple_tag
def day(at: datetime | None, zone: str = "") -> SafeString:
    """Write the day as a <time> element, today and yesterday as words; nothing for no moment."""
    return _time(at, formats.day(at, _code(), zone or _zone(), now=now())) if at else SafeString("")


@register.filter
def capped(n: int, cap: int = 1000) -> str:
    """Write a count that was counted no further than `cap`: `1,000+`."""
    return formats.capped_count(n, _code(), cap=cap)


@register.filter
def own_name(code: str) -> str:
    """Tell what a language calls itself; the code itself where it is unknown."""
    language = find_language(code or "")
    return language.own_name if language else code


def _time(at: datetime, text: str) -> SafeString:
    in_utc = f"{formats.moment(at, _code(), 'UTC')} UTC"
    stamp = at.astimezone(timezone.get_fixed_timezone(0)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return format_html('<time datetime="{}" title="{}">{}</time>', stamp, in_utc, text)


def _code() -> str:
    language = find_language(active_language() or SOURCE_CODE)
    return language.code if language else SOURCE_CODE


def _zone() -> str:
    return timezone.get_current_timezone_name()
