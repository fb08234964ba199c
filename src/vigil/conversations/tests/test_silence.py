"""The chats of a desk that fell silent: their customers are told, and those who wait stand at the heads of their queues."""

from datetime import timedelta
from functools import partial

import pytest

from tests import cast
from vigil.conversations import commands, queries
from vigil.conversations.live import for_its_sender
from vigil.conversations.queries import Place
from vigil.kernel.live.signs import Heard
from vigil.team import commands as team
from vigil.team import queries as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


def hears(desk: cast.Desk, minutes: float) -> None:
    team.keep_signs([Heard("one", cast.later(minutes), {f"agent:{desk.noor.agent_id}:0": cast.later(minutes)})])


def falls_silent(desk: cast.Desk, *, after: float) -> None:
    """Let nothing be heard of Noor for a minute."""
    for seconds in range(0, 65, 5):
        team.keep_signs([Heard("one", cast.later(after) + timedelta(seconds=seconds), {})])
    assert desk.noor.agent_id in people.list_silent_desks()


@pytest.fixture
def silent(desk: cast.Desk) -> tuple[str, str]:
    """Noor has answered Ada, who waits again, and Wei, whose turn it is; then her desk falls silent."""
    waits, reads = cast.opens(cast.ada(), "One."), cast.opens(cast.wei(), "Two.")
    for name in (waits, reads):
        cast.answers(desk.noor, name, "Hello.", at=cast.later(1))
    cast.writes(_customer(waits, desk), waits, "And?", at=cast.later(2))
    hears(desk, 2)
    falls_silent(desk, after=2)
    return waits, reads


def _customer(name: str, desk: cast.Desk) -> int:
    return queries.get_thread(name, desk.sol).conversation.customer_id


def gives_back(desk: cast.Desk, minutes: float = 4) -> int:
    return commands.give_back_silent(agent_ids=[desk.noor.agent_id], at=cast.later(minutes))


def test_the_chats_go_to_the_head_of_the_queue_with_all_that_was_said(desk: cast.Desk, silent: tuple[str, str]) -> None:
    later = cast.opens(cast.irina(), "Three.", at=cast.later(1.5))
    assert gives_back(desk) == 2
    first = [row.public_id for row in queries.list_conversations(Place(), desk.sol)]
    assert first == [silent[0], later, silent[1]]
    thread = queries.get_thread(silent[0], desk.sol)
    assert (thread.conversation.assignee_id, thread.conversation.waiting_since) == (None, cast.later(2))
    last = thread.entries[-1]
    assert (last.kind, last.author_kind, last.data) == ("assigned", "system", {"to": None, "from": desk.noor.agent_id, "silent": True})


@pytest.mark.parametrize("status", ["open", "waiting"])
def test_where_it_is_the_customers_turn_nobody_waits_and_nothing_is_due_before_they_write(
    desk: cast.Desk, silent: tuple[str, str], status: str
) -> None:
    if status == "waiting":
        commands.set_status(conversation=silent[1], sight=desk.noor, status="waiting", at=cast.later(2))
    gives_back(desk)
    (entry,) = [each for each in queries.get_thread(silent[1], desk.sol).entries if each.data.get("silent")]
    assert for_its_sender(silent[1], entry)["data"] == {"name": None}, "no place in the queue is told to who waits for nothing"
    row = queries.get_thread(silent[1], desk.sol).conversation
    assert (row.status, row.assignee_id, row.waiting_since, row.due_at) == (status, None, None, None)
    cast.writes(row.customer_id, silent[1], "Are you there?", at=cast.later(5))
    row = queries.get_thread(silent[1], desk.sol).conversation
    assert (row.status, row.waiting_since, row.due_at is not None and row.due_at > cast.later(5)) == ("open", cast.later(5), True)


def test_it_happens_once_and_those_above_see_how_many(desk: cast.Desk, silent: tuple[str, str]) -> None:
    assert (gives_back(desk), gives_back(desk, 5)) == (2, 0)
    assert people.get_person(desk.noor.agent_id, desk.sol).gave_back == 2


@pytest.mark.django_db(transaction=True)
def test_f30_two_workers_at_once_give_each_chat_back_once(desk: cast.Desk, silent: tuple[str, str]) -> None:
    assert sum(cast.at_once(*[partial(gives_back, desk) for _ in range(4)])) == 2
    for name in silent:
        kinds = [entry.kind for entry in queries.get_thread(name, desk.sol).entries if entry.data.get("silent")]
        assert kinds == ["assigned"]


def test_a_desk_that_was_heard_of_again_keeps_its_chats(desk: cast.Desk, silent: tuple[str, str]) -> None:
    hears(desk, 3.5)
    assert gives_back(desk) == 0
    assert queries.get_thread(silent[0], desk.sol).conversation.assignee_id == desk.noor.agent_id


def test_what_does_not_go_on_now_stays_until_its_customer_writes(desk: cast.Desk, silent: tuple[str, str]) -> None:
    assert gives_back(desk, 40) == 1, "Wei said nothing for half an hour"
    cast.writes(_customer(silent[1], desk), silent[1], "Now I do.", at=cast.later(41))
    assert gives_back(desk, 42) == 1


def test_whoever_took_one_over_meanwhile_keeps_it(desk: cast.Desk, silent: tuple[str, str]) -> None:
    commands.assign(conversation=silent[0], sight=desk.sol, agent_id=desk.sol.agent_id, at=cast.later(3.5))
    assert gives_back(desk) == 1
    assert queries.get_thread(silent[0], desk.sol).conversation.assignee_id == desk.sol.agent_id


def test_what_is_no_chat_or_sleeps_stays_with_them(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada(), "One.")
    cast.answers(desk.noor, name, "Tomorrow.", at=cast.later(1))
    commands.set_status(conversation=name, sight=desk.noor, status="snoozed", until=cast.later(900), at=cast.later(1.5))
    hears(desk, 2)
    falls_silent(desk, after=2)
    assert gives_back(desk) == 0


def test_the_customer_learns_that_the_connection_was_lost_and_not_whose(desk: cast.Desk, silent: tuple[str, str]) -> None:
    gives_back(desk)
    (entry,) = [each for each in queries.get_thread(silent[0], desk.sol).entries if each.data.get("silent")]

    said = for_its_sender(silent[0], entry)
    assert said["data"] == {"name": None, "silent": True}
    assert said["by"] == {"kind": "system"}
    assert set(said) == {"conversation", "seq", "kind", "at", "by", "data"}
