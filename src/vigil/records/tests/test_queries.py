"""What a customer takes home of a conversation, and what never leaves the house."""

import re
from uuid import uuid4

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.records import queries as records

pytestmark = pytest.mark.django_db
PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


@pytest.fixture
def told(desk: cast.Desk) -> tuple[int, str]:
    ada = cast.ada()
    opened = cast.opens(ada, "My deposit <b>has not</b> arrived.")
    conversations.note(conversations.Words(opened, desk.noor, uuid4(), "She sounds angry; check UID first.", "note"), at=cast.later(1))
    conversations.set_priority(conversation=opened, sight=desk.noor, priority=2, at=cast.later(1))
    cast.answers(desk.noor, opened, "Which network did you use?\nTake your time.", at=cast.later(2))
    cast.writes(ada, opened, f"My words are: {PHRASE}", at=cast.later(3))
    conversations.set_status(conversation=opened, sight=desk.noor, status="snoozed", at=cast.later(4))
    conversations.set_status(conversation=opened, sight=desk.noor, status="resolved", at=cast.later(5))
    return ada, opened


def as_text(told: tuple[int, str], language: str = "en", zone: str = "") -> str:
    return records.get_text_record(conversation=told[1], customer_id=told[0], language=language, zone=zone, at=cast.later(9))


def as_html(told: tuple[int, str], language: str = "en", zone: str = "") -> str:
    return records.get_html_record(conversation=told[1], customer_id=told[0], language=language, zone=zone, at=cast.later(9))


def test_a28_the_record_holds_exactly_what_the_customer_may_see(told: tuple[int, str]) -> None:
    assert as_text(told).splitlines()[4:] == [
        "28 Feb 2026, 23:58 UTC",
        "  * The conversation began.",
        "",
        "28 Feb 2026, 23:58 UTC  You",
        "  My deposit <b>has not</b> arrived.",
        "",
        "1 Mar 2026, 00:00 UTC",
        "  * Noor answers you now.",
        "",
        "1 Mar 2026, 00:00 UTC  Noor",
        "  Which network did you use?",
        "  Take your time.",
        "",
        "1 Mar 2026, 00:01 UTC  You",
        "  My words are: [recovery phrase removed]",
        "",
        "1 Mar 2026, 00:01 UTC",
        "  * A secret was removed. It was not stored, and nobody can see it.",
        "",
        "1 Mar 2026, 00:03 UTC",
        "  * This conversation was marked as resolved.",
        "",
    ]


def test_a28_no_note_no_internal_name_and_no_number_of_an_agent_is_in_either_record(told: tuple[int, str], desk: cast.Desk) -> None:
    for record in (as_text(told), as_html(told)):
        assert "angry" not in record
        assert "Haddad" not in record
        assert "noor@" not in record
        assert "near" not in record.lower()
        assert "snoozed" not in record
        assert not re.search(rf"\b(?:agent|sight|queue|team)[-_ ]?(?:id)?\D?{desk.noor.agent_id}\b", record)
        assert "legal winner" not in record


def test_a05_words_that_look_like_html_are_words(told: tuple[int, str]) -> None:
    record = as_html(told)
    assert "My deposit &lt;b&gt;has not&lt;/b&gt; arrived." in record
    assert "<b>has not" not in record
    assert "http" not in record
    assert "<script" not in record


def test_times_stand_in_the_customers_zone_and_in_utc(told: tuple[int, str]) -> None:
    record = as_text(told, zone="Asia/Shanghai")
    assert "China Standard Time" in record
    assert "1 Mar 2026, 07:58 (28 Feb 2026, 23:58 UTC)" in record
    assert "UTC" in as_text(told, zone="Nowhere/Land")


def test_a_removed_secret_is_a_mark_in_the_page(told: tuple[int, str]) -> None:
    assert '<span class="secret" lang="en">recovery phrase removed</span>' in as_html(told)


def test_each_entry_says_its_language(desk: cast.Desk) -> None:
    wei = cast.wei()
    opened = cast.opens(wei)
    conversations.receive_message(conversations.Message(opened, wei, uuid4(), "提币未到账", "zh-Hans"), at=cast.later())
    assert '<div class="words" lang="zh-Hans" dir="ltr">提币未到账</div>' in as_html((wei, opened))


def test_a25_the_record_of_somebody_else_does_not_exist(told: tuple[int, str]) -> None:
    mallory = cast.mallory()
    with pytest.raises(ConversationNotFound):
        as_text((mallory, told[1]))
    with pytest.raises(ConversationNotFound):
        as_html((mallory, told[1]))


def test_a_time_that_an_agent_wrote_is_followed_by_what_the_customers_clock_shows(desk: cast.Desk) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    conversations.reply(conversations.Words(opened, desk.noor, uuid4(), "We answer by 14:30.", zone="Asia/Riyadh"), at=cast.later(2))
    assert "  We answer by 14:30 (20:30 your time)." in as_text((ada, opened), zone="Asia/Tokyo")
    assert '14:30<span class="aside" lang="en"> (20:30 your time)</span>.' in as_html((ada, opened), zone="Asia/Tokyo")
    assert "  We answer by 14:30." in as_text((ada, opened), zone="Europe/Istanbul")


def test_where_a_merged_conversation_goes_on_stands_in_both_records(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, into = cast.opens(ada, "First."), cast.opens(ada, "Second.")
    conversations.merge(conversation=name, into=into, sight=desk.noor, at=cast.later(5))
    assert f"  * This goes on in your other conversation.\n    Number: {into}" in as_text((ada, name))
    assert f"  * Your other conversation goes on here.\n    Number: {name}" in as_text((ada, into))
