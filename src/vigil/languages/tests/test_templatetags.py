"""Moments and attributes in templates."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from vigil.kernel import clock

AT = datetime(2025, 10, 10, 19, 36, tzinfo=UTC)


def _render(source: str, *, language: str = "en", zone: str = "Europe/Berlin") -> str:
    with translation.override(language), timezone.override(zone), clock.set_to(lambda: datetime(2025, 10, 10, 19, 41, tzinfo=UTC)):
        return Template("{% load languages %}" + source).render(Context({"at": AT, "n": 12345, "none": None}))


def test_a_moment_shows_the_readers_time_and_holds_utc() -> None:
    assert _render("{% moment at %}") == ('<time datetime="2025-10-10T19:36:00Z" title="10 Oct 2025, 19:36 UTC">10 Oct 2025, 21:36</time>')


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% clock at %}", ">21:36<"),
        ("{% clock at zone='Asia/Tokyo' %}", ">04:36<"),
        ("{% day at %}", ">Today<"),
        ("{{ n|capped }}", "1,000+"),
        ("{{ 'zh-Hans'|own_name }}", "简体中文"),
        ("{% lang_attrs 'zh-TW' %}", 'lang="zh-Hant" dir="ltr"'),
        ("{% reader_lang_attrs %}", 'lang="en" dir="ltr"'),
    ],
)
def test_each_tag_writes_what_it_says(source: str, text: str) -> None:
    assert text in _render(source)


@pytest.mark.parametrize("source", ["{% moment none %}", "{% clock none %}", "{% lang_attrs '' %}", "{% lang_attrs 'x\"y' %}"])
def test_nothing_becomes_nothing(source: str) -> None:
    assert _render(source) == ""


def test_the_page_says_the_language_that_is_active() -> None:
    assert _render("{% reader_lang_attrs %}", language="zh-hans") == 'lang="zh-Hans" dir="ltr"'
    assert _render("{% reader_lang_attrs %}", language="ar-xb") == 'lang="ar-XB" dir="rtl"'
