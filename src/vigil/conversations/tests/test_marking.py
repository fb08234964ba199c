"""What was not clear to a customer is marked, for the team alone."""

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.live import Timeline, customer_topic
from vigil.conversations.rules import Decision, Denied, Said, State, on_unclear
from vigil.kernel.live import readers
from vigil.workspace.sight import Sight

pytestmark = pytest.mark.django_db
ANSWERED = State("open", 3, 1, 1, 5, None, None, cast.NIGHT, 3)
REPLY = "Your deposit is pending twelve confirmations."


def marks(sight: Sight, name: str, seq: int, *, on: bool = True, minutes: float = 2) -> conversations.Written:
    return conversations.mark_unclear(conversation=name, sight=sight, seq=seq, on=on, at=cast.later(minutes))


def answered(desk: cast.Desk, name: str) -> int:
    """Let Noor answer; tell the number of her reply."""
    entry = cast.answers(desk.noor, name, REPLY, at=cast.later(1)).entry
    assert entry is not None
    return entry.seq


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


def reply_of(desk: cast.Desk, name: str, seq: int) -> queries.EntryRow:
    return next(entry for entry in queries.get_thread(name, desk.noor).entries if entry.seq == seq)


def test_only_a_reply_is_marked_and_only_where_that_says_something_new() -> None:
    said = Said(3, is_unclear=False)
    assert on_unclear(ANSWERED, None, on=True, by=5) == Denied("entry")
    assert on_unclear(ANSWERED, said, on=False, by=5) == Decision(ANSWERED)
    marked = on_unclear(ANSWERED, said, on=True, by=5)
    assert isinstance(marked, Decision)
    assert (marked.state, [entry.data for entry in marked.entries]) == (ANSWERED, [{"of": 3, "on": True}])


def test_a_colleague_marks_a_reply_and_takes_the_mark_off_again(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    seq = answered(desk, name)
    before = queries.find_conversation(name, desk.noor)
    assert marks(desk.sol, name, seq).entry is not None
    assert marks(desk.sol, name, seq).entry is None
    assert reply_of(desk, name, seq).data == {"unclear": True}
    assert (reply_of(desk, name, seq).text, reply_of(desk, name, seq).agent_id) == (REPLY, desk.noor.agent_id)
    marks(desk.noor, name, seq, on=False)
    assert reply_of(desk, name, seq).data == {}
    after = queries.find_conversation(name, desk.noor)
    assert before is not None
    assert after is not None
    assert (after.status, after.waiting_since, after.preview) == (before.status, before.waiting_since, before.preview)


def test_what_is_no_reply_or_was_taken_back_is_not_marked(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    seq = answered(desk, name)
    conversations.withdraw_reply(conversation=name, sight=desk.noor, seq=seq, at=cast.later(1.5))
    for other in (1, 2, seq, 99):
        with pytest.raises(ConversationNotFound):
            marks(desk.noor, name, other)


def test_a25_for_other_teams_there_is_nothing_to_mark(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    seq = answered(desk, name)
    with pytest.raises(ConversationNotFound):
        marks(desk.olek, name, seq)


@pytest.mark.django_db(transaction=True)
def test_a28_the_customer_learns_nothing_of_it() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    name = cast.opens(ada)
    seq = answered(desk, name)
    with readers.connect() as connection:
        before = Timeline().start(connection)
        marks(desk.noor, name, seq)
        items = Timeline().read(connection, before, [], 100)
    frames = [frame for item in items for frame in item.write()]
    assert frames
    assert not [frame for frame in frames if frame.topic == customer_topic(ada)]
    _, told = queries.list_for_record(name, ada)
    assert [entry.kind for entry in told] == ["opened", "message", "assigned", "reply"]


@pytest.mark.django_db(transaction=True)
def test_a33_two_agents_who_mark_the_same_reply_at_once_mark_it_once() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    name = cast.opens(ada)
    seq = answered(desk, name)
    cast.at_once(
        lambda: marks(desk.noor, name, seq),
        lambda: marks(desk.sol, name, seq),
        lambda: cast.writes(ada, name, "What is a confirmation?", at=cast.later(2)),
    )
    entries = queries.get_thread(name, desk.noor).entries
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert len([entry for entry in entries if entry.kind == "unclear"]) == 1
