"""The pill of a row: how long is left, on the reader's calendar, in no more words than that takes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from tests import cast
from vigil.conversations import queries as conversations
from vigil.faces.desk.presenters.clocks import pill_of

MORNING = datetime(2025, 10, 10, 9, 0, tzinfo=UTC)


def said(due_at: datetime, *, at: datetime = MORNING, waiting_since: datetime = MORNING, language: str = "en", zone: str = "UTC") -> str:
    row = conversations.find_conversation(cast.opens(cast.ada()), cast.open_the_desk().noor)
    assert row is not None
    with translation.override(language.lower()):
        return pill_of(replace(row, due_at=due_at, waiting_since=waiting_since), at=at, language=language, zone=zone).text


@pytest.mark.parametrize(
    ("due_at", "zone", "text"),
    [
        pytest.param(MORNING.replace(hour=21), "UTC", "by 21:00", id="today"),
        pytest.param(MORNING.replace(hour=21), "Asia/Tokyo", "by tomorrow 06:00", id="tomorrow there"),
        pytest.param(MORNING.replace(day=11, hour=5), "UTC", "by tomorrow 05:00", id="tomorrow"),
        pytest.param(MORNING.replace(day=12), "UTC", "by 12 Oct, 09:00", id="this year"),
        pytest.param(MORNING.replace(year=2026), "UTC", "by 10 Oct 2026, 09:00", id="another year"),
    ],
)
def test_a_promise_names_no_more_of_its_day_than_is_needed(db: None, due_at: datetime, zone: str, text: str) -> None:
    cast.open_the_desk()
    assert said(due_at, zone=zone) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-Hans", "明天05:28前"),
        ("zh-Hant", "明天05:28前"),
        ("ru", "до завтра, 05:28"),
        ("vi", "trước 05:28 ngày mai"),
        ("tr", "en geç yarın 05:28"),
        ("pt", "até amanhã, 05:28"),
        ("es", "límite: mañana, 05:28"),
        ("id", "sebelum besok 05.28"),
        ("ja", "明日05:28まで"),
        ("ko", "내일 05:28까지"),
    ],
)
def test_tomorrow_is_a_word_in_every_language(db: None, language: str, text: str) -> None:
    cast.open_the_desk()
    assert said(MORNING.replace(day=11, hour=5, minute=28), language=language) == text


def test_whoever_is_late_is_so_by_the_figure_of_their_wait(db: None) -> None:
    cast.open_the_desk()
    answered, since = MORNING - timedelta(hours=2), MORNING - timedelta(minutes=5)
    assert said(answered, waiting_since=since) == "waits 5 min, late", "due before they waited, it stands at the head of its queue"
    assert said(MORNING - timedelta(minutes=2), waiting_since=since) == "waits 5 min, late", "and the strip beside says 5 min, too"
