"""Whose desk has fallen silent: judged by what every process has heard, and only from when somebody listened."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db.models import QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import cast
from vigil.kernel.live.signs import Heard
from vigil.team import commands as team
from vigil.team import queries as people

pytestmark = pytest.mark.django_db


def after(seconds: float) -> datetime:
    return cast.NIGHT + timedelta(seconds=seconds)


@pytest.fixture
def desk() -> cast.Desk:
    # Jobs outlive a test that commits.
    _jobs().delete()
    return cast.open_the_desk()


def tell(desk: cast.Desk, seconds: float, *heard: float, process: str = "one") -> None:
    """Let a process tell what it has heard of Noor until so many seconds after the night."""
    subject = f"agent:{desk.noor.agent_id}:0:3"
    team.keep_signs([Heard(process, after(seconds), {subject: after(max(heard))} if heard else {})])


def listens(desk: cast.Desk, begin: int, end: int, *, process: str = "one") -> None:
    """Let a process tell every five seconds that it has heard nobody."""
    for seconds in range(begin, end + 1, 5):
        tell(desk, seconds, process=process)


def declared() -> int:
    """Count how often a desk was declared silent."""
    return int(_jobs().count())


def _jobs() -> QuerySet[ProcrastinateJob]:
    return ProcrastinateJob.objects.filter(task_name="conversations.give_back_silent")


def test_a_desk_of_which_nothing_was_heard_for_45_seconds_is_silent_and_declared_once(desk: cast.Desk) -> None:
    listens(desk, 0, 60)
    tell(desk, 61, 60)
    listens(desk, 65, 100)
    assert (people.list_silent_desks(), declared()) == ([], 0)
    listens(desk, 105, 200)
    assert (people.list_silent_desks(), declared()) == ([desk.noor.agent_id], 1)


def test_a_desk_that_comes_back_in_time_is_never_silent_also_when_it_is_told_late(desk: cast.Desk) -> None:
    listens(desk, 0, 60)
    tell(desk, 61, 60)
    listens(desk, 65, 100)
    tell(desk, 106, 104.9)
    listens(desk, 110, 145)
    assert (people.list_silent_desks(), declared()) == ([], 0)


def test_a_desk_that_comes_back_later_is_not_silent_any_more(desk: cast.Desk) -> None:
    listens(desk, 0, 60)
    tell(desk, 61, 60)
    listens(desk, 65, 120)
    assert people.list_silent_desks() == [desk.noor.agent_id]
    tell(desk, 125, 124)
    assert people.list_silent_desks() == []
    listens(desk, 130, 180)
    assert declared() == 2, "and falls silent a second time"


def test_f36_a_server_that_was_restarted_declares_nobody_silent_before_it_has_listened_for_as_long(desk: cast.Desk) -> None:
    listens(desk, 0, 60)
    tell(desk, 61, 60)
    listens(desk, 400, 440, process="two")
    assert declared() == 0
    listens(desk, 445, 445, process="two")
    assert declared() == 1, "whoever did not come back is silent then"


def test_a_process_that_could_not_tell_for_a_while_begins_to_listen_anew(desk: cast.Desk) -> None:
    listens(desk, 0, 60)
    tell(desk, 61, 60)
    listens(desk, 100, 140)
    assert declared() == 0
    listens(desk, 145, 145)
    assert declared() == 1


def test_f27_a_clock_that_jumps_declares_nobody_silent(desk: cast.Desk) -> None:
    listens(desk, 0, 60)
    tell(desk, 61, 60)
    listens(desk, 7200, 7240)
    listens(desk, 100, 140)
    assert declared() == 0


def test_of_two_processes_each_has_to_have_told_what_it_heard(desk: cast.Desk) -> None:
    for seconds in range(0, 56, 5):
        tell(desk, seconds)
        tell(desk, seconds, min(seconds, 12), process="two")
    tell(desk, 60)
    tell(desk, 64)
    assert declared() == 0, "what the other one has heard since is not known yet"
    tell(desk, 66, 65.5, process="two")
    listens(desk, 70, 105)
    listens(desk, 70, 105, process="two")
    assert declared() == 0


def test_a_process_that_died_takes_nobody_along(desk: cast.Desk) -> None:
    listens(desk, 0, 60)
    listens(desk, 0, 60, process="two")
    tell(desk, 61, 60, process="two")
    listens(desk, 65, 100)
    assert declared() == 0
    listens(desk, 105, 110)
    assert declared() == 1


@pytest.mark.django_db(transaction=True)
def test_f30_two_processes_that_notice_it_at_once_declare_it_once(desk: cast.Desk) -> None:
    for process in ("one", "two"):
        listens(desk, 0, 60, process=process)
    tell(desk, 61, 60)
    for seconds in range(65, 101, 5):
        tell(desk, seconds)
        tell(desk, seconds, process="two")
    both = [partial(tell, desk, 105, process=process) for process in ("one", "two")]
    cast.at_once(*both, *[partial(team.find_silent, at=after(105.1)) for _ in range(4)])
    team.find_silent(at=after(105.2))
    assert (people.list_silent_desks(), declared()) == ([desk.noor.agent_id], 1)


def test_whoever_was_switched_off_is_not_heard_of(desk: cast.Desk) -> None:
    team.switch_off(agent_id=desk.noor.agent_id, actor="system", at=after(0))
    listens(desk, 0, 60)
    tell(desk, 61, 60)
    listens(desk, 65, 120)
    assert people.list_silent_desks() == []


def test_nobody_is_promised_to_a_customer_who_is_away_or_silent(desk: cast.Desk) -> None:
    (near,) = desk.noor.team_ids
    team.note_at_desk(agent_id=desk.noor.agent_id, at=after(0))
    assert people.is_somebody_at_desk(near, at=after(60))
    team.choose_availability(agent_id=desk.noor.agent_id, availability="away")
    assert not people.is_somebody_at_desk(near, at=after(60))
    team.choose_availability(agent_id=desk.noor.agent_id, availability="busy")
    assert people.is_somebody_at_desk(near, at=after(60))
    listens(desk, 0, 60)
    tell(desk, 61, 60)
    listens(desk, 65, 120)
    assert not people.is_somebody_at_desk(near, at=after(120))
