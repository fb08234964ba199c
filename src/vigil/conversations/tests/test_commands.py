"""What conversations do, told through their commands."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.commands.receive import promised_on
from vigil.conversations.errors import ConversationIsClosed, ConversationNotFound, KeyReused, NotAColleague, StatusNotPossible
from vigil.conversations.models import Entry
from vigil.workspace.sight import Sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


def kinds(conversation: str, who: Sight) -> list[str]:
    return [entry.kind for entry in queries.get_thread(conversation, who).entries]


def test_a_conversation_opens_with_its_first_message_and_waits_for_us(desk: cast.Desk) -> None:
    opened = cast.opens(cast.ada(), at=cast.NIGHT)
    thread = queries.get_thread(opened, desk.noor)
    assert [(entry.seq, entry.kind) for entry in thread.entries] == [(1, "opened"), (2, "message")]
    assert thread.conversation.waiting_since == cast.NIGHT
    assert thread.conversation.due_at == cast.NIGHT + timedelta(minutes=3)


def test_the_same_opening_twice_is_one_conversation(desk: cast.Desk) -> None:
    ada, key = cast.ada(), uuid4()
    assert cast.opens(ada, key=key) == cast.opens(ada, key=key)
    assert Entry.objects.filter(kind="message").count() == 1


def test_the_same_message_twice_is_one_entry(desk: cast.Desk) -> None:
    ada, key = cast.ada(), uuid4()
    opened = cast.opens(ada)
    first = cast.writes(ada, opened, "Here is more.", at=cast.later(), key=key)
    again = cast.writes(ada, opened, "Here is more.", at=cast.later(5), key=key)
    assert first.entry is not None
    assert again.entry is not None
    assert (again.entry.seq, again.is_repeat) == (first.entry.seq, True)
    assert queries.get_thread(opened, desk.noor).conversation.last_seq == 3


def test_a_key_that_comes_with_other_words_is_refused(desk: cast.Desk) -> None:
    ada, key = cast.ada(), uuid4()
    opened = cast.opens(ada)
    cast.writes(ada, opened, "One.", at=cast.later(), key=key)
    with pytest.raises(KeyReused):
        cast.writes(ada, opened, "Two.", at=cast.later(), key=key)


def test_a_batch_answers_each_message_in_its_place(desk: cast.Desk) -> None:
    ada, mallory = cast.ada(), cast.mallory()
    opened, key = cast.opens(ada), uuid4()
    batch = [
        conversations.Message(opened, ada, key, "first"),
        conversations.Message(opened, mallory, uuid4(), "let me in"),
        conversations.Message(opened, ada, uuid4(), "   "),
        conversations.Message(opened, ada, key, "first"),
        conversations.Message(opened, ada, uuid4(), "second"),
    ]
    outcomes = conversations.receive_many(batch, at=cast.later())
    told = [
        outcome.entry.seq if isinstance(outcome, conversations.Written) and outcome.entry else getattr(outcome, "code", None)
        for outcome in outcomes
    ]
    assert told == [3, "not_found", "empty", 3, 4]


def test_a_reply_takes_what_nobody_had_and_gives_the_turn_to_the_customer(desk: cast.Desk) -> None:
    opened = cast.opens(cast.ada())
    cast.answers(desk.noor, opened, "I am looking.", at=cast.later())
    row = queries.get_thread(opened, desk.noor).conversation
    assert (row.assignee_id, row.waiting_since, row.due_at) == (desk.noor.agent_id, None, None)
    assert kinds(opened, desk.noor) == ["opened", "message", "assigned", "reply"]


def test_the_wait_counts_from_the_first_unanswered_message(desk: cast.Desk) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    cast.answers(desk.noor, opened, "Done?", at=cast.later(1))
    cast.writes(ada, opened, "No.", at=cast.later(2))
    cast.writes(ada, opened, "Still no.", at=cast.later(9))
    assert queries.get_thread(opened, desk.noor).conversation.waiting_since == cast.later(2)


def test_a_message_reopens_what_was_resolved(desk: cast.Desk) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    conversations.set_status(conversation=opened, sight=desk.noor, status="resolved", at=cast.later())
    assert queries.get_thread(opened, desk.noor).conversation.waiting_since is None
    cast.writes(ada, opened, "It came back.", at=cast.later(60))
    row = queries.get_thread(opened, desk.noor).conversation
    assert (row.status, row.waiting_since) == ("open", cast.later(60))


@pytest.mark.parametrize("before", ["resolved", "waiting"])
def test_what_an_agent_opens_again_waits_for_us_with_a_promise(desk: cast.Desk, before: str) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    cast.answers(desk.noor, opened, "Done?", at=cast.later(1))
    for minute, status in ((2, before), (3, "open")):
        conversations.set_status(conversation=opened, sight=desk.noor, status=status, at=cast.later(minute))
    row = queries.get_thread(opened, desk.noor).conversation
    assert (row.waiting_since, row.due_at) == (cast.later(3), cast.later(3) + promised_on("chat").next_answer)
    cast.writes(ada, opened, "Not yet.", at=cast.later(4))
    assert queries.get_thread(opened, desk.noor).conversation.due_at == row.due_at


def test_what_is_closed_takes_no_more_words(desk: cast.Desk) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    conversations.set_status(conversation=opened, sight=desk.noor, status="closed", at=cast.later())
    with pytest.raises(ConversationIsClosed):
        cast.writes(ada, opened, "One more thing.", at=cast.later())
    with pytest.raises(ConversationIsClosed):
        conversations.set_status(conversation=opened, sight=desk.noor, status="open", at=cast.later())


def test_a_status_that_cannot_follow_is_refused(desk: cast.Desk) -> None:
    opened = cast.opens(cast.ada())
    conversations.set_status(conversation=opened, sight=desk.noor, status="resolved", at=cast.later())
    with pytest.raises(StatusNotPossible):
        conversations.set_status(conversation=opened, sight=desk.noor, status="snoozed", at=cast.later())


def test_repeating_a_command_changes_nothing(desk: cast.Desk) -> None:
    opened = cast.opens(cast.ada())
    for _ in range(2):
        conversations.assign(conversation=opened, sight=desk.sol, agent_id=desk.noor.agent_id, at=cast.later())
        conversations.set_priority(conversation=opened, sight=desk.sol, priority=2, at=cast.later())
        conversations.set_status(conversation=opened, sight=desk.sol, status="resolved", at=cast.later())
    assert kinds(opened, desk.noor) == ["opened", "message", "assigned", "priority", "status"]


def test_another_teams_conversation_does_not_exist_for_olek(desk: cast.Desk) -> None:
    opened = cast.opens(cast.ada())
    refused: list[Callable[[], object]] = [
        lambda: cast.answers(desk.olek, opened, "Hello", at=cast.later()),
        lambda: conversations.assign(conversation=opened, sight=desk.olek, agent_id=desk.olek.agent_id, at=cast.later()),
        lambda: conversations.set_status(conversation=opened, sight=desk.olek, status="resolved", at=cast.later()),
        lambda: conversations.set_priority(conversation=opened, sight=desk.olek, priority=1, at=cast.later()),
        lambda: conversations.mark_seen(conversation=opened, who=desk.olek, delivered=2, read=2),
        lambda: queries.get_thread(opened, desk.olek),
        lambda: queries.list_entries(opened, desk.olek, after=0),
    ]
    for attempt in refused:
        with pytest.raises(ConversationNotFound):
            attempt()
    assert queries.list_conversations(queries.Place(), desk.olek) == []


def test_many_changes_are_made_at_once_and_each_is_answered_in_its_place(desk: cast.Desk) -> None:
    ada = cast.ada()
    first, second = cast.opens(ada), cast.opens(ada)
    asked: list[conversations.Step] = [
        conversations.Assign(first, desk.noor, desk.noor.agent_id),
        conversations.Assign(second, desk.noor, desk.olek.agent_id),
        conversations.SetStatus(first, desk.noor, "resolved"),
        conversations.SetPriority(second, desk.olek, 1),
        conversations.SetPriority(second, desk.noor, 2),
        conversations.Move(second, desk.noor, 0),
        conversations.SetStatus(first, desk.noor, "snoozed"),
        conversations.Assign(first, desk.noor, desk.noor.agent_id),
    ]
    with CaptureQueriesContext(connection) as statements:
        outcomes = conversations.change_many(asked, at=cast.later())
    told = [
        outcome.entry.kind if isinstance(outcome, conversations.Written) and outcome.entry else getattr(outcome, "code", None)
        for outcome in outcomes
    ]
    assert told == ["assigned", "not_a_colleague", "status", "not_found", "priority", "not_found", "status_not_possible", None]
    assert len([one for one in statements if "team_" in one["sql"] and one["sql"].startswith("SELECT")]) == 2


def test_a_stranger_cannot_be_given_the_conversation(desk: cast.Desk) -> None:
    opened = cast.opens(cast.ada())
    with pytest.raises(NotAColleague):
        conversations.assign(conversation=opened, sight=desk.noor, agent_id=desk.olek.agent_id, at=cast.later())


def test_a_recovery_phrase_is_gone_before_it_is_stored_and_the_case_is_urgent(desk: cast.Desk) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    phrase = " ".join(["abandon"] * 11 + ["about"])
    cast.writes(ada, opened, f"my words are {phrase} please help", at=cast.later())
    thread = queries.get_thread(opened, desk.noor)
    assert "abandon" not in "".join(str(entry.text) for entry in thread.entries)
    assert thread.entries[-1].kind == "secret_removed"
    assert thread.entries[-1].data == {"of": 3, "kinds": ["mnemonic"]}
    assert thread.conversation.priority == 1


def test_a_note_never_reaches_the_customers_record(desk: cast.Desk) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    conversations.note(conversations.Words(opened, desk.noor, uuid4(), "She is upset.", "note"), at=cast.later())
    _, entries = queries.list_for_record(opened, ada)
    assert [entry.kind for entry in entries] == ["opened", "message"]


def test_marks_only_rise_and_never_past_the_end(desk: cast.Desk) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    assert conversations.mark_seen(conversation=opened, who=ada, delivered=2, read=1)
    assert not conversations.mark_seen(conversation=opened, who=ada, delivered=1, read=0)
    assert conversations.mark_seen(conversation=opened, who=ada, delivered=99, read=99)
    marks = queries.get_thread(opened, desk.noor).marks
    assert (marks.customer_delivered, marks.customer_read) == (2, 2)


def test_moving_to_another_team_hands_over_sight(desk: cast.Desk) -> None:
    from vigil.team.queries import get_queue

    opened = cast.opens(cast.ada())
    cast.answers(desk.noor, opened, "One moment.", at=cast.later())
    conversations.move(conversation=opened, sight=desk.noor, queue_id=get_queue("amer-general").id, at=cast.later())
    assert queries.get_thread(opened, desk.olek).conversation.assignee_id is None
    with pytest.raises(ConversationNotFound):
        queries.get_thread(opened, desk.noor)


def test_words_that_nobody_screened_cannot_be_stored(desk: cast.Desk) -> None:
    opened = cast.opens(cast.ada())
    entry = Entry.objects.get(conversation__public_id=opened, seq=2)
    entry.text = "unscreened"
    with pytest.raises(TypeError, match="MaskedText"):
        entry.save()


def test_the_database_itself_refuses_a_second_entry_with_the_same_number(desk: cast.Desk) -> None:
    opened = cast.opens(cast.ada())
    entry = Entry.objects.get(conversation__public_id=opened, seq=2)
    entry.pk, entry.client_key = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


@pytest.mark.parametrize(("status", "is_listed"), [("waiting", True), ("snoozed", True), ("resolved", False), ("closed", False)])
def test_only_what_is_resolved_or_closed_is_done(desk: cast.Desk, status: str, is_listed: bool) -> None:
    name, waits = cast.opens(cast.ada()), cast.opens(cast.wei(), at=cast.later())
    conversations.set_status(conversation=name, sight=desk.noor, status=status, at=cast.later(2))
    listed = [row.public_id for row in queries.list_conversations(queries.Place(), desk.noor)]
    done = [row.public_id for row in queries.list_conversations(queries.Place(what="done"), desk.noor)]
    assert (name in listed, name in done) == (is_listed, not is_listed)
    # Whoever sleeps with words unanswered keeps the place of their wait; where it is the customer's turn it comes last.
    order = {"waiting": [waits, name], "snoozed": [name, waits]}
    assert listed == order.get(status, [waits])
    assert queries.count_open(desk.noor, [], at=cast.NIGHT).team == len(listed)
