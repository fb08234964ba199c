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
        ("14:30 MSK, 14:30 UTC+3, 2:30 pm, 14:30 +03", []),
        ("1:1, 25:00, 12:60, 10:30:15, fe80:12:30, 3.10:30, a12:30, 12:30x, https://x.example:12:30", []),
        ("", []),
    ],
)
def test_a_time_of_day_is_the_nearest_such_moment_on_the_writers_clock(text: str, moments: list[str]) -> None:
    assert read(text) == moments
    assert holds_time(text) is bool(moments) or "02-30" in text


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
