"""F14, F15: the bell is cut, emptied or loses what it is told; delivery goes on and nothing is lost."""

import asyncio
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults.clients import listening, stay_to_the_end
from tests.faults.history import Journal, assert_clean
from tests.faults.load import Crowd, gather_crowd
from tests.faults.proxy import Proxy, tcp
from tests.houses import House, free_port


@contextmanager
def _redis(port: int) -> Iterator["subprocess.Popen[bytes]"]:
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    assert program is not None, "install redis-server (or valkey-server): the second driver of the bell is tested against a real one"
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def _delay(crowd: Crowd, text: str) -> float:
    """Tell how long it takes until everybody who listens to the first conversation was shown what is said now."""
    guest, agent = crowd.customers[0], crowd.agents[0]
    said = await guest.send(text)
    assert said is not None
    begun = time.monotonic()
    while agent.after < said["seq"] or guest.after < said["seq"]:
        await asyncio.sleep(0.01)
        assert time.monotonic() - begun < 12, "never shown"
    return time.monotonic() - begun


def test_f14_with_redis_killed_flushed_or_cut_delivery_goes_on(own_house: House, journal: Journal, dice: random.Random) -> None:
    port = free_port()

    async def run(proxy: Proxy) -> dict[str, float]:
        delays = {}
        with _redis(port) as redis:
            await asyncio.to_thread(own_house.start)
            crowd = await gather_crowd(own_house, journal, dice, customers=2)
            async with listening(*crowd.everybody):
                delays["well"] = await _delay(crowd, "All is well.")
                proxy.drop_connections()
                delays["cut"] = await _delay(crowd, "The line was cut.")
                redis.kill()
                await asyncio.to_thread(redis.wait)
                delays["killed"] = await _delay(crowd, "Redis is dead.")
                with _redis(port):  # It comes back empty.
                    await asyncio.sleep(4)
                    delays["empty"] = await _delay(crowd, "Redis is back, and knows nothing.")
                await stay_to_the_end(own_house, *crowd.everybody)
        return delays

    with Proxy(tcp(port)) as proxy:
        own_house.settings["REDIS_URL"] = f"redis://127.0.0.1:{proxy.port}/0"
        delays = asyncio.run(run(proxy))
    assert delays["well"] < 1, delays
    assert max(delays.values()) <= 5, delays
    assert delays["empty"] < 1, delays
    assert_clean(journal, own_house.database_url)


@pytest.mark.parametrize("driver", ["notify"])
def test_f15_when_every_bell_is_lost_everything_still_arrives_within_ten_seconds(
    driver: str, own_house: House, journal: Journal, dice: random.Random
) -> None:
    own_house.program = ("-m", "tests.faults.broken")
    own_house.settings["VIGIL_TEST_BREAK"] = "bell"

    async def run() -> float:
        await asyncio.to_thread(own_house.start)
        crowd = await gather_crowd(own_house, journal, dice, customers=1)
        async with listening(*crowd.everybody):
            await asyncio.sleep(0.3)
            took = await _delay(crowd, f"Nobody rang by {driver}.")
            await stay_to_the_end(own_house, *crowd.everybody)
        return took

    assert asyncio.run(run()) <= 10
    assert_clean(journal, own_house.database_url)
