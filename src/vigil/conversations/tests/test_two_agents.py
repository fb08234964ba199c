"""Two agents, and one conversation: whatever both do to it at the same moment, it stays one story, and the second is told."""

from collections.abc import Callable, Iterable
from functools import partial
from inspect import isfunction, signature
from typing import Any
from uuid import uuid4

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.commands import Written
from vigil.conversations.errors import (
    AlreadyMerged,
    ConversationIsClosed,
    ConversationNotFound,
    NotYourReply,
    StatusNotPossible,
    TakenMeanwhile,
)
from vigil.conversations.models import Conversation, Entry
from vigil.customers import commands as customers
from vigil.kernel.live.refusals import Busy
from vigil.team import queries as people
from vigil.workspace.sight import Sight

pytestmark = pytest.mark.django_db(transaction=True)
# What the second may hear instead of having it done, each with its reason for a person.
LEGAL = (AlreadyMerged, Busy, ConversationIsClosed, ConversationNotFound, NotYourReply, StatusNotPossible, TakenMeanwhile)
STEPS = ("assigned", "status", "priority", "topic", "queue")
AT = cast.later(5)
Deed = Callable[[Sight], Any]


class Case:
    """A conversation of Ada's that Noor has answered, another one of hers, and who is at the desk."""

    def __init__(self) -> None:
        self.desk = cast.open_the_desk()
        self.ada = cast.ada()
        self.begin()

    def begin(self) -> None:
        """Let her begin anew; she may have been blocked."""
        customers.block(customer_id=self.ada, reason="", at=AT)
        self.name, self.other = cast.opens(self.ada, "First."), cast.opens(self.ada, "Second.")
        answer = cast.answers(self.desk.noor, self.name, "I look.", at=cast.later(4.5)).entry
        assert answer is not None
        self.reply = answer.seq
        conversations.assign(conversation=self.name, sight=self.desk.noor, agent_id=None, at=cast.later(4.6))
        self.common: dict[str, Any] = {"conversation": self.name, "at": AT}

    def words(self, sight: Sight, kind: Any) -> conversations.Words:
        return conversations.Words(self.name, sight, uuid4(), f"{kind} by {sight.agent_id}", kind)


def deeds(case: Case) -> dict[str, tuple[Deed, Deed]]:
    """List every command with what Noor and what Sol do by it; where they can, they want different things."""
    desk, common = case.desk, case.common
    mine, far = people.get_queue("near-deposits").id, people.get_queue(desk.far_queue).id

    def both(command: Callable[..., Any], *different: dict[str, Any], **more: Any) -> tuple[Deed, Deed]:
        def deed(wish: dict[str, Any]) -> Deed:
            return lambda sight: command(sight=sight, **common, **more, **wish)

        noors, sols = different or ({}, {})
        return deed(noors), deed(sols)

    def take(sight: Sight) -> Written:
        return conversations.assign(sight=sight, agent_id=sight.agent_id, seen=None, **common)

    def hands(to: int | None, sight: Sight) -> Written:
        return conversations.hand_over(case.words(sight, "note"), to=to, at=AT, seen=None)

    def says(kind: str, sight: Sight) -> Written:
        return conversations.reply(case.words(sight, kind), at=AT)

    return {
        "take": (take, take),
        "assign": both(conversations.assign, {"agent_id": desk.noor.agent_id}, {"agent_id": desk.sol.agent_id}),
        "status": both(conversations.set_status, {"status": "resolved"}, {"status": "waiting"}),
        "snooze": both(conversations.set_status, {"until": cast.later(60)}, {"until": cast.later(90)}, status="snoozed"),
        "close": both(conversations.set_status, status="closed"),
        "priority": both(conversations.set_priority, {"priority": 1}, {"priority": 2}),
        "topic": both(conversations.set_topic, {"topic": "fees"}, {"topic": "api"}),
        "move": both(conversations.move, {"queue_id": mine}, {"queue_id": far}),
        "tag": both(conversations.tag, {"word": "one"}, {"word": "two"}, on=True),
        "the same tag": both(conversations.tag, word="one", on=True),
        "follow": both(conversations.follow, follows=True),
        "hand over": (partial(hands, desk.sol.agent_id), partial(hands, desk.noor.agent_id)),
        "withdraw": both(conversations.withdraw_reply, seq=case.reply),
        "not clear": both(conversations.mark_unclear, seq=case.reply, on=True),
        "block": both(conversations.block_customer, {"reason": "spam"}, {"reason": "abuse"}),
        "link": both(conversations.link, other=case.other, on=True),
        "merge": both(conversations.merge, into=case.other),
        "reply": (partial(says, "reply"), partial(says, "reply")),
        "note": (partial(says, "note"), partial(says, "note")),
    }


