"""What agents read of others is counted once, by the clock, and stops where the profile says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import psycopg
import pytest
from django.apps import apps

from tests import cast
from vigil.audit.queries import list_records
from vigil.conversations import commands as conversations
from vigil.kernel.live import readers
from vigil.readings import commands, queries
from vigil.readings.errors import OwnRelease, ReadingStopped, ReleaseUnexplained
from vigil.readings.rules import Count
from vigil.safety.refusals import WordsTooLong
from vigil.workspace.profile import profile
from vigil.workspace.sight import Sight

MOST = 4


@pytest.fixture(autouse=True)
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = replace(profile(), usual_readings=2, most_readings=MOST)
    monkeypatch.setattr(queries, "profile", lambda: narrow)


@pytest.fixture
def desk(db: None) -> cast.Desk:
    return cast.open_the_desk()


def of_sol(desk: cast.Desk, count: int = 1) -> list[str]:
    """Open conversations that Sol has."""
    names = [cast.opens(cast.ada(), f"Number {each}") for each in range(count)]
    for name in names:
        conversations.assign(conversation=name, sight=desk.sol, agent_id=desk.sol.agent_id, at=cast.later(0))
    return names


def opens(sight: Sight, name: str, *, minute: float = 1) -> None:
    commands.open_conversation(conversation=name, sight=sight, at=cast.later(minute))


def lately(sight: Sight, *, minute: float = 1) -> int:
    return queries.count_of(sight.agent_id, at=cast.later(minute)).lately


def test_a61_what_is_not_ones_own_counts_once_within_the_hour(desk: cast.Desk) -> None:
    (theirs,), own = of_sol(desk), cast.opens(cast.wei(), "Mine")
    conversations.assign(conversation=own, sight=desk.noor, agent_id=desk.noor.agent_id, at=cast.later(0))
    for minute in (1, 2, 59):
        opens(desk.noor, theirs, minute=minute)
        opens(desk.noor, own, minute=minute)
    assert lately(desk.noor, minute=59) == 1
    opens(desk.noor, theirs, minute=62)
    assert lately(desk.noor, minute=62) == 1, "by the clock: what was read an hour ago counts no more"
    assert lately(desk.sol) == 0


def test_a61_files_lists_and_searches_count_and_what_is_typed_in_the_box_counts_an_eighth(desk: cast.Desk) -> None:
    who: dict[str, Any] = {"agent_id": desk.noor.agent_id, "at": cast.later()}
    row = queries.find_standing(of_sol(desk)[0], desk.noor, at=cast.later())
    assert row is not None
    for _ in range(2):
        commands.view_file(file="0" * 26, conversation_id=row.id, **who)
    commands.read_on(**who)
    for _ in range(15):
        commands.search(is_glance=True, **who)
    assert lately(desk.noor) == 3
    commands.search(**who)
    with pytest.raises(ReadingStopped):
        commands.search(is_glance=True, **who)


def test_a61_what_is_not_in_sight_is_no_reading(desk: cast.Desk) -> None:
    opens(desk.olek, of_sol(desk)[0])
    assert lately(desk.olek) == 0


def test_a61_beyond_the_usual_the_audit_knows_and_beyond_the_most_nothing_opens(desk: cast.Desk) -> None:
    names = of_sol(desk, MOST + 2)
    for name in names[:MOST]:
        opens(desk.noor, name)
    for name in names[MOST:]:
        with pytest.raises(ReadingStopped):
            opens(desk.noor, name, minute=2)
    opens(desk.noor, names[0], minute=3)
    told = [(row.action, row.actor, row.details["n"]) for row in list_records().rows if row.action.startswith("readings.")]
    who = f"agent:{desk.noor.agent_id}"
    assert sorted(told) == [("readings.stopped", who, MOST), ("readings.unusual", who, 3)], "each is told once"
    opens(desk.noor, names[MOST], minute=62)


def test_a61_a_chat_that_waits_and_nobody_has_taken_opens_all_the_same(desk: cast.Desk) -> None:
    for name in of_sol(desk, MOST):
        opens(desk.noor, name)
    waiting = cast.opens(cast.wei(), "Is anybody there?")
    opens(desk.noor, waiting)
    assert lately(desk.noor) == MOST + 1, "and it counts"
    over = cast.opens(cast.wei(), "Never mind.")
    conversations.set_status(conversation=over, sight=desk.sol, status="resolved", at=cast.later(2))
    with pytest.raises(ReadingStopped):
        opens(desk.noor, over, minute=3)


def test_a61_a_release_is_given_by_somebody_else_for_a_reason_and_holds_for_as_much_again(desk: cast.Desk) -> None:
    names = of_sol(desk, MOST * 2 + 1)
    for name in names[:MOST]:
        opens(desk.noor, name)
    with pytest.raises(OwnRelease):
        commands.release(agent_id=desk.noor.agent_id, by=desk.noor, words="I may", at=cast.later(2))
    with pytest.raises(ReleaseUnexplained):
        commands.release(agent_id=desk.noor.agent_id, by=desk.sol, words=" \u200b ", at=cast.later(2))
    with pytest.raises(WordsTooLong):
        commands.release(agent_id=desk.noor.agent_id, by=desk.sol, words="a" * 201, at=cast.later(2))
    for _ in range(2):  # the second one finds nobody who is stopped
        commands.release(agent_id=desk.noor.agent_id, by=desk.sol, words="She sorts the queue", at=cast.later(3))
    assert queries.count_of(desk.noor.agent_id, at=cast.later(3)) == Count(MOST, 0)
    released = queries.find_release(desk.noor.agent_id, at=cast.later(4))
    assert released is not None
    assert (released.by, released.words, released.at) == ("Sol Reyes", "She sorts the queue", cast.later(3))
    (row,) = list_records(action="readings.released").rows
    assert (row.actor, row.subject) == (f"agent:{desk.sol.agent_id}", f"agent:{desk.noor.agent_id}")
    for name in names[MOST : MOST * 2]:
        opens(desk.noor, name, minute=4)
    with pytest.raises(ReadingStopped):
        opens(desk.noor, names[-1], minute=5)


def test_a61_a_list_of_readings_has_what_the_one_who_asks_sees(desk: cast.Desk) -> None:
    (name,) = of_sol(desk)
    opens(desk.noor, name)
    commands.search(agent_id=desk.noor.agent_id, at=cast.later(2))
    commands.search(agent_id=desk.noor.agent_id, at=cast.later(3), is_glance=True)
    shown = [(row.kind, row.conversation, row.customer) for row in queries.list_readings(desk.noor.agent_id, desk.sol)]
    assert shown == [("searched", None, None), ("opened", name, "Ada Byron")]
    assert [row.kind for row in queries.list_readings(desk.noor.agent_id, desk.olek)] == ["searched"]


def test_what_was_read_is_forgotten_after_a_year_and_a_glance_after_a_day(desk: cast.Desk) -> None:
    (name,) = of_sol(desk)
    opens(desk.noor, name)
    commands.search(agent_id=desk.noor.agent_id, at=cast.later(), is_glance=True)
    readings = apps.get_model("readings", "Reading").objects
    commands.clear(at=cast.later() + timedelta(days=1, seconds=1))
    assert [row.kind for row in readings.all()] == ["opened"]
    commands.clear(at=cast.later() + timedelta(days=365, seconds=1))
    assert not readings.exists()


@pytest.fixture
def borrowed() -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    with readers.connect() as connection:
        yield connection


@pytest.mark.django_db(transaction=True)
def test_a61_a_stream_counts_as_opening_and_stops_with_it(borrowed: psycopg.Connection[tuple[Any, ...]]) -> None:
    desk = cast.open_the_desk()
    names = of_sol(desk, MOST + 1)

    def follows(name: str, sight: Sight = desk.noor) -> bool:
        return commands.follow(borrowed, conversation=name, sight=sight, at=cast.later())

    assert [follows(name) for name in (*names, names[0])] == [True] * MOST + [False, True]
    assert follows(names[-1], desk.sol)
    assert not follows(names[0], desk.olek)
    assert lately(desk.noor) == MOST
    with pytest.raises(ReadingStopped):
        opens(desk.noor, names[-1])


@pytest.mark.django_db(transaction=True)
def test_a61_whoever_reads_at_the_same_moment_in_many_places_reads_no_more_than_the_most() -> None:
    desk = cast.open_the_desk()
    names = of_sol(desk, MOST * 2)
    outcomes = cast.at_once(*(partial(opens, desk.noor, name) for name in names))
    assert sum(isinstance(outcome, ReadingStopped) for outcome in outcomes) == MOST
    assert lately(desk.noor) == MOST
    assert [row.action for row in list_records().rows if row.action.startswith("readings.")].count("readings.unusual") == 1


@pytest.mark.django_db(transaction=True)
def test_a61_two_supervisors_at_the_same_moment_release_once() -> None:
    desk = cast.open_the_desk()
    for name in of_sol(desk, MOST):
        opens(desk.noor, name)

    def releases() -> None:
        commands.release(agent_id=desk.noor.agent_id, by=desk.sol, words="She sorts the queue", at=cast.later(2))

    cast.at_once(releases, releases)
    assert len(list_records(action="readings.released").rows) == 1
