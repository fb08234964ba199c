import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations.live import for_its_sender
from vigil.conversations.rules import holds_time, read_times
from vigil.languages import formats

# Half past eleven at night in Riyadh.
AT = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
RIYADH = "Asia/Riyadh"


def read(text: str) -> list[str]:
    return [each.at.astimezone(UTC).isoformat()[:16] for each in read_times(text, zone=RIYADH, at=AT)]


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("We look again at 9:15.", ["2026-03-02T06:15"]),
        ("It came at 22:40, and at 23:05.", ["2026-03-01T19:40", "2026-03-01T20:05"]),
        ("(18:00)", ["2026-03-01T15:00"]),
        ("我们在14:30回复", ["2026-03-01T11:30"]),
        ("2026-03-24 14:30", ["2026-03-24T11:30"]),
        ("until 14:30 UTC", ["2026-03-01T14:30"]),
        ("请在今天 14:30（UTC）之前; by 15:30 (GMT).", ["2026-03-01T14:30", "2026-03-01T15:30"]),
        ("14:30（MSK）, 14:30 (UTC+3)", []),
        ("2026-02-30 14:30", []),
        ("14:30 MSK, 14:30 UTC+3, 14:30 +03, 14:30 МСК, 14:30 по Москве, 3 pm your time, 14:30 Moscow time, 3 PM EST", []),
        ("北京时间14:30, 日本時間 午後3時, 한국 시간 오후 3시, UTC+3 14:30", []),
        ("UTC 14:30, UTC 时间下午3点", ["2026-03-01T14:30", "2026-03-01T15:00"]),
        ("13:53 to 13:58 UTC, 9:15", ["2026-03-01T13:53", "2026-03-01T13:58", "2026-03-02T06:15"]),
        ("2:30 pm", ["2026-03-01T11:30"]),
        ("1:1, 25:00, 12:60, 10:30:15, fe80:12:30, 3.10:30, a12:30, 12:30x, https://x.example:12:30", []),
        ("", []),
    ],
)
def test_a_time_of_day_is_the_nearest_such_moment_on_the_writers_clock(text: str, moments: list[str]) -> None:
    assert read(text) == moments
    assert holds_time(text) is bool(moments) or "02-30" in text


AFTERNOON = "2026-03-01T15:00"
HALF_PAST = "2026-03-01T15:30"


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("until 3 pm UTC, 3PM (UTC), at 3:30 p.m. UTC.", [AFTERNOON, AFTERNOON, HALF_PAST]),
        ("12 pm UTC, 12 am UTC", ["2026-03-01T12:00", "2026-03-02T00:00"]),
        ("下午3点 UTC、下午3点半（UTC）、下午3:30 UTC、下午三点、15点UTC", [AFTERNOON, HALF_PAST, HALF_PAST, AFTERNOON]),
        ("下午3點30分（UTC），晚上12點 UTC", [HALF_PAST, "2026-03-02T00:00"]),
        ("午後3時（UTC）、午後3時半 UTC、午後0時30分 UTC、15時30分 UTC", [AFTERNOON, HALF_PAST, "2026-03-01T12:30", HALF_PAST]),
        ("오후 3시 UTC, 오후 3시 30분(UTC), 밤 11시 UTC까지", [AFTERNOON, HALF_PAST, "2026-03-01T23:00"]),
        ("3 giờ chiều UTC, 3h30 chiều (UTC), 15h30 UTC, 15 giờ UTC", [AFTERNOON, HALF_PAST, HALF_PAST, AFTERNOON]),
        ("до 3 часов дня UTC, до 3:30 дня (UTC), в 9 вечера UTC", [AFTERNOON, HALF_PAST, "2026-03-01T21:00"]),
        ("a las 3 de la tarde (UTC), 3:30 p. m. UTC", [AFTERNOON, HALF_PAST]),
        ("às 3 da tarde UTC, 15h30 UTC", [AFTERNOON, HALF_PAST]),
        ("pukul 3 sore UTC, pukul 15.30 UTC", [AFTERNOON, HALF_PAST]),
        ("saat 15.30 UTC, 15:30 (UTC)", [HALF_PAST, HALF_PAST]),
    ],
)
def test_a_time_is_read_in_the_way_of_each_language(text: str, moments: list[str]) -> None:
    assert read(text) == moments


@pytest.mark.parametrize(
    "text",
    [
        "3 дня, 2 ночи, 15h, 15 giờ, 3点建议, 24時間, 24시간, 3 points, 15.30 USDT, 2.50, 300 am, 13 am, 下午25点, 3 sore eyes",
        "ratio 3 am I right, I have 3 Am",
        "12 a minute, I am 3 amazed, version 2.15.30, 10 pmc, 3 pm:2, 0x3 pma, UTC, 5 a medium, 3分钟, 3 da casa, 오후 3시간, 第3時間目",
    ],
)
def test_a_number_is_no_time(text: str) -> None:
    assert read(text) == []
    assert not holds_time(text)


def test_a_zone_that_nobody_knows_is_utc() -> None:
    (found,) = read_times("14:30", zone="Nowhere/At_All", at=AT)
    assert found.at == datetime(2026, 3, 1, 14, 30, tzinfo=UTC)


def test_the_readers_clock_is_said_only_where_it_shows_something_else() -> None:
    late, early = (next(read_times(text, zone=RIYADH, at=AT)).at for text in ("23:30", "0:30"))
    assert formats.on_own_clock(late, "en", "Europe/Istanbul", has_day=False) == ""
    assert formats.on_own_clock(late, "en", "Europe/London", has_day=False) == "20:30 your time"
    assert formats.on_own_clock(late, "en", "Asia/Tokyo", has_day=False) == "05:30 your time, the next day"
    assert formats.on_own_clock(early, "ru", "Europe/London", has_day=False) == "21:30 предыдущего дня по вашему времени"
    assert formats.on_own_clock(late, "en", "Asia/Tokyo", has_day=True) == "2 Mar 2026, 05:30 your time"


@pytest.mark.django_db
def test_the_zone_is_kept_with_words_that_hold_a_time_and_no_customer_is_told_it() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada())
    kept, told = [], []
    for text in ("We answer by 14:30.", "We answer soon."):
        words = conversations.Words(name, desk.noor, uuid4(), text, zone=RIYADH)
        entry = conversations.reply(words, at=cast.later()).entry
        assert entry is not None
        kept.append(entry.data)
        told.append(for_its_sender(name, entry))
    assert kept == [{"zone": RIYADH}, {}]
    assert told[0]["text"] == "We answer by 14:30."
    assert told[0]["shape"] == ["We answer by 14:30", ["time", [], "2026-03-01T14:30:00+03:00", False], "."]
    assert "shape" not in told[1]
    assert RIYADH not in str(told)


@pytest.mark.django_db
def test_a_time_among_shaped_words_stands_where_it_was_written() -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada())
    words = conversations.Words(name, desk.noor, uuid4(), "- by **14:30** today\n- or 25:99", zone=RIYADH)
    entry = conversations.reply(words, at=cast.later()).entry
    assert entry is not None
    assert '["strong", ["14:30", ["time", [], "2026-03-01T14:30:00+03:00", false]]]' in json.dumps(for_its_sender(name, entry)["shape"])