COMMANDS = (
    "take", "assign", "status", "snooze", "close", "priority", "topic", "move", "tag", "the same tag", "follow", "hand over",
    "withdraw", "not clear", "block", "link", "merge", "reply", "note",
)  # fmt: skip
# Done once, and the second hears that nothing was left to do, or who was faster; all others are done one after the other.
ONLY_ONCE = {"take", "close", "the same tag", "withdraw", "not clear", "link", "merge", "hand over"}
ALWAYS_BOTH = {"reply", "note", "tag", "priority", "topic", "snooze"}


def judge(name: str, outcomes: Iterable[Any]) -> list[Written]:
    """Look whether the story is whole, and what was answered is what happened; give what was done."""
    row, entries = Conversation.objects.get(public_id=name), list(Entry.objects.filter(conversation__public_id=name).order_by("seq"))
    assert [entry.seq for entry in entries] == list(range(1, row.last_seq + 1)), "no number is left out and none is used twice"
    assert [each for each in outcomes if each is not None and not isinstance(each, (Written, *LEGAL))] == []
    done = [each for each in outcomes if isinstance(each, Written) and each.entry is not None]
    kept = {(entry.seq, entry.kind, entry.agent_id) for entry in entries}
    assert {(each.entry.seq, each.entry.kind, each.entry.agent_id) for each in done if each.entry} <= kept, "nothing is lost"
    for kind in STEPS:
        steps = [(entry.data.get("from"), entry.data["to"]) for entry in entries if entry.kind == kind]
        # Whoever comes second says what it was by then, and so whose choice they changed.
        assert [before for before, _ in steps[1:]] == [after for _, after in steps[:-1]], (kind, steps)
    stands = {"assigned": row.assignee_id, "status": row.status, "priority": row.priority, "topic": row.topic, "queue": row.queue_id}
    for kind, now in stands.items():
        last = next((entry.data["to"] for entry in reversed(entries) if entry.kind == kind), now)
        assert last == now or (kind == "assigned" and any(entry.kind == "queue" for entry in entries)), (kind, last, now)
    return done


def test_every_command_of_an_agent_stands_in_this_table() -> None:
    named = {
        "assign",
        "set_status",
        "set_priority",
        "set_topic",
        "move",
        "tag",
        "follow",
        "withdraw_reply",
        "mark_unclear",
        "block_customer",
    }
    by_words = {"hand_over", "reply", "note"}
    taking_sight = {name for name, each in vars(conversations).items() if isfunction(each) and "sight" in signature(each).parameters}
    taking_words = {name for name, each in vars(conversations).items() if isfunction(each) and "words" in signature(each).parameters}
    assert (taking_sight, taking_words) == ({*named, "link", "merge", "undo_merge"}, by_words)


def test_a33_two_agents_do_the_same_at_the_same_moment() -> None:
    case = Case()
    assert set(deeds(case)) == set(COMMANDS)
    for command in COMMANDS:
        case.begin()
        noors, sols = deeds(case)[command]
        outcomes = cast.at_once(partial(noors, case.desk.noor), partial(sols, case.desk.sol))
        done = judge(case.name, outcomes)
        if command == "follow":
            # A mark of each one's own, and no entry.
            number = Conversation.objects.get(public_id=case.name).id
            assert all(each.agent_id in queries.followers_of(number) for each in (case.desk.noor, case.desk.sol))
            continue
        expected = 1 if command in ONLY_ONCE else 2 if command in ALWAYS_BOTH else len(done)
        assert len(done) == expected >= 1, (command, outcomes)
        (late,) = (each for each in outcomes if each not in done) if expected == 1 else (None,)
        if command in {"take", "hand over", "withdraw"}:
            assert isinstance(late, NotYourReply if command == "withdraw" else TakenMeanwhile)


def test_a33_one_agent_does_anything_while_the_other_closes_it_or_gives_it_away() -> None:
    case = Case()
    for command, meanwhile in ((each, end) for each in COMMANDS for end in ("close", "move") if each != end):
        case.begin()
        acts, ends = deeds(case)[command][0], deeds(case)[meanwhile][1]
        outcomes = cast.at_once(partial(acts, case.desk.noor), partial(ends, case.desk.sol))
        done = judge(case.name, outcomes)
        # What ends it, or gives it to another team, is held up by nothing that was done meanwhile, but by another end.
        assert outcomes[1] in done or command in {"merge", "close", "move"}, (command, outcomes)


def test_a33_two_agents_part_what_was_merged() -> None:
    case = Case()
    conversations.merge(conversation=case.name, into=case.other, sight=case.desk.noor, at=AT)
    part = partial(conversations.undo_merge, conversation=case.name, at=cast.later(6))
    outcomes = cast.at_once(partial(part, sight=case.desk.noor), partial(part, sight=case.desk.sol))
    assert len(judge(case.name, outcomes)) == 1
    judge(case.other, [])
