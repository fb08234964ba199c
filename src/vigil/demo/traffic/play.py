"""Lets customers come, at a chosen rate, until told to stop."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
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
    headers = {"origin": base_url.rstrip("/")}
    # Our own front door, not somebody else's address: the guarded way out would refuse this machine.
    async with (
        httpx.AsyncClient(base_url=base_url, headers=headers, timeout=20.0, trust_env=False, transport=transport) as client,
        asyncio.TaskGroup() as guests,
    ):
        crowd = _Crowd(client, guests, site=site, brand=brand, say=say, at_once=at_once, patience_seconds=patience_seconds, seed=seed)
        with suppress(TimeoutError):
            async with asyncio.timeout(for_seconds):
                await crowd.come(per_minute)
        crowd.go()
    return crowd.came


class _Crowd:
    """The customers who are in, and the chance that decides who comes next."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        guests: asyncio.TaskGroup,
        *,
        site: str,
        brand: str,
        say: Callable[[str], None],
        at_once: int,
        patience_seconds: float,
        seed: int,
    ) -> None:
        self.came = 0
        self._client, self._guests, self._site, self._brand, self._say = client, guests, site, brand, say
        self._patience = patience_seconds
        self._room = asyncio.Semaphore(at_once)
        self._dice = dice(seed)
        self._scripts = load_world().scripts
        self._here: set[asyncio.Task[None]] = set()

    async def come(self, per_minute: float) -> None:
        while True:
            await self._room.acquire()
            self._let_in(_personal(self._dice.choice(self._scripts), brand=self._brand, rng=self._dice))
            await asyncio.sleep(seconds_to_next(per_minute, self._dice))

    def go(self) -> None:
        for guest in self._here:
            guest.cancel()

    def _let_in(self, script: Script) -> None:
        self.came += 1
        door = Door(self._client, site=self._site, language=script.language, zone=_ZONES[script.language])
        visitor = Visitor(door, script, dice(self._dice.random()), patience_seconds=self._patience)
        guest = self._guests.create_task(_receive(visitor, f"{self.came} ({script.language}, {script.topic})", self._say))
        self._here.add(guest)
        guest.add_done_callback(self._here.discard)
        guest.add_done_callback(lambda _: self._room.release())


async def _receive(visitor: Visitor, name: str, say: Callable[[str], None]) -> None:
    say(f"Customer {name} comes in.")
    try:
        content = await visitor.visit()
    except (Turned, httpx.HTTPError) as trouble:
        say(f"Customer {name} could not get through: {_plainly(trouble)}.")
    else:
        say(f"Customer {name} leaves content." if content else f"Customer {name} waited too long and leaves.")


def _plainly(trouble: Exception) -> str:
    # Of other people's exceptions only the kind is told: what they say may quote the words that were sent.
    return str(trouble) if isinstance(trouble, Turned) else type(trouble).__name__


def _personal(script: Script, *, brand: str, rng: Random) -> Script:
    uid, now, shift = str(70_000_000 + rng.randrange(9_999_999)), clock.now(), rng.randrange(1_000, 1_000_000)

    def fill(text: str) -> str:
        return fill_words(text, uid=uid, brand=brand, began_at=now, shift=shift)

    opening, follow_ups = tuple(map(fill, script.opening)), tuple(map(fill, script.follow_ups))
    return replace(script, opening=opening, follow_ups=follow_ups, thanks=fill(script.thanks))
