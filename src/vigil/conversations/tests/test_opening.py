"""How a conversation begins: its words are looked at once, and nothing waits inside the transaction."""

from uuid import uuid4

import pytest
from django.db import connection

from tests import cast
from vigil.conversations import commands, queries
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.live import for_its_sender
from vigil.kernel import faults
from vigil.safety import commands as safety


@pytest.mark.django_db(transaction=True)
def test_the_first_words_are_screened_once_before_the_transaction_and_the_commit_is_real(monkeypatch: pytest.MonkeyPatch) -> None:
    cast.open_the_desk()
    ada = cast.ada()
    seen: list[tuple[str, bool]] = []
    screen = safety.screen

    def looked_at(text: str) -> object:
        seen.append(("screen", connection.in_atomic_block))
        return screen(text)

    monkeypatch.setattr(safety, "screen", looked_at)
    monkeypatch.setattr(faults, "point", lambda name: seen.append((name, connection.in_atomic_block)))
    cast.opens(ada)
    own = [one for one in seen if one[0] == "screen" or one[0].startswith("conversations.")]
    assert own == [("screen", False), ("conversations.before_commit", True), ("conversations.after_commit", False)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chosen", "hears", "language", "topic"),
    [
        (None, True, "ru", "withdrawal-pending"),
        (None, False, "en", ""),
        ("", True, "ru", ""),
        ("fees", True, "ru", "fees"),
    ],
)
def test_what_nobody_chose_is_heard_in_the_first_words(chosen: str | None, hears: bool, language: str, topic: str) -> None:
    desk = cast.open_the_desk()
    opening = commands.Opening(
        cast.irina(), "chat", "en", uuid4(), "Два часа назад сделал вывод, деньги не пришли", topic=chosen, hears_language=hears
    )
    row = queries.find_conversation(commands.open_conversation(opening, at=cast.NIGHT).conversation, desk.noor)
    assert row is not None
    assert (row.language, row.topic) == (language, topic)


@pytest.mark.django_db
def test_what_says_nothing_stays_in_the_language_that_was_likely() -> None:
    desk = cast.open_the_desk()
    opening = commands.Opening(cast.irina(), "chat", "ru", uuid4(), "USDT TRC20", hears_language=True)
    row = queries.find_conversation(commands.open_conversation(opening, at=cast.NIGHT).conversation, desk.noor)
    assert row is not None
    assert (row.language, row.topic) == ("ru", "")


@pytest.mark.django_db
def test_the_facts_of_a_case_are_in_her_words_and_what_she_took_away_is_none() -> None:
    desk = cast.open_the_desk()
    words = "I sent 500 USDT and 20 USDT over TRC20 at 12:04 UTC"
    opening = commands.Opening(cast.ada(), "chat", "en", uuid4(), words, no_facts=("20 USDT", "not in her words"))
    opened = commands.open_conversation(opening, at=cast.NIGHT).conversation
    entries = queries.get_thread(opened, desk.noor).entries
    assert [fact.value for fact in queries.facts_of(entries)] == ["500 USDT", "TRON (TRC20)", "12:04 UTC"]
    assert entries[1].data == {"no_facts": [[20, 27]]}
    assert "no_facts" not in str(for_its_sender(opened, entries[1]))


@pytest.mark.django_db
def test_facts_come_from_messages_alone_and_later_ones_add_to_them() -> None:
    desk = cast.open_the_desk()
    ada = cast.ada()
    opened = cast.opens(ada)
    cast.answers(desk.noor, opened, "Was it 700 USDT?", at=cast.later())
    cast.writes(ada, opened, "No, 900 USDT. Really 900 USDT!", at=cast.later(2))
    row = queries.find_conversation(opened, desk.noor)
    assert row is not None
    assert [fact.value for fact in queries.facts_of(queries.list_telling(row.id))] == ["900 USDT"]
    assert [fact.value for fact in queries.facts_of(queries.get_thread(opened, desk.noor).entries)] == ["900 USDT"]


@pytest.mark.django_db
def test_a_secret_is_neither_a_fact_nor_a_topic() -> None:
    desk = cast.open_the_desk()
    phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow"
    opened = commands.open_conversation(commands.Opening(cast.ada(), "chat", "en", uuid4(), phrase), at=cast.NIGHT).conversation
    thread = queries.get_thread(opened, desk.noor)
    assert queries.facts_of(thread.entries) == []
    assert thread.conversation.topic == ""


@pytest.mark.django_db
def test_an_agent_chooses_the_topic_once_and_the_timeline_says_so() -> None:
    desk = cast.open_the_desk()
    opened = cast.opens(cast.ada(), "Good evening.")
    for _ in range(2):
        commands.set_topic(conversation=opened, sight=desk.noor, topic="fees", at=cast.later())
    commands.set_topic(conversation=opened, sight=desk.noor, topic="", at=cast.later(2))
    thread = queries.get_thread(opened, desk.noor)
    told = [(entry.data, entry.author_kind) for entry in thread.entries if entry.kind == "topic"]
    assert told == [({"from": "", "to": "fees"}, "agent"), ({"from": "fees", "to": ""}, "agent")]
    assert thread.conversation.topic == ""


@pytest.mark.django_db
def test_a_topic_that_nobody_knows_and_a_conversation_out_of_sight_are_refused() -> None:
    desk = cast.open_the_desk()
    opened = cast.opens(cast.ada())
    with pytest.raises(ValueError, match="shoes"):
        commands.set_topic(conversation=opened, sight=desk.noor, topic="shoes", at=cast.later())
    with pytest.raises(ConversationNotFound):
        commands.set_topic(conversation=opened, sight=desk.olek, topic="fees", at=cast.later())
