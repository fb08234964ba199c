"""A reply in a chat that its author takes back within a minute: its words are gone, and that they are is said."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps

from tests import cast
from vigil.audit.queries import list_records
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.errors import ConversationNotFound, KeyReused, NotYourReply, TooLateToWithdraw
from vigil.conversations.live import Timeline, customer_topic
from vigil.conversations.rules import WITHDRAWN_WITHIN, Denied, Promised, Standing, State, on_withdraw
from vigil.customers import commands as customers
from vigil.kernel.live import readers
from vigil.records.queries import get_html_record, get_text_record
from vigil.workspace.sight import Sight

SLIP = "The other customer's number is 4711."
PROMISED = Promised(timedelta(minutes=5), timedelta(minutes=10))
ANSWERED = State("open", 3, 1, 1, 5, None, None, cast.NIGHT, 3)
SENT = Standing(3, 5, cast.NIGHT, is_withdrawn=False, unanswered_since=cast.later(-2))


@pytest.fixture
def desk(db: None) -> cast.Desk:
    return cast.open_the_desk()


def slip(desk: cast.Desk, name: str, *, minutes: float = 1) -> int:
    entry = cast.answers(desk.noor, name, SLIP, at=cast.later(minutes)).entry
    assert entry is not None
    return entry.seq


def withdraws(sight: Sight, name: str, seq: int, *, minutes: float = 1.5) -> conversations.Written:
    return conversations.withdraw_reply(conversation=name, sight=sight, seq=seq, at=cast.later(minutes))


def rule(reply: Standing | None, state: State = ANSWERED, *, by: int = 5, channel: str = "chat", seconds: float = 30) -> object:
    at = cast.NIGHT + timedelta(seconds=seconds)
    return on_withdraw(state, reply, by=by, channel=channel, promised=PROMISED, at=at)


def test_the_rule_counts_sixty_seconds_and_not_one_more() -> None:
    assert timedelta(seconds=60) == WITHDRAWN_WITHIN
    assert not isinstance(rule(SENT, seconds=60), Denied)
    assert rule(SENT, seconds=60.001) == Denied("too_late")


def test_the_rule_knows_whose_words_where_and_whether_there_are_any() -> None:
    assert rule(None) == Denied("entry")
    assert rule(SENT, by=6) == rule(SENT, channel="ticket") == Denied("not_own")


def test_whom_it_answered_waits_again_since_they_wrote_and_keeps_the_old_promise(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    before = queries.find_conversation(name, desk.noor)
    withdraws(desk.noor, name, slip(desk, name))
    after = queries.find_conversation(name, desk.noor)
    assert before is not None
    assert after is not None
    assert (after.waiting_since, after.due_at) == (before.waiting_since, before.due_at)


def test_nobody_waits_again_while_another_answer_stands(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    cast.answers(desk.noor, name, "Hello, one moment.", at=cast.later(0.5))
    withdraws(desk.noor, name, slip(desk, name))
    row = queries.find_conversation(name, desk.noor)
    assert row is not None
    assert row.waiting_since is None


def test_its_words_are_in_no_table_and_neither_side_reads_them(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    seq = slip(desk, name)
    withdraws(desk.noor, name, seq)
    for model in apps.get_models():
        for values in model._default_manager.values_list():
            assert "4711" not in str(values), model
    thread = queries.get_thread(name, desk.noor)
    gone, said = thread.entries[seq - 1], thread.entries[-1]
    assert (gone.kind, gone.text, gone.data) == ("reply", None, {"withdrawn_at": cast.later(1.5).isoformat()})
    assert (said.kind, said.agent_id, said.data) == ("withdrawn", desk.noor.agent_id, {"of": seq})
    assert thread.conversation.preview == "My deposit has not arrived."


def test_the_transcript_says_so_and_nothing_of_what_stood_there(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    withdraws(desk.noor, name, slip(desk, name))
    for get in (get_html_record, get_text_record):
        record = get(conversation=name, customer_id=ada, language="en", zone="UTC", at=cast.later(5))
        assert "The agent withdrew a reply." in record
        assert "4711" not in record
        assert record.count("Noor") == 1  # "Noor answers you now."


def test_the_audit_knows_that_it_was_done_and_no_word(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    seq = slip(desk, name)
    for _ in range(2):
        withdraws(desk.noor, name, seq)
    (record,) = list_records(action="conversations.reply_withdrawn").rows
    assert (record.actor, record.subject, record.details) == (f"agent:{desk.noor.agent_id}", f"conversation:{name}", {"seq": seq})


def test_only_its_author_and_only_in_time(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    seq = slip(desk, name)
    with pytest.raises(NotYourReply):
        withdraws(desk.sol, name, seq)
    with pytest.raises(TooLateToWithdraw):
        withdraws(desk.noor, name, seq, minutes=2.1)
    for other in (1, 2, 99):
        with pytest.raises(ConversationNotFound):
            withdraws(desk.noor, name, other)
    note = conversations.note(conversations.Words(name, desk.noor, uuid4(), "For us.", "note"), at=cast.later(1.2)).entry
    assert note is not None
    with pytest.raises(ConversationNotFound):
        withdraws(desk.noor, name, note.seq)


def test_a25_for_other_teams_there_is_nothing_to_withdraw(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    seq = slip(desk, name)
    with pytest.raises(ConversationNotFound):
        withdraws(desk.olek, name, seq)


def test_the_same_sending_does_not_bring_it_back(desk: cast.Desk) -> None:
    name, key = cast.opens(cast.ada()), uuid4()
    entry = cast.answers(desk.noor, name, SLIP, at=cast.later(1), key=key).entry
    assert entry is not None
    withdraws(desk.noor, name, entry.seq)
    with pytest.raises(KeyReused):
        cast.answers(desk.noor, name, SLIP, at=cast.later(1.6), key=key)


def test_no_letter_tells_of_an_answer_that_was_withdrawn(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    customers.give_address(customer_id=ada, email="ada@mail.example", at=cast.NIGHT)
    written = cast.answers(desk.noor, name, SLIP, at=cast.later(1))
    assert written.entry is not None
    withdraws(desk.noor, name, written.entry.seq)
    assert not conversations.tell_of_answer(conversation_id=written.conversation_id, seq=written.entry.seq, at=cast.later(4))


@pytest.mark.django_db(transaction=True)
def test_a28_the_stream_tells_both_sides_and_never_the_words() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    name = cast.opens(ada)
    with readers.connect() as connection:
        before = Timeline().start(connection)
        seq = slip(desk, name)
        withdraws(desk.noor, name, seq)
        items = Timeline().read(connection, before, [], 100)
    frames = [frame for item in items for frame in item.write()]
    assert not [frame for frame in frames if b"4711" in frame.data]
    hers = [frame.data for frame in frames if frame.topic == customer_topic(ada)]
    assert len([data for data in hers if b'"withdrawn"' in data]) == 1
    assert not [data for data in hers if b'"reply"' in data]


@pytest.mark.django_db(transaction=True)
def test_a33_two_windows_a_message_and_another_reply_at_once_leave_one_story() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    name = cast.opens(ada)
    seq = slip(desk, name)
    cast.at_once(
        lambda: withdraws(desk.noor, name, seq),
        lambda: withdraws(desk.noor, name, seq),
        lambda: cast.writes(ada, name, "What?", at=cast.later(1.5)),
        lambda: conversations.set_status(conversation=name, sight=desk.sol, status="waiting", at=cast.later(1.5)),
    )
    entries = queries.get_thread(name, desk.noor).entries
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert len([entry for entry in entries if entry.kind == "withdrawn"]) == 1
    row = queries.find_conversation(name, desk.noor)
    assert row is not None
    assert row.status == "waiting" or row.waiting_since is not None
