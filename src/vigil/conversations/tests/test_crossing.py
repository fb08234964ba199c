"""Words that crossed: a reply that names what its author has seen is not sent behind words of the customer's that came since."""

from functools import partial
from typing import Literal
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations.commands import Words, Written
from vigil.conversations.errors import ConversationIsClosed, Crossed, KeyReused
from vigil.conversations.models import Departure, Entry
from vigil.workspace.sight import Sight

pytestmark = pytest.mark.django_db
AT = cast.later(2)


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


def said(by: Sight, name: str, seen: int | None, text: str = "It is on its way.", *, key: UUID | None = None, kind: str = "reply") -> Words:
    kinds: Literal["reply", "note"] = "note" if kind == "note" else "reply"
    return Words(name, by, key or uuid4(), text, kinds, seen=seen)


def last_of(name: str) -> int:
    return Entry.objects.filter(conversation__public_id=name).latest("seq").seq


def replies(name: str) -> list[str | None]:
    return [entry.text for entry in Entry.objects.filter(conversation__public_id=name, kind="reply").order_by("seq")]


def test_a_reply_that_words_crossed_is_refused_and_stored_nowhere_until_they_were_read(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    seen = last_of(name)
    cast.writes(ada, name, "Never mind, it came.", at=cast.later())
    words = said(desk.noor, name, seen)
    with pytest.raises(Crossed):
        conversations.reply(words, at=AT)
    assert replies(name) == []
    conversations.reply(said(desk.noor, name, last_of(name), key=words.key), at=AT)
    assert replies(name) == ["It is on its way."]


def test_whoever_says_nothing_of_what_was_seen_and_whoever_writes_a_note_is_not_held(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    seen = last_of(name)
    cast.writes(ada, name, "Never mind, it came.", at=cast.later())
    conversations.note(said(desk.noor, name, seen, kind="note"), at=AT)
    conversations.reply(said(desk.noor, name, None), at=AT)
    assert replies(name) == ["It is on its way."]


def test_what_the_team_and_the_system_added_since_crosses_nothing(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    seen = last_of(name)
    cast.answers(desk.sol, name, "I look.", at=cast.later())
    conversations.note(said(desk.noor, name, None, "Sol is at it.", kind="note"), at=AT)
    conversations.set_priority(conversation=name, sight=desk.noor, priority=1, at=AT)
    assert last_of(name) > seen + 3
    conversations.reply(said(desk.noor, name, seen), at=AT)
    assert replies(name) == ["I look.", "It is on its way."]


def test_what_is_stored_is_answered_again_whatever_was_said_since_and_other_words_are_not(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    words = said(desk.noor, name, last_of(name))
    first = conversations.reply(words, at=AT)
    cast.writes(ada, name, "And now?", at=AT)
    again = conversations.reply(words, at=AT)
    assert (again.is_repeat, again.entry and again.entry.seq) == (True, first.entry and first.entry.seq)
    with pytest.raises(KeyReused):
        conversations.reply(said(desk.noor, name, words.seen, "Other words.", key=words.key), at=AT)


def test_an_answer_by_post_that_waits_already_is_told_of_again_and_a_new_one_is_held_up(desk: cast.Desk) -> None:
    ada = cast.ada()
    opening = conversations.Opening(ada, "email", "en", uuid4(), "Where is it?", "emea-general")
    name = conversations.open_conversation(opening, at=cast.NIGHT).conversation
    words = Words(name, desk.noor, uuid4(), "It is on its way.", may_undo=True, seen=last_of(name))
    waiting = conversations.reply(words, at=AT).waiting
    cast.writes(ada, name, "It came.", at=AT)
    assert conversations.reply(words, at=AT).waiting == waiting
    with pytest.raises(Crossed):
        conversations.reply(Words(name, desk.noor, uuid4(), "Another.", may_undo=True, seen=words.seen), at=AT)
    assert Departure.objects.count() == 1


def test_of_many_only_those_that_were_crossed_are_refused_each_in_its_place(desk: cast.Desk) -> None:
    ada, wei = cast.ada(), cast.wei()
    hers, his = cast.opens(ada), cast.opens(wei)
    seen, his_seen = last_of(hers), last_of(his)
    cast.writes(ada, hers, "It came.", at=cast.later())
    batch = [
        said(desk.noor, his, his_seen, "One."),
        said(desk.noor, hers, seen, "Two."),
        said(desk.noor, his, his_seen, "Three."),
        said(desk.noor, hers, None, "Four."),
    ]
    outcomes = conversations.reply_many(batch, at=AT)
    assert [type(each) for each in outcomes] == [Written, Crossed, Written, Written]
    assert (replies(his), replies(hers)) == (["One.", "Three."], ["Four."])


def test_in_a_closed_conversation_it_is_said_that_it_is_closed(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    seen = last_of(name)
    cast.writes(ada, name, "It came.", at=cast.later())
    conversations.set_status(conversation=name, sight=desk.noor, status="closed", at=AT)
    with pytest.raises(ConversationIsClosed):
        conversations.reply(said(desk.noor, name, seen), at=AT)


def test_a_reply_upon_the_last_entry_asks_nothing_more(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    with CaptureQueriesContext(connection) as asked:
        conversations.reply(said(desk.noor, name, last_of(name)), at=AT)
    mine = [each["sql"] for each in asked.captured_queries if 'FROM "conversations_entry"' in each["sql"]]
    # The test's own look for the last one.
    assert len(mine) == 1


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_the_customer_is_first_and_the_reply_refused_or_the_reply_stands_before_their_words(desk: cast.Desk) -> None:
    ada = cast.ada()
    for number in range(6):
        name = cast.opens(ada, f"Question {number}.")
        seen = last_of(name)
        words = [said(desk.noor, name, seen, "Noor is here."), said(desk.sol, name, seen, "Sol is here.")]
        writing = partial(cast.writes, ada, name, "It came.", at=AT)
        written, *answered = cast.at_once(writing, *(partial(conversations.reply, each, at=AT) for each in words))
        assert isinstance(written, Written)
        assert written.entry is not None
        for outcome in answered:
            if isinstance(outcome, Written):
                assert outcome.entry is not None
                assert outcome.entry.seq < written.entry.seq
            else:
                assert isinstance(outcome, Crossed)
        assert len(replies(name)) == sum(isinstance(each, Written) for each in answered)
