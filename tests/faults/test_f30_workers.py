"""F03, F30, I3: workers that are killed, stopped and started twice send each letter once, or twice where that cannot be known."""

import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator

import psutil
import psycopg
import pytest

from tests.fakes.smtp import FakeSmtp
from tests.faults.conftest import IS_SOAK
from tests.houses import House, Process

LETTERS = 100 if IS_SOAK else 16
SEEDS = range(1, 21) if IS_SOAK else range(1, 4)
_WRITE = """
import django
django.setup()
from django.db import transaction
from vigil.kernel import clock, post
post.register("test.hello", lambda args, language: post.Rendered("Hello", "Hello"))
with transaction.atomic():
    for number in range(%d):
        post.send(to=f"somebody-{number}@mail.example", template="test.hello", language="en", args={"number": number}, at=clock.now())
"""
# A minute of waiting in an instant: the sweep looks for workers that were silent for a moment only, and what waits may run now.
_SWEEP = """
import django
django.setup()
from vigil.kernel import jobs
jobs.STALLED_AFTER_SECONDS = 1
jobs.requeue_stalled()
"""
_END_LEASES = "UPDATE kernel_letter SET leased_until = now() - interval '1 second' WHERE state = 'sending'"
_WAIT_NO_LONGER = "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo' AND scheduled_at > now()"
_MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE | re.IGNORECASE)


@pytest.fixture
def post_house(make_house: Callable[..., House]) -> Iterator[tuple[House, FakeSmtp]]:
    with FakeSmtp() as relay:
        house = make_house(VIGIL_SMTP_URL=relay.url, VIGIL_TEST_BREAK="nothing")
        house.program = ("-m", "tests.faults.broken")
        yield house, relay
        house.stop()


def _states(house: House) -> Counter[str]:
    with psycopg.connect(house.database_url) as connection:
        return Counter(row[0] for row in connection.execute("SELECT state FROM kernel_letter"))


def _end_leases(house: House) -> None:
    """End the leases of workers that are dead or asleep, before others take any: one that works must never lose its own."""
    with psycopg.connect(house.database_url, autocommit=True) as connection:
        connection.execute(_END_LEASES)


def _settle(house: House) -> None:
    """Give back what silent workers took, and return when nothing waits any more."""
    with psycopg.connect(house.database_url, autocommit=True) as connection:
        house.runs(_SWEEP)

        def is_settled() -> bool:
            # Over and over: a job that ran while somebody else held its letter has put itself off.
            connection.execute(_WAIT_NO_LONGER)
            return not {"queued", "sending"} & set(_states(house))

        _until(is_settled, 30, house)


def _until(condition: Callable[[], bool], seconds: float, house: House) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"{_states(house)}\n{house.log()[-3000:]}"
        time.sleep(0.05)


def _copies(relay: FakeSmtp) -> Counter[bytes]:
    found = [_MESSAGE_ID.search(taken.message) for taken in relay.taken]
    return Counter(match.group(1) for match in found if match)


def _assert_settled(house: House, relay: FakeSmtp) -> None:
    copies = _copies(relay)
    assert len(copies) == LETTERS, f"{LETTERS - len(copies)} letters never left"
    assert max(copies.values()) <= 2, copies
    with psycopg.connect(house.database_url) as connection:
        marked: dict[str, str] = dict(connection.execute("SELECT message_id, state FROM kernel_letter").fetchall())
    assert set(marked.values()) <= {"sent", "maybe_duplicate"}, Counter(marked.values())
    doubled = {number.decode() for number, count in copies.items() if count > 1}
    assert doubled <= {number for number, state in marked.items() if state == "maybe_duplicate"}, "a second copy that is not marked"


@pytest.mark.parametrize("seed", SEEDS)
def test_f03_i3_a_worker_killed_under_load_sends_everything_and_at_most_one_marked_copy_more(
    seed: int, post_house: tuple[House, FakeSmtp]
) -> None:
    house, relay = post_house
    house.runs(_WRITE % LETTERS)
    for place in ("post.after_send_before_mark", "post.before_data", "post.after_claim"):
        house.settings["VIGIL_FAULTS"] = f"{place}=kill@{seed % 3 + 1}"
        house.start_worker()
        assert house.worker is not None
        assert house.worker.wait(30) == -signal.SIGKILL, place
    house.settings.pop("VIGIL_FAULTS")
    _end_leases(house)
    house.start_worker()
    time.sleep(1.2)  # So that the dead workers have been silent for longer than the sweep allows here.
    _settle(house)
    _assert_settled(house, relay)


def test_f30_two_workers_at_once_and_one_that_sleeps_do_nothing_twice(post_house: tuple[House, FakeSmtp]) -> None:
    house, relay = post_house
    house.runs(_WRITE % LETTERS)
    house.settings["VIGIL_FAULTS"] = "post.before_data=stop@2"
    sleeper = house.start_worker()
    del house.settings["VIGIL_FAULTS"]
    others: list[Process] = []
    try:
        _until(lambda: psutil.Process(sleeper.pid).status() == psutil.STATUS_STOPPED, 30, house)
        _end_leases(house)
        # Only now, or they might have sent everything before the sleeper had anything to sleep on.
        others += [house.start_worker(), house.start_worker()]
        _until(lambda: _states(house)["sent"] >= LETTERS // 2, 30, house)
        time.sleep(1.2)
        # The lease of what the sleeper holds has ended: another worker takes it over, then the sleeper wakes, too late.
        _settle(house)
    finally:
        sleeper.send_signal(signal.SIGCONT)
        time.sleep(1.0)
        for worker in (sleeper, *others):
            worker.terminate()
            worker.wait(15)
    _assert_settled(house, relay)
