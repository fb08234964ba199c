"""Load as the fault tests need it: a few customers and an agent who talk without pause while something breaks."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass

from tests.faults.clients import Agent, Client, Customer, listening, stay_to_the_end
from tests.faults.history import Journal
from tests.houses import House


@dataclass
class Crowd:
    """Customers, each in a conversation of their own, and an agent who answers them in turn."""

    customers: list[Customer]
    agents: list[Agent]

    @property
    def everybody(self) -> list[Client]:
        return [*self.customers, *self.agents]

    async def talk(self, dice: random.Random, until: asyncio.Event, pause: float = 0.08) -> None:
        """Let everybody send, one thing after the other, until the event is set and the last outcome is known."""
        await asyncio.gather(*(_talk(client, dice, until, pause) for client in self.everybody))


async def gather_crowd(house: House, journal: Journal, dice: random.Random, customers: int = 6) -> Crowd:
    """Let customers come and open their conversations; an agent watches the first half of them."""
    guests = [Customer(f"customer-{number}", house, journal, random.Random(dice.random())) for number in range(customers)]
    await asyncio.gather(*(guest.arrive() for guest in guests))
    staff = []
    for number, guest in enumerate(guests[: max(1, customers // 2)]):
        agent = Agent(f"agent-{number}", house, journal, random.Random(dice.random()), conversation=guest.conversation)
        await agent.refresh()
        staff.append(agent)
    return Crowd(guests, staff)


@contextlib.asynccontextmanager
async def talking(crowd: Crowd, dice: random.Random, pause: float = 0.08) -> AsyncIterator[None]:
    """Let a crowd talk and listen while the block runs; after it everybody is shown everything."""
    until = asyncio.Event()
    async with listening(*crowd.everybody):
        talk = asyncio.create_task(crowd.talk(dice, until, pause))
        try:
            yield
        finally:
            until.set()
            await talk
        await stay_to_the_end(crowd.customers[0].house, *crowd.everybody)


async def _talk(client: Client, dice: random.Random, until: asyncio.Event, pause: float) -> None:
    count = 0
    while not until.is_set():
        count += 1
        words = f"{client.name} says number {count}."
        if isinstance(client, Agent):
            await client.send(words, kind="note" if count % 3 == 0 else "reply")
        else:
            await client.send(words)
        await asyncio.sleep(pause * dice.uniform(0.2, 1.8))
