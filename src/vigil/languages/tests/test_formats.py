"""Moments and numbers in eleven languages; the expectations are CLDR's, with 24 hours everywhere."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import ngettext, override

from vigil.languages import formats
from vigil.languages.table import ELEVEN

AT = datetime(2025, 10, 10, 19, 36, 5, tzinfo=UTC)
BERLIN = "Europe/Berlin"
SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "10 Oct 2025, 21:36"),
        ("zh-Hans", "2025年10月10日 21:36"),
        ("zh-Hant", "2025年10月10日 21:36"),
        ("ru", "10.10.2025, 21:36"),
        ("vi", "21:36 10/10/2025"),
        ("tr", "10.10.2025 21:36"),
        ("pt", "10/10/2025, 21:36"),
        ("es", "10 oct 2025, 21:36"),
        ("id", "10 Okt 2025, 21.36"),
        ("ja", "2025/10/10 21:36"),
        ("ko", "2025. 10. 10. 21:36"),
        ("xx", "10 Oct 2025, 21:36"),
    ],
)
def test_a_moment_is_written_as_the_language_writes_it(language: str, text: str) -> None:
    assert formats.moment(AT, language, BERLIN) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "10 Oct, 21:36"),
        ("zh-Hans", "10月10日 21:36"),
        ("zh-Hant", "10月10日 21:36"),
        ("ru", "10 окт., 21:36"),
        ("vi", "21:36 10/10"),
        ("tr", "10 Eki 21:36"),
        ("pt", "10/10, 21:36"),
        ("es", "10 oct, 21:36"),
        ("id", "10 Okt, 21.36"),
        ("ja", "10月10日 21:36"),
        ("ko", "10월 10일 21:36"),
        ("xx", "10 Oct, 21:36"),
    ],
)
def test_the_year_is_left_out_while_it_lasts(language: str, text: str) -> None:
    assert formats.moment(AT, language, BERLIN, now=AT - timedelta(days=200)) == text
    assert formats.moment(AT, language, BERLIN, now=AT + timedelta(days=100)) == formats.moment(AT, language, BERLIN)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Fri, 10 Oct"), ("ru", "пт, 10 окт."), ("zh-Hans", "10月10日 周五"), ("ja", "10月10日(金)"), ("ko", "10월 10일 (금)")],
)
def test_a_day_not_far_off_is_written_with_its_weekday(language: str, text: str) -> None:
    assert formats.weekday(datetime(2025, 10, 10, 12, tzinfo=UTC), language, "UTC") == text


def test_days_are_counted_on_the_readers_calendar() -> None:
    late = datetime(2025, 10, 10, 23, 30, tzinfo=UTC)
    assert formats.days_ahead(late + timedelta(hours=1), "UTC", now=late) == 1
    assert formats.days_ahead(late + timedelta(hours=1), "Asia/Shanghai", now=late) == 0
    assert formats.days_ahead(late, "UTC", now=late + timedelta(hours=1)) == -1


def test_seconds_are_written_where_asked_for() -> None:
    assert formats.moment(AT, "en", BERLIN, seconds=True) == "10 Oct 2025, 21:36:05"
    assert formats.clock(AT, "id", BERLIN, seconds=True) == "21.36.05"


@pytest.mark.parametrize("language", [each.code for each in ELEVEN])
def test_nine_in_the_evening_is_twenty_one_everywhere(language: str) -> None:
    assert formats.clock(AT, language, BERLIN) in {"21:36", "21.36"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "1,234,567.891"),
        ("zh-Hans", "1,234,567.891"),
        ("zh-Hant", "1,234,567.891"),
        ("ru", f"1{SPACE}234{SPACE}567,891"),
        ("vi", "1.234.567,891"),
        ("tr", "1.234.567,891"),
        ("pt", "1.234.567,891"),
        ("es", "1.234.567,891"),
        ("id", "1.234.567,891"),
        ("ja", "1,234,567.891"),
        ("ko", "1,234,567.891"),
    ],
)
def test_a_number_is_grouped_as_the_language_groups_it(language: str, text: str) -> None:
    assert formats.number(1234567.891, language) == text


def test_a_count_stops_at_its_cap() -> None:
    assert formats.capped_count(0, "en") == "0"
    assert formats.capped_count(999, "en") == "999"
    assert formats.capped_count(1000, "en") == "1,000+"
    assert formats.capped_count(250_000, "pt") == "1.000+"
    assert formats.capped_count(50, "en", cap=50) == "50+"


@pytest.mark.parametrize(
    ("language", "minutes", "hours"),
    [
        ("en", "5 min", "2 hr"),
        ("zh-Hans", "5分钟", "2小时"),
        ("zh-Hant", "5 分鐘", "2 小時"),
        ("ru", "5 мин", "2 ч"),
        ("vi", "5 phút", "2 giờ"),
        ("tr", "5 dk.", "2 sa."),
        ("pt", "5 min", "2 h"),
        ("es", "5 min", "2 h"),
        ("id", "5 mnt", "2 j"),
        ("ja", "5 分", "2 時間"),
        ("ko", "5분", "2시간"),
    ],
)
def test_a_stretch_of_time_is_short(language: str, minutes: str, hours: str) -> None:
    # CLDR parts a number and its unit with a space that does not break.
    assert formats.duration(300, language).replace(SPACE, " ") == minutes
    assert formats.duration(7200, language).replace(SPACE, " ") == hours


def test_what_has_not_happened_yet_is_not_counted_backwards() -> None:
    assert formats.duration(-40, "en") == formats.duration(0, "en")


def test_what_rounds_to_the_next_larger_unit_is_said_in_it() -> None:
    assert formats.duration(59.7, "en") == formats.duration(60, "en") == "1 min"
    assert formats.duration(3_590, "en") == formats.duration(3_600, "en") == "1 hr"
    assert formats.duration(0.2, "en") == formats.duration(1, "en")


def test_today_and_yesterday_are_those_of_the_readers_zone() -> None:
    late = datetime(2025, 10, 10, 23, 30, tzinfo=UTC)
    now = late + timedelta(hours=1)
    assert formats.day(late, "en", "UTC", now=now) == "Yesterday"
    assert formats.day(late, "en", "Asia/Shanghai", now=now) == "Today"
    assert formats.day(late, "en", "UTC", now=now + timedelta(days=1)) == "10 Oct 2025"


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("en", "Today"),
        ("zh-Hans", "今天"),
        ("zh-Hant", "今天"),
        ("ru", "Сегодня"),
        ("vi", "Hôm nay"),
        ("tr", "Bugün"),
        ("pt", "Hoje"),
        ("es", "Hoy"),
        ("id", "Hari ini"),
        ("ja", "今日"),
        ("ko", "오늘"),
    ],
)
def test_today_is_a_word_in_every_language(language: str, word: str) -> None:
    assert formats.day(AT, language, "UTC", now=AT) == word


def test_a_zone_is_named_in_words_and_never_by_an_abbreviation() -> None:
    assert formats.zone_name("Asia/Shanghai", "en", AT) == "China Standard Time"
    assert formats.zone_name("America/Chicago", "en", AT) == "Central Daylight Time"
    assert formats.zone_name("Asia/Shanghai", "zh-Hans", AT) == "中国标准时间"
    assert formats.zone_name("Europe/Istanbul", "ru", AT) == "Стамбул (GMT+03:00)"
    assert formats.zone_name("UTC", "ja", AT) == "UTC"


def test_a_zone_that_nobody_knows_is_shown_and_named_as_utc() -> None:
    for zone in ("Mars/Olympus", "../../etc/passwd", "", "x" * 10_000, "a\0b"):
        assert formats.clock(AT, "en", zone) == "19:36"
        assert formats.zone_name(zone, "en", AT) == "UTC"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        formats.moment(AT.replace(tzinfo=None), "en", BERLIN)


RUSSIAN = {0: "других", 1: "один", 2: "мало", 4: "мало", 5: "других", 11: "других", 21: "один", 22: "мало", 111: "других"}


@pytest.mark.parametrize(("n", "word"), RUSSIAN.items())
def test_russian_counts_one_few_and_many(n: int, word: str) -> None:
    from gettext import c2py

    from vigil.languages.catalogue.pofile import PLURAL_FORMS

    form_of = c2py(PLURAL_FORMS["ru"].split("plural=", 1)[1].rstrip(";"))
    assert ["один", "мало", "других"][form_of(n)] == word


def test_a_plural_that_nobody_translated_falls_back_to_english() -> None:
    with override("ru"):
        assert ngettext("%(n)s zebra of the test", "%(n)s zebras of the test", 5) == "%(n)s zebras of the test"
