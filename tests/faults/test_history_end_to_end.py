"""The checker against a real house with a defence removed: what it would find in the product, it finds here."""

import asyncio
import random
from collections.abc import Callable

from tests.faults import wire
from tests.faults.clients import Customer, listening, new_key, stay_to_the_end
from tests.faults.history import Journal, check, read_stored
from tests.houses import House

BROKEN = ("-m", "tests.faults.broken")


async def _send_twice(customer: Customer) -> None:
    """Send as a client does whose first answer got lost: the same key again."""
    key = new_key(customer.dice)
    customer.journal.note("invoke", customer.name, key=key)
    for _ in range(2):
        answer: wire.Answer = await customer.ask(
            "POST", "/live/send", {"conversation": customer.conversation, "key": key, "text": "Are you there?"}
        )
        said = answer.json()
        customer.journal.note("ok", customer.name, key=key, conversation=said["conversation"], seq=said["seq"])


async def _visit(house: House, journal: Journal, dice: random.Random, act: Callable[[Customer], object]) -> None:
    await asyncio.to_thread(house.start)
    customer = Customer("ada", house, journal, dice)
    await customer.arrive()
    async with listening(customer):
        result = act(customer)
        if asyncio.iscoroutine(result):
            await result
        await stay_to_the_end(house, customer, within=3)


async def _send_some(customer: Customer) -> None:
    for number in range(10):
        await customer.send(f"number {number}")


def test_a_server_that_forgets_keys_is_caught_doubling(own_house: House, journal: Journal, dice: random.Random) -> None:
    own_house.program = BROKEN
    own_house.settings["VIGIL_TEST_BREAK"] = "keys"
    asyncio.run(_visit(own_house, journal, dice, _send_twice))
    report = check(journal, read_stored(own_house.database_url))
    assert len(report.doubled) == 1, str(report)


def test_a_server_that_acknowledges_before_the_commit_is_caught_losing(own_house: House, journal: Journal, dice: random.Random) -> None:
    own_house.program = BROKEN
    own_house.settings["VIGIL_TEST_BREAK"] = "commit"
    asyncio.run(_visit(own_house, journal, dice, _send_some))
    report = check(journal, read_stored(own_house.database_url))
    assert report.lost, str(report)


def test_the_same_visit_to_a_sound_server_is_clean(own_house: House, journal: Journal, dice: random.Random) -> None:
    async def both(customer: Customer) -> None:
        await _send_twice(customer)
        await _send_some(customer)

    asyncio.run(_visit(own_house, journal, dice, both))
    report = check(journal, read_stored(own_house.database_url))
    assert report.is_clean, str(report)
