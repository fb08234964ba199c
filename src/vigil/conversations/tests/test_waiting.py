"""What a customer is told while they wait, and what becomes of words that come twice."""

from uuid import UUID, uuid4

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.live import for_its_sender
from vigil.conversations.models import Entry

pytestmark = pytest.mark.django_db
WORDS = "Where is my money?"


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


def place_of(customer_id: int, name: str) -> int | None:
    return queries.get_wait(name, customer_id, at=cast.later(2)).place


def again(customer_id: int, name: str, text: str = WORDS, minutes: float = 1) -> bool:
    """Send words and say whether they were folded."""
    return cast.writes(customer_id, name, text, at=cast.later(minutes)).is_folded


def test_the_place_counts_those_of_the_same_queue_who_waited_longer(desk: cast.Desk) -> None:
    ada = cast.ada()
    names = [cast.opens(ada, at=cast.later(minute)) for minute in (0, 0, 1)]
    elsewhere = cast.opens(ada, queue="near-deposits", at=cast.later(-1))
    assert [place_of(ada, name) for name in names] == [1, 2, 3]
    assert place_of(ada, elsewhere) == 1
    conversations.assign(conversation=names[0], sight=desk.sol, agent_id=desk.noor.agent_id, at=cast.later(1))
    assert [place_of(ada, name) for name in names] == [None, 1, 2]
    conversations.assign(conversation=names[0], sight=desk.sol, agent_id=None, at=cast.later(1))
    assert place_of(ada, names[0]) == 1


