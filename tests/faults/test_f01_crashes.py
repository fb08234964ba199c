"""F01, F02, I1, I5: the server is killed under load, at random moments and at every named place, and nothing is lost or doubled."""

import asyncio
import random
import signal

import pytest

from tests.faults.conftest import IS_SOAK
from tests.faults.history import Journal, assert_clean
from tests.faults.load import gather_crowd, talking
from tests.houses import House

SEEDS = range(1, 25) if IS_SOAK else range(1, 4)
LIVES = 6 if IS_SOAK else 2
# Each place, and how late the kill may come there: it is passed once a transaction, or once a text.
PLACES = {"conversations.before_commit": 12, "conversations.after_commit": 12, "safety.before_scan": 40, "": 0}


def _doom(seed: int, life: int, dice: random.Random, house: House) -> str:
    """Say where the house dies next: the lives of three seeds meet every place, before a commit (F02) and behind it (F01) among them."""
    place = [*PLACES][(seed + life) % len(PLACES)]
    if place:
        house.settings["VIGIL_FAULTS"] = f"{place}=kill@{dice.randint(1, PLACES[place])}"
    else:
        house.settings.pop("VIGIL_FAULTS", None)
    return place


async def _die(house: House, dice: random.Random) -> None:
    """Wait for the place to be passed; the plug is pulled after a while in any case."""
    await asyncio.sleep(dice.uniform(0.2, 1.0))
    assert house.server is not None
    if "VIGIL_FAULTS" in house.settings:
        for _ in range(100):
            if house.server.poll() is not None:
                break
            await asyncio.sleep(0.02)
    house.kill()


async def _run(seed: int, house: House, journal: Journal, dice: random.Random) -> None:
    await asyncio.to_thread(house.start)
    crowd = await gather_crowd(house, journal, dice)
    async with talking(crowd, dice):
        house.kill()
        for life in range(LIVES):
            place = _doom(seed, life, dice, house)
            await asyncio.to_thread(house.start, wait=False)
            await _until_alive(house)
            await _die(house, dice)
            assert house.server is not None
            journal.note("killed", "run", at=place or "random", by=house.server.returncode)
        house.settings.pop("VIGIL_FAULTS", None)
        await asyncio.to_thread(house.start)
        await asyncio.sleep(0.5)


async def _until_alive(house: House) -> None:
    """Wait until it answers or has died already, as it does when its fault is met at once."""
    assert house.server is not None
    for _ in range(400):
        if house.server.poll() is not None or (await asyncio.to_thread(house.health)).get("status") == "ok":
            return
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("seed", SEEDS)
def test_f01_f02_i1_i5_a_server_killed_under_load_loses_and_doubles_nothing(
    seed: int, own_house: House, journal: Journal, dice: random.Random
) -> None:
    asyncio.run(_run(seed, own_house, journal, dice))
    report = assert_clean(journal, own_house.database_url)
    killed = [line for line in journal.lines if line["what"] == "killed"]
    assert {line["by"] for line in killed} == {-signal.SIGKILL}, killed
    print(f"killed {len(killed)} times at {[line['at'] for line in killed]}, {journal.count('ok')} acknowledged\n{report}")
