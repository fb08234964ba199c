"""Two conversations of one customer go on as one, and are parted again."""

from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.errors import (
    AlreadyMerged,
    ConversationGoesOn,
    ConversationIsClosed,
    ConversationNotFound,
    NothingToLink,
    NotTheSameCustomer,
    TooLateToUndo,
)
from vigil.conversations.live import for_its_sender
from vigil.conversations.models import Conversation, Entry
from vigil.conversations.rules import Decision, End, State, on_merge
from vigil.kernel.errors import Refusal
from vigil.workspace.sight import Sight

pytestmark = pytest.mark.django_db
DAY = 24 * 60


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


def merges(sight: Sight, name: str, into: str, minutes: float = 5) -> conversations.Written:
    return conversations.merge(conversation=name, into=into, sight=sight, at=cast.later(minutes))


def parts(sight: Sight, name: str, minutes: float = 6) -> conversations.Written:
    return conversations.undo_merge(conversation=name, sight=sight, at=cast.later(minutes))


def row(desk: cast.Desk, name: str) -> queries.ConversationRow:
    found = queries.find_conversation(name, desk.noor)
    assert found is not None
    return found


def told(name: str, customer_id: int) -> list[tuple[str, str | None]]:
    """List what a customer keeps of a conversation."""
    return [(entry.kind, entry.text) for entry in queries.list_for_record(name, customer_id)[1]]


def numbers(name: str, desk: cast.Desk) -> list[int]:
    return [entry.seq for entry in queries.get_thread(name, desk.noor).entries]


def test_what_waits_in_the_one_waits_in_the_other_with_the_older_promise() -> None:
    waits = State("open", 3, 1, 1, None, cast.NIGHT, cast.later(3), None, 2)
    rests = State("resolved", 3, 1, 1, 5, None, None, cast.NIGHT, 4)
    decided = on_merge(End(1, "one", 7, waits), End(2, "two", 7, rests), by=5)
    assert not isinstance(decided, Decision)
    assert isinstance(decided, tuple)
    assert (decided[0].state.status, decided[0].state.waiting_since) == ("closed", None)
    after = decided[1].state
    assert (after.status, after.waiting_since, after.due_at) == ("open", cast.NIGHT, cast.later(3))
    both = on_merge(End(1, "one", 7, waits), End(2, "two", 7, replace(waits, waiting_since=cast.later(1), due_at=cast.later(2))), by=5)
    assert isinstance(both, tuple)
    assert (both[1].state.waiting_since, both[1].state.due_at) == (cast.NIGHT, cast.later(2))


