"""F16, F17, F18: a line that died in silence, a herd that comes back at once, a client that does not read."""

import asyncio
import random
import resource
import time
from collections.abc import Callable

import psycopg

from tests.faults import wire
from tests.faults.clients import Client, Customer, listening, sign, stay_to_the_end, token_of_agent
from tests.faults.conftest import IS_SOAK
from tests.faults.history import Journal, assert_clean
from tests.faults.load import gather_crowd
from tests.faults.proxy import Proxy, tcp
from tests.houses import House
from vigil.kernel.ids import new_public_id

HERD = 2000 if IS_SOAK else 300


async def _until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, "it never came true"
        await asyncio.sleep(0.01)


def test_f16_a_line_that_died_in_silence_is_resumed_without_a_gap_or_a_repeat(
    own_house: House, journal: Journal, dice: random.Random
) -> None:
    async def run(proxy: Proxy) -> None:
        await asyncio.to_thread(own_house.start)
        crowd = await gather_crowd(own_house, journal, dice, customers=1)
        guest, agent = crowd.customers[0], crowd.agents[0]
        guest.port = proxy.port
        async with listening(guest):
            await _until(lambda: guest.after >= 2)
            proxy.go_silent()
            for number in range(10):
                assert await agent.send(f"Are you there? {number}") is not None
            before = guest.after
            await asyncio.sleep(0.5)
            assert guest.after == before, "nothing can have come through a line that is silent"
            proxy.heal()  # What a client does that misses the keep-alive of 25 s: it hangs up and comes back.
            await stay_to_the_end(own_house, guest)
        assert guest.streams >= 2

    with Proxy(tcp(own_house.port)) as proxy:
        asyncio.run(run(proxy))
    assert_clean(journal, own_house.database_url)


def test_f17_a_herd_that_comes_back_at_once_is_served(own_house: House, journal: Journal, dice: random.Random) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 3 * HERD + 500)), hard))

    async def run() -> tuple[float, list[int], int]:
        await asyncio.to_thread(own_house.start)
        crowd = await gather_crowd(own_house, journal, dice, customers=2)
        for guest in crowd.customers:
            await guest.send("Everybody missed this.")
        herd = await asyncio.to_thread(_herd, own_house, journal, dice, crowd.customers)
        await asyncio.to_thread(own_house.stop)
        await asyncio.to_thread(own_house.start)
        begun = time.monotonic()
        async with listening(*herd):
            await _until(lambda: all(each.after >= 3 for each in herd), 60)
        return time.monotonic() - begun, [status for each in herd for status in each.statuses], sum(each.streams for each in herd)

    took, statuses, served = asyncio.run(run())
    print(f"{HERD} clients were served {took:.1f} s after they came back; refused meanwhile: {len(statuses)}")
    assert set(statuses) <= {503}, "only the admission's 503 is allowed"
    assert len(statuses) < (served + len(statuses)) / 100, "fewer than one answer in a hundred is a 5xx"
    assert took < 60
    assert_clean(journal, own_house.database_url)


def _herd(house: House, journal: Journal, dice: random.Random, guests: list[Customer]) -> list[Client]:
    """Make many browsers, each with a session of its own, that watch two conversations."""
    herd: list[Client] = []
    insert = (
        "INSERT INTO customers_guestsession (customer_id, public_id, site_key, visitor, generation, created_at, used_at) "
        "SELECT customer_id, %s, 'site_demo', '', 1, now(), now() FROM conversations_conversation WHERE public_id = %s "
        "RETURNING customer_id"
    )
    with psycopg.connect(house.database_url) as connection:
        for number in range(HERD):
            watched, session = guests[number % len(guests)].conversation, new_public_id()
            row = connection.execute(insert, [session, watched]).fetchone()
            assert row is not None
            detail = {"customer": row[0], "site": "site_demo", "conversations": {}}
            token = sign(house, subject=f"guest:{session}", topics=[f"p:{row[0]}"], door="widget", detail=detail)
            herd.append(Client(f"herd-{number}", house, journal, random.Random(dice.random()), watched, token))
    return herd


def test_f18_a_client_that_does_not_read_is_sent_away_and_nobody_else_waits(
    own_house: House, journal: Journal, dice: random.Random
) -> None:
    async def run() -> list[float]:
        await asyncio.to_thread(own_house.start)
        crowd = await gather_crowd(own_house, journal, dice, customers=12)
        watched = crowd.customers[0].conversation
        slow = await wire.open_stream(
            own_house.port, f"/live/stream?after=0&watch={watched}", token=token_of_agent(own_house), receive_buffer=4096
        )
        delays: list[float] = []
        async with listening(crowd.agents[0]):
            for number in range(15):
                begun = time.monotonic()
                await asyncio.gather(*(guest.send(f"{number} " + "字" * 7900) for guest in crowd.customers))
                said = await crowd.customers[0].send(f"after {number}")
                assert said is not None
                await crowd.agents[0].catch_up(said["seq"])
                delays.append(time.monotonic() - begun)
            await stay_to_the_end(own_house, crowd.agents[0])
        async with asyncio.timeout(20):
            reasons = [data["reason"] async for event, data in slow.frames() if event == "bye"]
        slow.close()
        assert reasons in (["slow"], []), reasons  # Told, or cut where even that was not taken.
        return delays

    delays = asyncio.run(run())
    assert max(delays) < 5, delays
    assert_clean(journal, own_house.database_url)
