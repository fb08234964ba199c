"""Work after the answer: with the transaction or not at all, retried, given back, never lost."""

import asyncio
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from vigil.kernel import clock, jobs
from vigil.kernel.live import readers

pytestmark = pytest.mark.django_db

_seen: list[int] = []
_numbers = itertools.count(100)


@jobs.job("tests.remember", lock_by="number")
def remember(number: int) -> None:
    """Remember a number."""
    _seen.append(number)


@jobs.job("tests.change_ones_mind", queue="tests")
def change_ones_mind(number: int) -> None:
    """Enqueue further work, and take the transaction back."""
    with transaction.atomic():
        remember.enqueue(number=number)
        transaction.set_rollback(True)
    connection.close()  # The thread's own, which would stay.


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Tests whose jobs others see; Django forgets to clear the tables that are not its own."""
    yield
    _raw("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def _raw(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)  # type: ignore[arg-type]  # the stubs know fewer parameter types than the driver


def test_a_job_is_enqueued_with_the_transaction_or_not_at_all() -> None:
    with transaction.atomic():
        remember.enqueue(number=1)
        transaction.set_rollback(True)
    assert ProcrastinateJob.objects.filter(task_name="tests.remember").count() == 0


@pytest.mark.usefixtures("committed")
def test_what_a_running_job_enqueues_stands_and_falls_with_its_transaction_too() -> None:
    number = change_ones_mind.enqueue(number=2)
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as working:
        asyncio.run(_work_once(working))
    assert ProcrastinateJob.objects.get(id=number).status == "succeeded"
    assert not ProcrastinateJob.objects.filter(task_name="tests.remember").exists()


async def _work_once(working: Any) -> None:
    async with working.open_async():
        await working.run_worker_async(queues=["tests"], wait=False, install_signal_handlers=False)


def test_a_job_carries_its_lock_and_its_moment() -> None:
    at = clock.now() + timedelta(hours=1)
    remember.enqueue(at=at, number=7)
    row = ProcrastinateJob.objects.get(task_name="tests.remember")
    assert (row.lock, row.scheduled_at, row.args) == ("number:7", at, {"number": 7})


def test_what_was_given_up_is_listed_and_can_be_tried_again() -> None:
    number = remember.enqueue(number=3)
    _raw("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", number)
    _raw("UPDATE procrastinate_jobs SET status = 'failed', attempts = 6 WHERE id = %s", number)
    assert [(letter.number, letter.name, letter.attempts) for letter in jobs.list_dead_letters()] == [(number, "tests.remember", 6)]
    assert jobs.count_dead_letters() == 1
    jobs.retry(number)
    assert jobs.count_dead_letters() == 0
    with pytest.raises(ValueError, match="not given up"):
        jobs.retry(number)


def test_a_job_whose_worker_fell_silent_is_given_back() -> None:
    number = _taken_by(_worker(seconds_ago=60))
    assert jobs.requeue_stalled() == 1
    assert ProcrastinateJob.objects.get(id=number).status == "todo"
    assert jobs.requeue_stalled() == 0


def test_a_job_of_a_living_worker_is_left_alone() -> None:
    _taken_by(_worker(seconds_ago=0))
    assert jobs.requeue_stalled() == 0


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("ending", ["SET status = 'succeeded'", "SET status = 'todo'", None])
def test_what_another_finishes_gives_back_or_clears_at_that_moment_is_theirs(ending: str | None) -> None:
    silent = _worker(seconds_ago=60)
    theirs, ours = _taken_by(silent), _taken_by(silent)
    with _another_hand(ending, theirs):
        assert jobs.requeue_stalled() == 1
    assert ProcrastinateJob.objects.get(id=ours).status == "todo"
    assert jobs.requeue_stalled() == 0


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("was_given_up", [False, True])
def test_from_the_look_to_the_deed_nobody_else_can_touch_what_is_given_back(was_given_up: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    number = _taken_by(_worker(seconds_ago=60))
    if was_given_up:
        _raw("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", number)
    give_back, free = jobs._give_back, []

    def look_and_give_back(one: int) -> bool:
        with readers.connect() as other:
            free.append(other.execute("SELECT id FROM procrastinate_jobs WHERE id = %s FOR UPDATE SKIP LOCKED", (one,)).fetchone())
        return give_back(one)

    monkeypatch.setattr(jobs, "_give_back", look_and_give_back)
    if was_given_up:
        jobs.retry(number)
    else:
        assert jobs.requeue_stalled() == 1
    assert free == [None]
    assert ProcrastinateJob.objects.get(id=number).status == "todo"


def test_recurring_work_that_fell_silent_does_not_hold_up_the_others_while_its_next_run_waits() -> None:
    silent = _worker(seconds_ago=60)
    stuck, other = _taken_by(silent), _taken_by(silent)
    waiting = remember.enqueue(number=9)
    _raw("UPDATE procrastinate_jobs SET queueing_lock = 'every-minute' WHERE id IN (%s, %s)", stuck, waiting)
    assert jobs.requeue_stalled() == 1
    assert ProcrastinateJob.objects.get(id=other).status == "todo"
    _raw("DELETE FROM procrastinate_jobs WHERE id = %s", waiting)
    assert jobs.requeue_stalled() == 1


def test_recurring_work_that_was_given_up_is_not_put_beside_its_next_run() -> None:
    number, waiting = _taken_by(_worker(seconds_ago=60)), remember.enqueue(number=9)
    _raw("UPDATE procrastinate_jobs SET queueing_lock = 'every-minute' WHERE id IN (%s, %s)", number, waiting)
    _raw("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", number)
    with pytest.raises(jobs.AlreadyWaiting):
        jobs.retry(number)
    assert jobs.count_dead_letters() == 1


def _worker(*, seconds_ago: int) -> int:
    sql = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (NOW() - %s * INTERVAL '1 second') RETURNING *"
    return int(ProcrastinateWorker.objects.raw(sql, [seconds_ago])[0].id)


def _taken_by(worker: int) -> int:
    number = remember.enqueue(number=next(_numbers))
    _raw("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", worker, number)
    return number


@contextmanager
def _another_hand(ending: str | None, number: int) -> Iterator[None]:
    """Somebody else's transaction that has ended or cleared the job, and commits only afterwards."""
    with readers.connect() as other, other.transaction():
        other.execute("SET LOCAL lock_timeout = '2s'")
        if ending is None:
            other.execute("DELETE FROM procrastinate_jobs WHERE id = %s", (number,))
        else:
            other.execute(f"UPDATE procrastinate_jobs {ending} WHERE id = %s".encode(), (number,))
        yield


@pytest.mark.parametrize(
    ("error", "attempts", "seconds"),
    [
        (ValueError(), 0, 2),
        (ValueError(), 1, 10),
        (ValueError(), 4, 3600),
        (ValueError(), 5, None),
        (jobs.TryLater(42), 9, 42),
        (jobs.GiveUp("refused"), 0, None),
    ],
    ids=["first failure", "second", "fifth", "after the last", "the outside asks for patience", "no use"],
)
def test_waits_grow_and_end(error: Exception, attempts: int, seconds: int | None) -> None:
    from procrastinate.jobs import Job

    run = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="x", priority=0, attempts=attempts)
    decision = jobs._Patience().get_retry_decision(exception=error, job=run)
    if seconds is None:
        assert decision is None
    else:
        assert decision is not None
        assert decision.retry_at is not None
        waited = (decision.retry_at - clock.now()).total_seconds()
        assert seconds - 1 <= waited <= seconds + 1
