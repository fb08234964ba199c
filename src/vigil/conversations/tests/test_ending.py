"""The customer ends a conversation and says how they found it."""

from uuid import UUID, uuid4

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.errors import ConversationNotFound, KeyReused, NotOverYet
from vigil.conversations.live import for_its_sender
from vigil.safety.marks import MARK
from vigil.safety.refusals import WordsTooLong

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


def ends(customer_id: int, conversation: str) -> conversations.Written:
    return conversations.end_conversation(conversation=conversation, customer_id=customer_id, at=cast.later(5))


def rates(customer_id: int, conversation: str, score: int, text: str = "", key: UUID | None = None) -> conversations.Written:
    rating = conversations.Rating(conversation, customer_id, key or uuid4(), score, text, "en")
    return conversations.rate_conversation(rating, at=cast.later(6))


def test_what_its_customer_ends_is_resolved_and_nobody_waits(desk: cast.Desk) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    entry = ends(ada, opened).entry
    assert entry is not None
    assert for_its_sender(opened, entry) == {
        "conversation": opened,
        "seq": 3,
        "kind": "status",
        "at": "2026-03-01T00:03:00.000Z",
        "by": {"kind": "you"},
        "data": {"to": "resolved"},
    }
    row = queries.get_thread(opened, desk.noor).conversation
    assert (row.status, row.waiting_since, row.due_at) == ("resolved", None, None)


def test_ending_twice_or_what_an_agent_resolved_changes_nothing(desk: cast.Desk) -> None:
    ada = cast.ada()
    opened, other = cast.opens(ada), cast.opens(ada)
    conversations.set_status(conversation=other, sight=desk.noor, status="closed", at=cast.later())
    ends(ada, opened)
    for name in (opened, other):
        assert ends(ada, name).entry is None
    said = queries.find_newest(other, ada, kind="status")
    assert said is not None
    assert for_its_sender(other, said)["by"] == {"kind": "agent", "name": "Noor"}
    assert queries.get_thread(other, desk.noor).conversation.status == "closed"


def test_who_writes_again_opens_what_they_have_ended(desk: cast.Desk) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    ends(ada, opened)
    cast.writes(ada, opened, "One more thing.", at=cast.later(7))
    assert queries.get_thread(opened, desk.noor).conversation.status == "open"


def test_v35_nobody_ends_or_rates_the_conversation_of_others(desk: cast.Desk) -> None:
    ada, mallory = cast.ada(), cast.mallory()
    opened = cast.opens(ada)
    with pytest.raises(ConversationNotFound):
        ends(mallory, opened)
    ends(ada, opened)
    with pytest.raises(ConversationNotFound):
        rates(mallory, opened, 1)
    assert [entry.kind for entry in queries.get_thread(opened, desk.noor).entries] == ["opened", "message", "status"]


def test_a_conversation_that_goes_on_is_not_rated(desk: cast.Desk) -> None:
    ada = cast.ada()
    with pytest.raises(NotOverYet):
        rates(ada, cast.opens(ada), 5)


@pytest.mark.parametrize("status", ["resolved", "closed"])
def test_a_rating_stands_in_the_timeline_and_changes_nobodys_turn(desk: cast.Desk, status: str) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    conversations.set_status(conversation=opened, sight=desk.noor, status=status, at=cast.later())
    rates(ada, opened, 2, "Slow, but it worked.")
    thread = queries.get_thread(opened, desk.noor)
    assert thread.conversation.status == status
    assert thread.conversation.waiting_since is None
    last = thread.entries[-1]
    assert (last.kind, last.author_kind, last.data, last.text) == ("rated", "customer", {"score": 2}, "Slow, but it worked.")


def test_a_later_rating_is_another_entry_and_the_same_sending_is_one(desk: cast.Desk) -> None:
    ada, key = cast.ada(), uuid4()
    opened = cast.opens(ada)
    ends(ada, opened)
    assert not rates(ada, opened, 4, key=key).is_repeat
    assert rates(ada, opened, 4, key=key).is_repeat
    rates(ada, opened, 5, "  ")
    scores = [(entry.data["score"], entry.text) for entry in queries.get_thread(opened, desk.noor).entries if entry.kind == "rated"]
    assert scores == [(4, None), (5, None)]


def test_a_sending_key_names_one_deed_and_not_two(desk: cast.Desk) -> None:
    ada, key = cast.ada(), uuid4()
    opened = cast.opens(ada)
    cast.writes(ada, opened, "Thank you.", at=cast.later(), key=key)
    ends(ada, opened)
    with pytest.raises(KeyReused):
        rates(ada, opened, 5, "Thank you.", key=key)


def test_a06_a_secret_in_the_comment_is_gone_before_it_is_stored(desk: cast.Desk) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    ends(ada, opened)
    rates(ada, opened, 1, "my words are " + " ".join(["abandon"] * 11 + ["about"]))
    rated, removed = queries.get_thread(opened, desk.noor).entries[-2:]
    assert "abandon" not in (rated.text or "")
    assert MARK.search(rated.text or "")
    assert (removed.kind, removed.data) == ("secret_removed", {"of": rated.seq, "kinds": ["mnemonic"]})


def test_a_comment_has_an_end(desk: cast.Desk) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    ends(ada, opened)
    with pytest.raises(WordsTooLong):
        rates(ada, opened, 1, "x" * (conversations.LONGEST_COMMENT + 1))