def test_nobody_has_a_place_whose_turn_it_is_or_who_has_ended_it(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, other = cast.opens(ada), cast.opens(ada, at=cast.later())
    conversations.end_conversation(conversation=name, customer_id=ada, at=cast.later())
    assert (place_of(ada, name), place_of(ada, other)) == (None, 1)


def test_the_place_stops_counting_at_a_thousand(desk: cast.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigil.conversations.queries.waiting.MOST_AHEAD", 2)
    ada = cast.ada()
    names = [cast.opens(ada, at=cast.later(minute / 10)) for minute in range(5)]
    assert [place_of(ada, name) for name in names] == [1, 2, 3, 3, 3]


def test_a_promise_that_is_past_is_not_made_again(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    promise = queries.get_wait(name, ada, at=cast.NIGHT).answer_by
    assert promise is not None
    assert queries.get_wait(name, ada, at=promise).answer_by is None


def test_v35_the_wait_of_others_does_not_exist(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    with pytest.raises(ConversationNotFound):
        place_of(cast.mallory(), name)


def test_a12_two_hundred_times_the_same_words_are_one_entry(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    many = [conversations.Message(name, ada, uuid4(), WORDS) for _ in range(200)]
    first, *others = conversations.receive_many(many, at=cast.later())
    assert isinstance(first, conversations.Written)
    assert not first.is_folded
    assert all(isinstance(other, conversations.Written) and other.is_folded and other.entry == first.entry for other in others)
    assert again(ada, name, minutes=5)
    assert Entry.objects.filter(conversation__public_id=name).count() == 3


def times(name: str) -> list[int]:
    """Tell of each message of a conversation how often it came again."""
    messages = Entry.objects.filter(conversation__public_id=name, kind="message").order_by("seq")
    return [data.get("again", 0) for data in messages.values_list("data", flat=True)]


def test_how_often_the_same_words_came_again_is_counted_beside_them_and_told_to_the_team_alone(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    assert [again(ada, name, text) for text in ("Hello?", WORDS, "Hello?", WORDS, "Hello?")] == [False, False, True, True, True]
    assert times(name) == [0, 2, 1]
    written = cast.writes(ada, name, WORDS, at=cast.later(2))
    assert written.entry is not None
    assert for_its_sender(name, written.entry).keys() == {"conversation", "seq", "kind", "at", "by", "key", "text", "lang"}
    many = [conversations.Message(name, ada, uuid4(), WORDS) for _ in range(200)]
    conversations.receive_many(many, at=cast.later(3))
    assert times(name) == [0, 2, 202]


def test_a12_words_that_alternate_are_each_stored_once(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    assert [again(ada, name, text) for text in ("Hello?", WORDS, "Hello?", WORDS)] == [False, False, True, True]


def test_the_first_words_of_a_conversation_are_folded_too(desk: cast.Desk) -> None:
    ada = cast.ada()
    assert again(ada, cast.opens(ada, WORDS))


def test_the_same_answer_to_another_question_is_stored(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    cast.answers(desk.noor, name, "Was it TRC20?", at=cast.later(1))
    assert not again(ada, name, "yes", 2)
    cast.answers(desk.noor, name, "Is the memo right?", at=cast.later(3))
    assert not again(ada, name, "yes", 4)


def test_after_ten_minutes_the_same_words_are_a_new_question(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada, WORDS)
    assert [again(ada, name, minutes=9.9), again(ada, name, minutes=10.1)] == [True, False]


def test_words_that_would_wake_a_conversation_are_not_folded(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada, WORDS)
    conversations.set_status(conversation=name, sight=desk.noor, status="snoozed", at=cast.later())
    assert not again(ada, name)
    assert queries.get_thread(name, desk.noor).conversation.status == "open"
    conversations.end_conversation(conversation=name, customer_id=ada, at=cast.later())
    assert not again(ada, name)


def test_whoever_shows_a_secret_again_is_warned_again(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    phrase = " ".join(["abandon"] * 11 + ["about"])
    assert [again(ada, name, phrase), again(ada, name, phrase)] == [False, False]
    assert Entry.objects.filter(kind="secret_removed").count() == 2


def test_the_same_words_in_another_conversation_are_another_matter(desk: cast.Desk) -> None:
    ada = cast.ada()
    assert not [name for name in (cast.opens(ada), cast.opens(ada)) if again(ada, name)]


def opens_once_more(customer_id: int, text: str = WORDS, minutes: float = 1, key: UUID | None = None) -> conversations.Written:
    opening = conversations.Opening(customer_id, "chat", "en", key or uuid4(), text, "emea-general", folds=True)
    return conversations.open_conversation(opening, at=cast.later(minutes))


def test_a12_fifty_tabs_that_say_the_same_begin_one_conversation(desk: cast.Desk) -> None:
    ada = cast.ada()
    first, *others = [opens_once_more(ada) for _ in range(50)]
    assert not first.is_folded
    assert all(other.is_folded and other.conversation == first.conversation for other in others)
    assert len(queries.list_conversations(queries.Place(), desk.noor)) == 1
    assert Entry.objects.count() == 2


def test_the_same_key_begins_one_conversation_and_is_not_called_folded(desk: cast.Desk) -> None:
    ada, key = cast.ada(), uuid4()
    first, again = opens_once_more(ada, key=key), opens_once_more(ada, key=key)
    assert (again.conversation, again.is_repeat, again.is_folded) == (first.conversation, True, False)


def test_what_was_answered_resolved_or_is_long_ago_is_begun_anew(desk: cast.Desk) -> None:
    ada = cast.ada()
    answered = opens_once_more(ada).conversation
    cast.answers(desk.noor, answered, "Here.", at=cast.later(2))
    ended = opens_once_more(ada, minutes=3).conversation
    conversations.end_conversation(conversation=ended, customer_id=ada, at=cast.later(4))
    waits = opens_once_more(ada, minutes=5).conversation
    late = opens_once_more(ada, minutes=15.1).conversation
    assert len({answered, ended, waits, late}) == 4


def test_others_other_words_and_secrets_begin_their_own(desk: cast.Desk) -> None:
    ada, phrase = cast.ada(), " ".join(["abandon"] * 11 + ["about"])
    begun = [opens_once_more(who, text) for who, text in ((ada, WORDS), (cast.wei(), WORDS), (ada, "Hello?"), (ada, phrase), (ada, phrase))]
    assert not [one for one in begun if one.is_folded]
    assert len({one.conversation for one in begun}) == 5
