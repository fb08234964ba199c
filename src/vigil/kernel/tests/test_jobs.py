"""Work after the answer: with the transaction or not at all, retried, given back, never lost."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from vigil.kernel import clock, jobs

pytestmark = pytest.mark.django_db

_seen: list[int] = []


@jobs.job("tests.remember", lock_by="number")
def remember(number: int) -> None:
    """Remember a number."""
    _seen.append(number)


def _raw(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)  # type: ignore[arg-type]  # the stubs know fewer parameter types than the driver


def test_a_job_is_enqueued_with_the_transaction_or_not_at_all() -> None:
    with transaction.atomic():
        remember.enqueue(number=1)
        transaction.set_rollback(True)
    assert ProcrastinateJob.objects.filter(task_name="tests.remember").count() == 0


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
    number = remember.enqueue(number=4)
    worker = ProcrastinateWorker.objects.raw(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (NOW() - INTERVAL '1 minute') RETURNING *"
    )[0]
    _raw("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", worker.id, number)
    assert jobs.requeue_stalled() == 1
    assert ProcrastinateJob.objects.get(id=number).status == "todo"
    assert jobs.requeue_stalled() == 0


def test_a_job_of_a_living_worker_is_left_alone() -> None:
    number = remember.enqueue(number=5)
    worker = ProcrastinateWorker.objects.raw("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (NOW()) RETURNING *")[0]
    _raw("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", worker.id, number)
    assert jobs.requeue_stalled() == 0


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
