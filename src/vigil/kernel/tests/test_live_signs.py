"""Signs of life: noted for one door alone, told together, and not lost while nobody can be told."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from vigil.kernel import clock
from vigil.kernel.errors import Refusal
from vigil.kernel.live.refusals import Busy
from vigil.kernel.live.signs import Heard, Signs
from vigil.kernel.live.tokens import Claims

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOOR = Claims("agent:1:0:7", frozenset(), "desk", NOON)


class Keeper:
    """Keeps what it is told, unless it is to refuse."""

    def __init__(self) -> None:
        self.told: list[Heard] = []
        self.refuses = False

    def __call__(self, heard: list[Heard]) -> Sequence[Refusal | None]:
        if self.refuses:
            return [Busy(retry_after=1) for _ in heard]
        self.told += heard
        return [None for _ in heard]


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


def run(keeper: Keeper, *steps: str) -> None:
    """Note signs of Noor ("noor"), of a guest ("ada"), tell, or refuse; a second passes with each step."""

    async def go() -> None:
        signs = Signs("desk", keeper)
        signs.batch.start()
        for second, step in enumerate(steps):
            with clock.set_to(partial(NOON.__add__, timedelta(seconds=second))):
                keeper.refuses = step == "refused"
                if step in ("tell", "refused"):
                    await signs.tell()
                else:
                    signs.note(NOOR if step == "noor" else replace(NOOR, subject="guest:9", door="widget"))
        await asyncio.to_thread(signs.batch.stop)

    asyncio.run(go())


def test_the_last_sign_of_each_is_told_once_and_then_that_there_was_none(keeper: Keeper) -> None:
    run(keeper, "noor", "noor", "tell", "tell")
    assert [dict(heard.subjects) for heard in keeper.told] == [{"agent:1:0:7": NOON + timedelta(seconds=1)}, {}]
    assert [heard.until for heard in keeper.told] == [NOON + timedelta(seconds=2), NOON + timedelta(seconds=3)]


def test_of_other_doors_nothing_is_noted(keeper: Keeper) -> None:
    run(keeper, "ada", "tell")
    assert [dict(heard.subjects) for heard in keeper.told] == [{}]


def test_what_could_not_be_told_is_told_with_the_next(keeper: Keeper) -> None:
    run(keeper, "noor", "refused", "tell")
    assert [dict(heard.subjects) for heard in keeper.told] == [{"agent:1:0:7": NOON}]


def test_what_was_heard_meanwhile_is_newer_than_what_could_not_be_told(keeper: Keeper) -> None:
    run(keeper, "noor", "refused", "noor", "refused", "tell")
    assert [dict(heard.subjects) for heard in keeper.told] == [{"agent:1:0:7": NOON + timedelta(seconds=2)}]
