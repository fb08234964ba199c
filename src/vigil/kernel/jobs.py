"""Work that happens after the answer: enqueued in the transaction that wants it, retried, and never silently dropped.

A job carries ids, never words. It runs at least once, so it must be safe to repeat. Procrastinate keeps the queue in
PostgreSQL; what it gives up on stays in its table as failed, which is our dead letter: listed, counted, retried by hand.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job as Run
from procrastinate.manager import JobManager
from procrastinate.sql import queries

from vigil.kernel import clock

# Seconds to wait before each further try; after the last one the job is a dead letter.
WAITS = (2, 10, 60, 600, 3600)
STALLED_AFTER_SECONDS = 30
# Not the app's own: in a worker that one has connections of its own, which know nothing of the caller's transaction.
_queue = JobManager(DjangoConnector())


class TryLater(Exception):
    """The outside world asks for patience; the job runs again after `seconds`, without counting against its tries."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"try again in {seconds} s")
        self.seconds = seconds


class GiveUp(Exception):
    """Trying again cannot help; the job becomes a dead letter at once. The reason is a code, never words."""


class AlreadyWaiting(Exception):
    """A dead letter is recurring work, and its next run waits already; only one may."""


class _Patience(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Run) -> RetryDecision | None:
        if isinstance(exception, GiveUp):
            return None
        if isinstance(exception, TryLater):
            return RetryDecision(retry_in={"seconds": exception.seconds})
        if job.attempts >= len(WAITS):
            return None
        return RetryDecision(retry_in={"seconds": WAITS[job.attempts]})


class Job:
    """A named piece of later work; `enqueue` stores it, a worker runs it."""

    def __init__(self, task: Any, parameters: tuple[str, ...], lock_by: str | None) -> None:
        self._task = task
        self._parameters = parameters
        self._lock_by = lock_by

    @property
    def name(self) -> str:
        """Tell the name under which the queue knows the job."""
        return str(self._task.name)

    def enqueue(self, *, at: datetime | None = None, **ids: int | str) -> int:
        """Store the job in the caller's transaction, to run at once or not before `at`; return its number."""
        lock = f"{self._lock_by}:{ids[self._lock_by]}" if self._lock_by else None
        deferrer = self._task.configure(lock=lock, schedule_at=at)
        deferrer.job_manager = _queue
        return int(deferrer.defer(**ids))

    def enqueue_for(self, event: Any) -> None:
        """Store the job with those of the event's fields that it takes by name."""
        self.enqueue(**{name: getattr(event, name) for name in self._parameters})

    def run(self, **ids: int | str) -> None:
        """Run the work here and now, for tests and for hands at the keyboard."""
        self._task.func(**ids)


def job(name: str, *, queue: str = "default", lock_by: str | None = None) -> Callable[[Callable[..., None]], Job]:
    """Declare a function as a job called `name`; jobs with the same value of the argument `lock_by` run one at a time."""

    def declare(function: Callable[..., None]) -> Job:
        task = app.task(name=name, queue=queue, retry=_Patience())(function)
        return Job(task, tuple(inspect.signature(function).parameters), lock_by)

    return declare


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A job that was given up: its number, its name, the ids it carried and how often it was tried."""

    number: int
    name: str
    ids: dict[str, Any]
    attempts: int


def list_dead_letters(*, limit: int = 100) -> list[DeadLetter]:
    """List the newest given-up jobs first, at most `limit`."""
    rows = ProcrastinateJob.objects.filter(status="failed").order_by("-id")[:limit]
    return [DeadLetter(row.id, row.task_name, dict(row.args), row.attempts) for row in rows]


def count_dead_letters() -> int:
    """Count the jobs that were given up."""
    return int(ProcrastinateJob.objects.filter(status="failed").count())


def is_worker_heard(*, at: datetime) -> bool:
    """Say whether any worker has been heard of during the last 30 s."""
    since = at - timedelta(seconds=STALLED_AFTER_SECONDS)
    return bool(ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).exists())


def recurring(name: str, cron: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run a function at the minutes `cron` names, in UTC; however many workers there are, it is queued once a time."""

    def declare(function: Callable[[], None]) -> Callable[[], None]:
        def run(timestamp: int) -> None:
            function()

        # Not queued again while the last one still waits: after a long stop there is one run, not a hundred.
        task = app.task(name=name, queue="default", queueing_lock=name, retry=_Patience())(run)
        app.periodic(cron=cron, periodic_id=name)(task)
        return function

    return declare


def requeue_stalled() -> int:
    """Give back what a worker took and died with, and tell how many jobs that were; its silence counts after 30 s.

    What somebody else is finishing or giving back meanwhile is theirs.
    """
    with transaction.atomic():
        # Held from the look to the deed: otherwise another could finish a job, or take it anew, in between.
        rows = _queue.connector.execute_query_all(
            query=queries["select_stalled_jobs_by_heartbeat"] + " FOR UPDATE OF job SKIP LOCKED",
            queue=None,
            task_name=None,
            seconds_since_heartbeat=STALLED_AFTER_SECONDS,
        )
        return sum(_give_back(row["id"]) for row in rows)


def _give_back(number: int) -> bool:
    try:
        with transaction.atomic():
            _queue.retry_job_by_id(number, retry_at=clock.now())
    except UniqueViolation as error:
        if error.queueing_lock is None:
            raise
        return False  # Recurring work whose next run waits already; only one may.
    return True


def retry(number: int) -> None:
    """Put a dead letter back into the queue, to run at once. Raises ValueError for a job that is none, AlreadyWaiting."""
    with transaction.atomic():
        # Held, or two hands at once would put it back while it runs.
        if ProcrastinateJob.objects.select_for_update(of=("self",)).filter(id=number, status="failed").first() is None:
            raise ValueError(f"job {number} was not given up")
        if not _give_back(number):
            raise AlreadyWaiting(f"what job {number} would do waits already")
