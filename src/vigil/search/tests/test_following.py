"""The index follows the timelines, whatever is cut off and whoever is late."""

import threading
from collections.abc import Callable
from time import monotonic, sleep
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from tests import cast
from vigil.kernel import faults
from vigil.search import commands
from vigil.search.follower import Follower
from vigil.search.queries import MUCH_BEHIND, Standing, get_standing
from vigil.search.tests.asking import catch_up, found


class Killed(Exception):
    """The process has ended here."""


@pytest.mark.django_db
def test_what_was_there_before_the_index_is_read_from_the_newest_on_and_goes_on_where_it_was_cut_off() -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    names = [cast.opens(ada, f"zanzibar {number}") for number in range(5)]
    commands.ensure_standing()
    apps.get_model("search", "Following").objects.update(followed=10**9)
    assert commands.follow(most=2) == 2
    assert sorted(found("zanzibar", desk.noor)) == sorted(names[3:])
    commands.ensure_standing()
    assert commands.follow(most=2) == 2
    assert commands.follow(most=2) == 1
    assert commands.follow(most=2) == 0
    assert sorted(found("zanzibar", desk.noor)) == sorted(names)


@pytest.mark.django_db
def test_words_that_are_cut_in_another_way_are_all_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, name = cast.open_the_desk(), cast.opens(cast.ada(), "zanzibar")
    catch_up()
    documents = apps.get_model("search", "Document").objects
    documents.update(words="")
    catch_up()
    assert found("zanzibar", desk.noor) == []
    monkeypatch.setattr("vigil.search.commands.following.ANALYSER", 99)
    catch_up()
    assert found("zanzibar", desk.noor) == [name]


@pytest.mark.django_db
def test_killed_before_it_commits_it_has_done_nothing_and_the_next_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    name = cast.opens(ada, "Hello.")
    catch_up()
    cast.writes(ada, name, "zanzibar", at=cast.later())

    def kill(point: str) -> None:
        if point == "search.before_commit":
            raise Killed

    with monkeypatch.context() as here:
        here.setattr(faults, "point", kill)
        with pytest.raises(Killed):
            commands.follow()
    assert found("zanzibar", desk.noor) == []
    catch_up()
    assert found("zanzibar", desk.noor) == [name]


def _is_level() -> Standing:
    """Follow until nothing is behind: what runs in another database of the same server is waited for as well."""
    until = monotonic() + 20
    while (standing := get_standing()) is None or standing.entries_behind:
        assert monotonic() < until, standing
        commands.follow()
    return standing


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_commits_after_one_with_a_higher_number_is_not_passed_over() -> None:
    desk, ada, wei = cast.open_the_desk(), cast.ada(), cast.wei()
    early, late = cast.opens(ada, "Hello."), cast.opens(wei, "Hello.")
    catch_up()
    written, may_end = threading.Event(), threading.Event()

    def writes_slowly() -> None:
        with transaction.atomic():
            cast.writes(ada, early, "zanzibar", at=cast.later())
            written.set()
            assert may_end.wait(20)

    def writes_meanwhile() -> None:
        assert written.wait(20)
        try:
            cast.writes(wei, late, "zanzibar", at=cast.later())
            for _ in range(3):
                commands.follow()
            assert found("zanzibar", desk.noor) == [late]
        finally:
            may_end.set()

    cast.at_once(writes_slowly, writes_meanwhile)
    catch_up()
    assert sorted(found("zanzibar", desk.noor)) == sorted([early, late])
    standing = _is_level()
    assert (standing.entries_behind, standing.conversations_left) == (0, 0)
    assert standing.entries_behind < MUCH_BEHIND


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_is_at_it_and_the_other_does_not_wait() -> None:
    cast.open_the_desk()
    cast.opens(cast.ada(), "zanzibar")
    commands.ensure_standing()
    held, may_end = threading.Event(), threading.Event()

    def holds() -> int:
        with transaction.atomic():
            done = commands.follow()
            held.set()
            assert may_end.wait(20)
        return done

    def comes_second() -> int:
        assert held.wait(20)
        try:
            return commands.follow()
        finally:
            may_end.set()

    first, second = cast.at_once(holds, comes_second)
    assert (first, second) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_a_worker_keeps_the_index_going_by_itself_and_goes_on_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, ada = cast.open_the_desk(), cast.ada()
    name = cast.opens(ada, "Hello.")
    real: Callable[..., int] = commands.follow
    fails: list[Any] = [1]

    def follow() -> int:
        if fails:
            fails.pop()
            raise RuntimeError("the line to the database broke")
        return real()

    monkeypatch.setattr(commands, "follow", follow)
    monkeypatch.setattr("vigil.search.follower._PAUSE_AFTER_FAILURE", 0.05)
    follower = Follower()
    follower.start()
    try:
        cast.writes(ada, name, "zanzibar", at=cast.later())
        until = monotonic() + 15
        while not found("zanzibar", desk.noor) and monotonic() < until:
            sleep(0.05)
        assert found("zanzibar", desk.noor) == [name]
    finally:
        follower.stop()
