"""V55: behind a cache that keeps whatever it may and forgets who asked, nobody is given what is another's."""

import asyncio
from collections.abc import Callable

from tests.fakes.cache import Cache, caching
from tests.faults.clients import Customer
from tests.houses import House

GUESTS = 12


def test_v55_behind_a_greedy_cache_each_guest_hears_of_the_own_words_alone(target: House, guest: Callable[[str], Customer]) -> None:
    async def come(number: int, cache: Cache) -> Customer:
        someone = guest(f"cached-{number}")
        someone.port = cache.port
        await someone.arrive(f"I am number {number}, and nobody else is.")
        return someone

    async def read(someone: Customer, other: Customer, number: int) -> None:
        for path in (
            "/widget/api/conversations/{}/transcript.txt",
            "/widget/api/conversations/{}/place",
            "/live/poll?wait=0&after=0&watch={}",
        ):
            own = await someone.ask("GET", path.format(someone.conversation))
            assert own.status == 200, own
            assert {f"number {each}," for each in range(GUESTS) if f"number {each}," in own.body.decode()} <= {f"number {number},"}
            # The other has just been given exactly this page: a cache that had kept it would hand it on.
            foreign = await someone.ask("GET", path.format(other.conversation))
            assert foreign.status == 404, foreign

    async def run() -> Cache:
        async with caching(target.port) as cache:
            guests = await asyncio.gather(*(come(number, cache) for number in range(GUESTS)))
            await asyncio.gather(*(read(each, guests[number - 1], number) for number, each in enumerate(guests)))
            for each in guests:
                assert (await each.ask("GET", "/widget/loader.js")).status == 200
        return cache

    cache = asyncio.run(run())
    assert cache.given >= GUESTS - 1, "the cache keeps what it may"
    assert {path.partition("?")[0] for path in cache.shelf} == {"/widget/loader.js"}
