"""Many streams: at rest, and all coming back at once."""

import asyncio
import gc
import json
import sys
import time
from collections import Counter
from typing import Any

from bench.client.ears import Ears, connect_stream
from bench.client.people import Person, guest
from bench.client.shares import share


async def idle(plan: dict[str, Any]) -> dict[str, Any]:
    """Open streams in steps; after each tell how many are open and wait for a line before going on."""
    ears = Ears(plan["port"])
    statuses: Counter[int] = Counter()
    loop = asyncio.get_running_loop()
    done = 0
    begun = time.monotonic()
    for step in plan["steps"]:
        people = [guest(number, plan, plan["guests"][number]) for number in range(done, step)]
        statuses += await ears.open(people)
        done = step
        gc.collect()
        print(json.dumps({"open": statuses[200]}), flush=True)
        await loop.run_in_executor(None, sys.stdin.readline)
    ears.close()
    return {"opened": dict(statuses), "seconds": time.monotonic() - begun}


async def come_back(plan: dict[str, Any]) -> dict[str, Any]:
    """Let everybody connect in the same instant, and wait until each has the entries they missed; who is refused asks again."""
    people = [guest(number, plan, one) for number, one in enumerate(plan["guests"])]
    statuses: Counter[int] = Counter()
    gc.disable()
    begun = time.monotonic()

    async def one(person: Person) -> tuple[float, int]:
        while True:
            stream = await connect_stream(plan["port"], person, lambda *_: None)
            status = await stream.opened
            statuses[status] += 1
            if status == 200:
                while stream.entries < plan["missed"]:
                    await asyncio.sleep(0.005)
                return time.monotonic() - begun, stream.entries
            await asyncio.sleep(1)

    async with asyncio.timeout(60):
        served = await asyncio.gather(*(one(person) for person in people))
    seconds = [moment for moment, _ in served]
    return {"seconds": max(seconds), "p50": share(seconds, 0.5) / 1000, "entries": sum(n for _, n in served), "statuses": dict(statuses)}
