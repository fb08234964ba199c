"""How a search is read, and how days become lexemes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.search.rules import all_parts, days_between, newest_parts, read_asked
from vigil.search.rules.days import days_of
from vigil.search.rules.lexemes import quoted, vector_of
from vigil.search.rules.windows import parts_of

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("typed", "words", "filters"),
    [
        ("deposit status:open from:me", "deposit", {"status": "open", "agent": "me"}),
        ('tag:"two words" 提现', "提现", {"tag": "two words"}),
        ("status：open", "", {"status": "open"}),
        ("lang:ru LANG:en", "", {"language": "en"}),
        ("http://example.org a:b status:", "http://example.org a:b status:", {}),
        ("  ", "", {}),
        ('queue:"" x', 'queue:"" x', {}),
    ],
)
def test_what_has_a_known_name_and_a_colon_is_a_filter_and_everything_else_is_words(
    typed: str, words: str, filters: dict[str, str]
) -> None:
    asked = read_asked(typed)
    assert (asked.words, asked.filters) == (words, filters)
    assert read_asked(asked.text) == asked


@given(DAYS, DAYS, DAYS)
def test_a_span_is_told_by_lexemes_that_hold_its_days_and_no_others(one: date, other: date, some_day: date) -> None:
    first, last = sorted((one, other))
    named = set(days_between(_noon(first), _noon(last)))
    for day in {first, last, some_day, first - timedelta(days=1), last + timedelta(days=1)}:
        assert bool(named & set(days_of(_noon(day)))) == (first <= day <= last), day


def test_a_long_span_is_few_lexemes_and_an_open_one_holds_everything_on_its_side() -> None:
    assert len(days_between(_noon(date(2015, 3, 15)), _noon(date(2026, 11, 20)))) < 80
    assert set(days_between(None, _noon(date(2026, 11, 20)))) & set(days_of(_noon(date(2011, 1, 1))))
    assert set(days_between(_noon(date(2026, 11, 20)), None)) & set(days_of(_noon(date(2044, 1, 1))))
    assert days_between(_noon(date(2026, 1, 2)), _noon(date(2026, 1, 1))) == []


@given(st.integers(1, 5_000_000), st.integers(0, 5_000_000))
def test_every_conversation_stands_in_one_part_of_all_and_the_newest_few_thousand_in_the_first(newest: int, back: int) -> None:
    conversation = max(1, newest - back)
    parts = [part for step in all_parts(newest) for part in step]
    assert len(parts) == len(set(parts))
    assert sum(part in parts for part in parts_of(conversation)) == 1
    few, many = newest_parts(newest)
    if back < 4096:
        assert set(few) & set(parts_of(conversation))
        assert set(many) & set(parts_of(conversation))


def test_nothing_in_a_lexeme_means_anything_to_the_database() -> None:
    assert quoted("it's \\ 'x':*") == "'it''s \\\\ ''x'':*'"
    assert vector_of({"a": "A", "b'": "D"}) == "'a':1A 'b''':1D"


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
