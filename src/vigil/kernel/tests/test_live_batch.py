"""Natural batching: nothing is lost, nobody waits for a stranger's mistake."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError

from vigil.kernel.errors import Refusal
from vigil.kernel.live.batch import Batch
from vigil.kernel.live.refusals import Busy, Failed, NotFound, Unavailable


@contextmanager
def working(batch: Batch[Any, Any]) -> Iterator[None]:
    batch.start()
    try:
        yield
    finally:
        batch.stop()


def tell(*jobs: Awaitable[Any]) -> list[Any]:
    async def all_of_them() -> list[Any]:
        return list(await asyncio.gather(*jobs, return_exceptions=True))

    return asyncio.run(all_of_them())


def test_every_item_gets_its_own_answer() -> None:
    def many(items: list[int]) -> list[int | Refusal]:
        return [NotFound() if item == 2 else item * 10 for item in items]

    batch = Batch(many, name="test")
    with working(batch):
        first, second, third = tell(batch.submit(1), batch.submit(2), batch.submit(3))
    assert (first, third) == (10, 30)
    assert isinstance(second, NotFound)


def test_what_arrives_while_one_batch_runs_goes_into_the_next_together() -> None:
    sizes: list[int] = []

    def many(items: list[int]) -> list[int]:
        sizes.append(len(items))
        time.sleep(0.05)
        return items

    batch = Batch(many, name="test", most=256)
    with working(batch):
        assert tell(*(batch.submit(n) for n in range(600))) == list(range(600))
    assert max(sizes) == 256
    assert len(sizes) <= 5


def test_an_item_that_breaks_the_batch_fails_alone() -> None:
    def many(items: list[int]) -> list[int]:
        if 3 in items:
            raise ValueError("three")
        return items

    batch = Batch(many, name="test")
    with working(batch):
        answers = tell(*(batch.submit(n) for n in range(6)))
    assert [answer for answer in answers if isinstance(answer, int)] == [0, 1, 2, 4, 5]
    assert isinstance(answers[3], Failed)


def test_a_full_queue_refuses_and_says_when_to_come_back() -> None:
    gate = threading.Event()

    def many(items: list[int]) -> list[int]:
        gate.wait(5)
        return items

    batch = Batch(many, name="test", most=1, capacity=2)

    async def story() -> int | None:
        first = [asyncio.ensure_future(batch.submit(0))]
        await asyncio.sleep(0.05)
        first += [asyncio.ensure_future(batch.submit(n)) for n in (1, 2)]
        await asyncio.sleep(0.01)
        with pytest.raises(Busy) as refused:
            await batch.submit(3)
        gate.set()
        assert await asyncio.gather(*first) == [0, 1, 2]
        return refused.value.retry_after

    with working(batch):
        assert asyncio.run(story()) == 1


def test_f12_a_database_that_is_gone_answers_within_two_seconds() -> None:
    asked: list[int] = []

    def many(items: list[int]) -> list[int]:
        asked.append(len(items))
        raise OperationalError("the connection was refused")

    batch = Batch(many, name="test")
    begun = time.perf_counter()
    with working(batch):
        answers = tell(*(batch.submit(n) for n in range(50)))
    assert all(isinstance(answer, Unavailable) for answer in answers)
    assert time.perf_counter() - begun < 2.0
    assert sum(asked) <= 100


def test_f12_a_database_that_hangs_is_not_waited_for() -> None:
    gate = threading.Event()
    batch: Batch[int, int] = Batch(lambda items: [gate.wait(5) or 0 for _ in items], name="test", patience=0.2)
    begun = time.perf_counter()
    with working(batch):
        (answer,) = tell(batch.submit(1))
        took = time.perf_counter() - begun
        gate.set()
    assert isinstance(answer, Unavailable)
    assert took < 0.6


def test_f13_a_lost_answer_is_asked_for_once_more_with_the_same_key() -> None:
    stored: dict[str, int] = {}

    def many(items: list[str]) -> list[int]:
        is_first = not stored
        answers = [stored.setdefault(key, len(stored) + 1) for key in items]
        if is_first:
            raise OperationalError("the connection was closed while committing")
        return answers

    batch = Batch(many, name="test")
    with working(batch):
        assert tell(batch.submit("key")) == [1]
    assert stored == {"key": 1}


def test_a_deadlock_is_tried_again_alone() -> None:
    def many(items: list[int]) -> list[int]:
        if len(items) > 1:
            raise OperationalError("deadlock detected") from Deadlock()
        return items

    batch = Batch(many, name="test")
    with working(batch):
        assert sorted(tell(*(batch.submit(n) for n in range(5)))) == [0, 1, 2, 3, 4]


class Deadlock(Exception):
    sqlstate = "40P01"


def test_an_item_that_nobody_waits_for_any_more_is_not_done() -> None:
    gate, done = threading.Event(), list[int]()

    def many(items: list[int]) -> list[int]:
        gate.wait(5)
        done.extend(items)
        return items

    batch = Batch(many, name="test", most=1)

    async def story() -> None:
        first = asyncio.ensure_future(batch.submit(1))
        await asyncio.sleep(0.05)
        second = asyncio.ensure_future(batch.submit(2))
        await asyncio.sleep(0.01)
        second.cancel()
        await asyncio.sleep(0.01)
        gate.set()
        await first

    with working(batch):
        asyncio.run(story())
    assert done == [1]


def test_stopping_finishes_what_waits_and_takes_nothing_more() -> None:
    done: list[int] = []

    def many(items: list[int]) -> list[int]:
        done.extend(items)
        return items

    batch = Batch(many, name="test")

    async def story(act: Callable[[], None]) -> None:
        assert await batch.submit(1) == 1
        act()
        with pytest.raises(Busy):
            await batch.submit(2)

    batch.start()
    asyncio.run(story(batch.stop))
    assert done == [1]