def test_the_thread_shows_both_and_every_entry_stays_where_it_was_said(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, into = cast.opens(ada, "First.", at=cast.later(0)), cast.opens(ada, "Second.", at=cast.later(1))
    cast.writes(ada, name, "Third.", at=cast.later(2))
    cast.answers(desk.noor, into, "Fourth.", at=cast.later(3))
    before = list(Entry.objects.order_by("id").values_list("id", "conversation_id", "seq", "text"))
    assert merges(desk.noor, name, into).entry is not None
    assert merges(desk.noor, name, into).entry is None
    assert list(Entry.objects.order_by("id").values_list("id", "conversation_id", "seq", "text"))[: len(before)] == before
    thread = queries.get_thread(into, desk.noor)
    assert [entry.text for entry in thread.woven if entry.text] == ["First.", "Second.", "Third.", "Fourth."]
    assert [entry.part for entry in thread.woven if entry.text] == [name, "", name, ""]
    assert (row(desk, name).status, row(desk, name).merged_into_id) == ("closed", row(desk, into).id)
    assert [each.public_id for each in queries.list_conversations(queries.Place(), desk.noor)] == [into]


def test_a_long_thread_shows_what_was_merged_on_the_page_of_its_time(desk: cast.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigil.conversations.queries.thread.PAGE", 4)
    ada = cast.ada()
    into, name = cast.opens(ada, "0", at=cast.later(0)), cast.opens(ada, "early", at=cast.later(0.5))
    for minute in range(1, 7):
        cast.writes(ada, into, str(minute), at=cast.later(minute))
    cast.writes(ada, name, "late", at=cast.later(5.5))
    merges(desk.noor, name, into, minutes=7)
    thread = queries.get_thread(into, desk.noor)
    seen: list[str] = []
    while True:
        seen = [entry.text for entry in thread.woven if entry.text] + seen
        if not thread.has_earlier:
            break
        thread = queries.get_thread(into, desk.noor, before=thread.entries[0].seq)
    assert seen == ["0", "early", "1", "2", "3", "4", "5", "late", "6"]


def test_the_customer_keeps_both_as_they_were_said_and_goes_on_in_the_other(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, into = cast.opens(ada, "First."), cast.opens(ada, "Second.", at=cast.later(1))
    kept = told(name, ada), told(into, ada)
    merges(desk.noor, name, into)
    # Each of the two says where the other one is, to its customer alone and in their words.
    assert told(name, ada) == [*kept[0], ("status", None), ("onward", None)]
    assert told(into, ada) == [*kept[1], ("joined", None)]
    assert [queries.list_for_record(each, ada)[1][-1].data for each in (name, into)] == [{"into": into}, {"from": name}]
    with pytest.raises(ConversationGoesOn, match="goes_on_elsewhere"):
        cast.writes(ada, name, "Hello?", at=cast.later(6))
    assert cast.writes(ada, into, "Hello?", at=cast.later(6)).entry is not None
    parts(desk.noor, name, 7)
    assert told(name, ada)[-1] == ("status", None)
    assert queries.list_for_record(name, ada)[1][-1].data == {"to": "open"}
    assert cast.writes(ada, name, "I am back.", at=cast.later(8)).entry is not None


def test_the_stream_tells_the_customer_where_it_goes_on_and_no_more_of_it(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, into = cast.opens(ada, "First."), cast.opens(ada, "Second.", at=cast.later(1))
    merges(desk.noor, name, into)
    parts(desk.noor, name)
    said = []
    for each in (name, into):
        for entry in queries.get_thread(each, desk.noor).entries:
            if entry.kind == "merged":
                said.append(for_its_sender(each, entry))
    assert [(each.get("kind"), each.get("data")) for each in said] == [
        ("onward", {"into": into}),
        (None, None),
        ("joined", {"from": name}),
        (None, None),
    ]


def test_undone_each_waits_as_it_did(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, into = cast.opens(ada, "First."), cast.opens(ada, "Second.", at=cast.later(1))
    before = row(desk, name)
    merges(desk.noor, name, into)
    assert row(desk, into).waiting_since == cast.NIGHT
    parts(desk.sol, name)
    assert parts(desk.sol, name).entry is None
    after = row(desk, name)
    assert (after.status, after.waiting_since, after.due_at, after.merged_into_id) == ("open", before.waiting_since, before.due_at, None)
    assert row(desk, into).waiting_since == cast.later(1)
    assert [entry.part for entry in queries.get_thread(into, desk.noor).woven if entry.part] == []
    for each in (name, into):
        assert numbers(each, desk) == list(range(1, len(numbers(each, desk)) + 1))


def test_undone_after_an_answer_nobody_waits_for_what_was_answered_there(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, into = cast.opens(ada, "First."), cast.opens(ada, "Second.", at=cast.later(1))
    merges(desk.noor, name, into)
    cast.answers(desk.noor, into, "Both are done.", at=cast.later(5.5))
    parts(desk.noor, name)
    assert row(desk, into).waiting_since is None
    assert row(desk, name).waiting_since == cast.NIGHT


def test_undone_what_slept_sleeps_on_and_is_woken_at_its_time(desk: cast.Desk) -> None:
    ada = cast.ada()
    into, name = cast.opens(ada, "Second.", at=cast.later(1)), cast.opens(ada, "First.")
    conversations.set_status(conversation=name, sight=desk.noor, status="snoozed", at=cast.later(2), until=cast.later(5.5))
    merges(desk.noor, name, into)
    conversations.wake_snoozed(at=cast.later(5.6))
    assert row(desk, name).status == "closed"
    parts(desk.noor, name)
    assert (row(desk, name).status, row(desk, name).snoozed_until) == ("snoozed", cast.later(5.5))
    conversations.wake_snoozed(at=cast.later(7))
    assert (row(desk, name).status, row(desk, name).waiting_since) == ("open", cast.NIGHT)


def test_undone_what_was_resolved_is_resolved_again_unless_its_customer_wrote_there(desk: cast.Desk) -> None:
    ada = cast.ada()
    for writes, status, since in ((False, "resolved", None), (True, "open", cast.later(5.5))):
        into, name = cast.opens(ada, f"Second {writes}."), cast.opens(ada, f"First {writes}.")
        conversations.set_status(conversation=into, sight=desk.noor, status="resolved", at=cast.later(2))
        merges(desk.noor, name, into)
        assert (row(desk, into).status, row(desk, into).waiting_since) == ("open", cast.NIGHT)
        if writes:
            cast.writes(ada, into, "One more thing.", at=cast.later(5.5))
        parts(desk.noor, name)
        assert (row(desk, into).status, row(desk, into).waiting_since) == (status, since)
        assert row(desk, name).waiting_since == cast.NIGHT


def test_after_a_day_a_merge_stays(desk: cast.Desk) -> None:
    ada = cast.ada()
    name, into = cast.opens(ada, "First."), cast.opens(ada, "Second.")
    merges(desk.noor, name, into, 5)
    with pytest.raises(TooLateToUndo):
        parts(desk.noor, name, 5.1 + DAY)
    assert row(desk, name).merged_into_id == row(desk, into).id
    assert parts(desk.noor, name, 4.9 + DAY).entry is not None


def test_what_cannot_be_put_together_is_refused(desk: cast.Desk) -> None:
    ada = cast.ada()
    one, two, three, over = (cast.opens(ada, text) for text in ("1", "2", "3", "4"))
    conversations.set_status(conversation=over, sight=desk.noor, status="closed", at=cast.later())
    weis = cast.opens(cast.wei())
    merges(desk.noor, one, two)
    for source, target, refusal in (
        (three, three, NothingToLink),
        (three, weis, NotTheSameCustomer),
        (three, over, ConversationIsClosed),
        (three, one, AlreadyMerged),
        (one, three, AlreadyMerged),
        (two, three, AlreadyMerged),
    ):
        with pytest.raises(refusal):
            merges(desk.noor, source, target)
    with pytest.raises(ConversationNotFound):
        parts(desk.noor, three)
    assert merges(desk.noor, over, three).entry is not None
    parts(desk.noor, over)
    assert row(desk, over).status == "closed"


def test_a59_v28_what_another_team_has_is_neither_merged_nor_shown(desk: cast.Desk) -> None:
    ada = cast.ada()
    ours, theirs = cast.opens(ada, "Ours."), cast.opens(ada, "Theirs.", queue=desk.far_queue)
    for sight in (desk.noor, desk.olek):
        with pytest.raises(ConversationNotFound):
            merges(sight, theirs, ours)
    both = replace(desk.sol, team_ids=(*desk.sol.team_ids, *desk.olek.team_ids))
    merges(both, theirs, ours)
    assert [entry.text for entry in queries.get_thread(ours, both).woven if entry.part] == ["Theirs."]
    assert [entry.text for entry in queries.get_thread(ours, desk.noor).woven if entry.part] == []
    with pytest.raises(ConversationNotFound):
        parts(desk.noor, theirs)


@pytest.mark.django_db(transaction=True)
def test_a33_two_agents_who_merge_crosswise_end_with_one_merge_and_no_deadlock() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    for turn in range(5):
        one, two = cast.opens(ada, f"1 {turn}"), cast.opens(ada, f"2 {turn}")
        outcomes = cast.at_once(partial(merges, desk.noor, one, two), partial(merges, desk.sol, two, one))
        assert len([each for each in outcomes if isinstance(each, Refusal)]) == 1
        assert sorted(
            found is None for found in Conversation.objects.filter(public_id__in=(one, two)).values_list("merged_into", flat=True)
        ) == [
            False,
            True,
        ]


@pytest.mark.django_db(transaction=True)
def test_a33_words_that_come_while_it_is_merged_are_stored_before_it_or_refused() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    name, into = cast.opens(ada, "First."), cast.opens(ada, "Second.")
    outcomes = cast.at_once(
        partial(merges, desk.noor, name, into),
        partial(merges, desk.sol, name, into),
        partial(cast.writes, ada, name, "Third.", at=cast.later(5), key=uuid4()),
        partial(cast.answers, desk.sol, name, "Fourth.", at=cast.later(5)),
        partial(cast.writes, ada, into, "Fifth.", at=cast.later(5)),
    )
    assert all(isinstance(each, conversations.Written | ConversationIsClosed) for each in outcomes)
    said = {entry.text for entry in queries.get_thread(into, desk.noor).woven}
    stored = [text for text, outcome in zip(("Third.", "Fourth.", "Fifth."), outcomes[2:], strict=True) if not isinstance(outcome, Refusal)]
    assert said >= {"First.", "Second.", *stored}
    for each in (name, into):
        assert numbers(each, desk) == list(range(1, len(numbers(each, desk)) + 1))
        assert len([entry for entry in queries.get_thread(each, desk.noor).entries if entry.kind == "merged"]) == 1


@pytest.mark.django_db(transaction=True)
def test_a33_two_who_undo_and_one_who_merges_on_leave_each_story_whole() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    one, two, three = (cast.opens(ada, text) for text in ("1", "2", "3"))
    merges(desk.noor, one, two)
    cast.at_once(partial(parts, desk.noor, one), partial(parts, desk.sol, one), partial(merges, desk.sol, two, three))
    assert row(desk, one).merged_into_id is None
    assert len([entry for entry in queries.get_thread(one, desk.noor).entries if entry.data.get("undone")]) == 1
