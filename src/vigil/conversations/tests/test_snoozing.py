"""What is put to sleep: until a moment, or until they write, and never past either."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.errors import ConversationNotFound, SnoozeNotPossible, StatusNotPossible
from vigil.conversations.models import Conversation
from vigil.conversations.rules import LONGEST_SNOOZE, Denied, Promised, State, on_status, on_wake
from vigil.kernel import faults

PROMISED = Promised(timedelta(minutes=5), timedelta(minutes=10))
ASLEEP = State("snoozed", 3, 1, 1, 5, None, None, cast.NIGHT, 4, snoozed_until=cast.later(60))


@pytest.fixture
def desk(db: None) -> cast.Desk:
    return cast.open_the_desk()


def snoozes(desk: cast.Desk, name: str, minutes: float, *, at: float = 1) -> conversations.Written:
    until = cast.later(minutes)
    return conversations.set_status(conversation=name, sight=desk.noor, status="snoozed", at=cast.later(at), until=until)


def row(desk: cast.Desk, name: str) -> queries.ConversationRow:
    found = queries.find_conversation(name, desk.noor)
    assert found is not None
    return found


def test_the_rule_wakes_at_the_moment_and_not_before() -> None:
    assert on_wake(ASLEEP, promised=PROMISED, at=cast.later(59.9)).entries == ()
    woken = on_wake(ASLEEP, promised=PROMISED, at=cast.later(60))
    assert (woken.state.status, woken.state.snoozed_until) == ("open", None)
    assert (woken.state.waiting_since, woken.state.due_at) == (cast.later(60), cast.later(70))


@pytest.mark.parametrize("until", [cast.later(0), cast.later(5), cast.later(5) + LONGEST_SNOOZE + timedelta(seconds=1)])
def test_the_rule_lets_nothing_sleep_into_the_past_or_for_ever(until: datetime) -> None:
    awake = State("open", 3, 1, 1, 5, None, None, None, 2)
    assert on_status(awake, to="snoozed", by=5, promised=PROMISED, at=cast.later(5), until=until) == Denied("until")
    assert on_status(awake, to="waiting", by=5, promised=PROMISED, at=cast.later(5), until=cast.later(9)) == Denied("until")


def test_what_sleeps_says_until_when_and_is_woken_once_by_the_clock(desk: cast.Desk) -> None:
    name, stays = cast.opens(cast.ada()), cast.opens(cast.wei())
    cast.answers(desk.noor, name, "I ask the wallet team.", at=cast.later(0.5))
    entry = snoozes(desk, name, 30).entry
    snoozes(desk, stays, 90)
    assert entry is not None
    assert entry.data == {"from": "open", "to": "snoozed", "until": cast.later(30).isoformat()}
    assert row(desk, name).snoozed_until == cast.later(30)
    assert conversations.wake_snoozed(at=cast.later(29)) == 0
    assert [conversations.wake_snoozed(at=cast.later(31)) for _ in range(2)] == [1, 0]
    woken = row(desk, name)
    assert (woken.status, woken.snoozed_until, woken.assignee_id) == ("open", None, desk.noor.agent_id)
    # Whoever asked to be reminded owes the next word.
    assert woken.waiting_since == cast.later(31)
    assert row(desk, stays).status == "snoozed"


def test_who_writes_wakes_it_at_once_and_the_clock_finds_nothing_to_do(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    cast.answers(desk.noor, name, "One moment.", at=cast.later(0.5))
    snoozes(desk, name, 30)
    cast.writes(ada, name, "Any news?", at=cast.later(2))
    woken = row(desk, name)
    assert (woken.status, woken.snoozed_until, woken.waiting_since) == ("open", None, cast.later(2))
    assert conversations.wake_snoozed(at=cast.later(31)) == 0


def test_every_other_step_ends_the_sleep_too(desk: cast.Desk) -> None:
    steps: list[Callable[[str, int], object]] = [
        lambda name, ada: conversations.set_status(conversation=name, sight=desk.noor, status="resolved", at=cast.later(2)),
        lambda name, ada: conversations.set_status(conversation=name, sight=desk.noor, status="open", at=cast.later(2)),
        lambda name, ada: conversations.end_conversation(conversation=name, customer_id=ada, at=cast.later(2)),
        lambda name, ada: cast.answers(desk.noor, name, "Here it is.", at=cast.later(2)),
    ]
    ada = cast.ada()
    for step in steps:
        name = cast.opens(ada)
        snoozes(desk, name, 30)
        step(name, ada)
        assert row(desk, name).snoozed_until is None


def test_a_promise_goes_on_while_it_sleeps(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    due_at = row(desk, name).due_at
    snoozes(desk, name, 30)
    conversations.wake_snoozed(at=cast.later(31))
    assert due_at is not None
    assert (row(desk, name).due_at, row(desk, name).waiting_since) == (due_at, cast.NIGHT)


def test_another_moment_replaces_the_first_and_the_same_changes_nothing(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    entries = [snoozes(desk, name, minutes).entry for minutes in (30, 30, 45)]
    assert [entry is None for entry in entries] == [False, True, False]
    assert row(desk, name).snoozed_until == cast.later(45)


def test_a_moment_that_is_past_and_a_conversation_that_is_over_are_refused(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    with pytest.raises(SnoozeNotPossible):
        snoozes(desk, name, 1)
    conversations.set_status(conversation=name, sight=desk.noor, status="resolved", at=cast.later())
    with pytest.raises(StatusNotPossible):
        snoozes(desk, name, 30)


def test_a25_olek_lets_nothing_of_others_sleep(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    with pytest.raises(ConversationNotFound):
        conversations.set_status(conversation=name, sight=desk.olek, status="snoozed", at=cast.later(), until=cast.later(30))


def test_a28_a_customer_is_told_nothing_of_our_sleeping_and_waking(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    snoozes(desk, name, 30)
    conversations.wake_snoozed(at=cast.later(31))
    assert [entry.kind for entry in queries.list_for_record(name, ada)[1]] == ["opened", "message"]


def test_the_database_itself_keeps_what_is_awake_from_waking(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.filter(public_id=name).update(snoozed_until=cast.later(9))


def test_hundreds_wake_in_a_few_transactions(desk: cast.Desk) -> None:
    ada = cast.ada()
    for name in [cast.opens(ada) for _ in range(20)]:
        snoozes(desk, name, 30)
    with CaptureQueriesContext(connection) as asked:
        assert conversations.wake_snoozed(at=cast.later(31)) == 20
    assert len(asked) < 20


@pytest.mark.django_db(transaction=True)
def test_a_sweep_that_is_cut_off_leaves_nothing_half_awake() -> None:
    desk = cast.open_the_desk()
    name = cast.opens(cast.ada())
    snoozes(desk, name, 30)

    faults.arm("conversations.before_commit=oserror:EIO@1")
    try:
        with pytest.raises(OSError, match="error"):
            conversations.wake_snoozed(at=cast.later(31))
    finally:
        faults.arm("")
    assert row(desk, name).status == "snoozed"
    assert conversations.wake_snoozed(at=cast.later(32)) == 1


@pytest.mark.django_db(transaction=True)
def test_a33_two_agents_and_the_clock_at_once_leave_one_story() -> None:
    desk = cast.open_the_desk()
    name = cast.opens(cast.ada())
    snoozes(desk, name, 30)
    deeds: list[Callable[[], object]] = [
        lambda: conversations.set_status(conversation=name, sight=desk.noor, status="snoozed", at=cast.later(31), until=cast.later(60)),
        lambda: conversations.set_status(conversation=name, sight=desk.sol, status="resolved", at=cast.later(31)),
        lambda: conversations.wake_snoozed(at=cast.later(31)),
    ]
    cast.at_once(*deeds)
    steps = [entry.data for entry in queries.get_thread(name, desk.noor).entries if entry.kind == "status"]
    assert [step["from"] for step in steps[1:]] == [step["to"] for step in steps[:-1]]
    assert row(desk, name).status == steps[-1]["to"]
    assert (row(desk, name).snoozed_until is not None) == (steps[-1]["to"] == "snoozed")
