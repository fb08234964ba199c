"""Lets customers come, at a chosen rate, until told to stop."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from random import Random

import httpx

from vigil.demo.identifiers import fill_words
from vigil.demo.traffic.door import Door, Turned
from vigil.demo.traffic.pace import dice, seconds_to_next
from vigil.demo.traffic.visitor import Visitor
from vigil.demo.world.loader import load_world
from vigil.demo.world.schema import Script
from vigil.kernel import clock

_ZONES = {
    "en": "Europe/London",
    "zh-Hans": "Asia/Singapore",
    "zh-Hant": "Asia/Taipei",
    "ru": "Asia/Almaty",
    "vi": "Asia/Ho_Chi_Minh",
    "tr": "Europe/Istanbul",
    "pt": "America/Sao_Paulo",
    "es": "America/Bogota",
    "id": "Asia/Jakarta",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
}


async def play(
    base_url: str,
    *,
    site: str,
    brand: str,
    say: Callable[[str], None],
    per_minute: float = 4.0,
    at_once: int = 30,
    for_seconds: float | None = None,
    patience_seconds: float = 600.0,
    seed: int = 20251010,
    transport: httpx.AsyncBaseTransport | None = None,
) -> int:
    """Let customers come until `for_seconds` are over (None: until cancelled) and tell how many came.

    `site` is the key of a site of the profile whose origins hold `base_url`. The same seed brings the same people in the
    same order. What a customer meets is told through `say`, one English line a step, never a word of a conversation.
    """
    rng, room = dice(seed), asyncio.Semaphore(at_once)
    scripts, here = load_world().scripts, set[asyncio.Task[None]]()
    came = 0
    headers = {"origin": base_url.rstrip("/")}
    ends_at = None if for_seconds is None else clock.monotonic() + for_seconds
    # Our own front door, not somebody else's address: the guarded way out would refuse this machine.
    async with (
        httpx.AsyncClient(base_url=base_url, headers=headers, timeout=20.0, trust_env=False, transport=transport) as client,
        asyncio.TaskGroup() as guests,
    ):
        while ends_at is None or clock.monotonic() < ends_at:
            await room.acquire()
            came += 1
            script = _personal(rng.choice(scripts), brand=brand, rng=rng)
            door = Door(client, site=site, language=script.language, zone=_ZONES[script.language])
            visitor = Visitor(door, script, dice(rng.random()), patience_seconds=patience_seconds)
            guest = guests.create_task(_receive(visitor, f"{came} ({script.language}, {script.topic})", say))
            here.add(guest)
            guest.add_done_callback(here.discard)
            guest.add_done_callback(lambda _: room.release())
            await asyncio.sleep(seconds_to_next(per_minute, rng))
        for guest in here:
            guest.cancel()
    return came


async def _receive(visitor: Visitor, name: str, say: Callable[[str], None]) -> None:
    say(f"Customer {name} comes in.")
    try:
        content = await visitor.visit()
    except (Turned, httpx.HTTPError) as trouble:
        say(f"Customer {name} could not get through: {type(trouble).__name__}.")
    else:
        say(f"Customer {name} leaves content." if content else f"Customer {name} waited too long and leaves.")


def _personal(script: Script, *, brand: str, rng: Random) -> Script:
    uid, now, shift = str(70_000_000 + rng.randrange(9_999_999)), clock.now(), rng.randrange(1_000, 1_000_000)

    def fill(text: str) -> str:
        return fill_words(text, uid=uid, brand=brand, began_at=now, shift=shift)

    opening, follow_ups = tuple(map(fill, script.opening)), tuple(map(fill, script.follow_ups))
    return replace(script, opening=opening, follow_ups=follow_ups, thanks=fill(script.thanks))
