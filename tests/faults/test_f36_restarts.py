"""F36: a rolling restart under load, over and over: every stream is told, every send is finished, nothing is lost."""

import asyncio
import random
import time

from tests.faults.conftest import IS_SOAK
from tests.faults.history import Journal, assert_clean
from tests.faults.load import gather_crowd, talking
from tests.houses import House

RESTARTS = 50 if IS_SOAK else 5


async def _restart(house: House) -> float:
    took = await asyncio.to_thread(house.stop)
    await asyncio.to_thread(house.start)
    return took


async def _run(house: House, journal: Journal, dice: random.Random) -> tuple[list[float], list[str]]:
    await asyncio.to_thread(house.start)
    crowd = await gather_crowd(house, journal, dice)
    took = []
    async with talking(crowd, dice):
        for _ in range(RESTARTS):
            await asyncio.sleep(dice.uniform(0.3, 0.7))
            took.append(await _restart(house))
    return took, [bye for client in crowd.everybody for bye in client.byes]


def test_f36_a_restart_tells_every_stream_ends_within_five_seconds_and_loses_nothing(
    own_house: House, journal: Journal, dice: random.Random
) -> None:
    begun = time.monotonic()
    took, byes = asyncio.run(_run(own_house, journal, dice))
    assert max(took) < 5.0, took
    assert set(byes) == {"restart"}, byes
    report = assert_clean(journal, own_house.database_url)
    print(f"{RESTARTS} restarts, {journal.count('ok')} acknowledged, {time.monotonic() - begun:.1f} s\n{report}")
