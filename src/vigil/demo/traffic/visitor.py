"""One customer of the live traffic, from the first bubble to the thanks."""

import asyncio
from collections.abc import Mapping
from random import Random
from typing import Any

from vigil.demo.traffic.door import Door, Pause
from vigil.demo.traffic.pace import reading_seconds, typing_seconds
from vigil.demo.world.schema import Script

# After an answer, customers wait a moment in case a second one follows it.
_MORE_MAY_COME_SECONDS = 4.0


class Visitor:
    """Plays one script through one door; leaves after `patience_seconds` without an answer."""

    def __init__(self, door: Door, script: Script, rng: Random, *, patience_seconds: float, pause: Pause = asyncio.sleep) -> None:
        self._door = door
        self._script = script
        self._rng = rng
        self._patience = patience_seconds
        self._pause = pause
        self._heard: asyncio.Queue[str] = asyncio.Queue()

    async def visit(self) -> bool:
        """Play the script to its end and say whether every line was answered. Raises Turned and httpx.HTTPError."""
        await self._door.arrive()
        await self._begin()
        listening = asyncio.create_task(self._listen())
        try:
            for line in (*self._script.follow_ups, self._script.thanks):
                answer = await self._next_answer()
                if answer is None:
                    return False
                await self._pause(reading_seconds(answer, self._rng))
                await self._say(line)
            return True
        finally:
            listening.cancel()

    async def _begin(self) -> None:
        first, *more = self._script.opening
        await self._pause(typing_seconds(first, self._rng))
        await self._door.open(first)
        for bubble in more:
            await self._say(bubble)

    async def _say(self, text: str) -> None:
        await self._door.show_typing()
        await self._pause(typing_seconds(text, self._rng))
        await self._door.send(text)

    async def _listen(self) -> None:
        async for entry in self._door.answers():
            if _is_answer(entry):
                self._heard.put_nowait(str(entry.get("text", "")))

    async def _next_answer(self) -> str | None:
        try:
            answer = await asyncio.wait_for(self._heard.get(), self._patience)
        except TimeoutError:
            return None
        await self._pause(_MORE_MAY_COME_SECONDS)
        while not self._heard.empty():
            answer += "\n" + self._heard.get_nowait()
        return answer


def _is_answer(entry: Mapping[str, Any]) -> bool:
    return entry.get("kind") == "reply"
