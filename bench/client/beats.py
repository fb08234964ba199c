"""Signs of life: whoever listens at a desk answers the beats of its stream, or is taken for gone after 45 seconds."""

import asyncio
from collections import deque
from collections.abc import Sequence

from bench.client.people import Person
from bench.wire import Poster

_SIGN = b'{"alive":true}'


class Beats:
    """Answers one beat after the other over a connection of its own."""

    def __init__(self, port: int, people: Sequence[Person]) -> None:
        self._port = port
        self._posts = {one.number: one.post.replace(b"/live/send", b"/live/signal", 1) for one in people}
        self._waiting: deque[bytes] = deque()
        self._poster: Poster | None = None
        self._work: asyncio.Task[None] | None = None

    def answer(self, number: int) -> None:
        """Answer a beat that came to somebody's stream."""
        self._waiting.append(b"%b%d\r\n\r\n%b" % (self._posts[number], len(_SIGN), _SIGN))
        if self._work is None or self._work.done():
            self._work = asyncio.get_running_loop().create_task(self._pour())

    async def _pour(self) -> None:
        while self._waiting:
            # A connection that was quiet since the last beats has been closed by the server.
            if await self._post(self._waiting[0]) == -1:
                self._poster = None
                if await self._post(self._waiting[0]) == -1:
                    raise RuntimeError("no sign of life was taken")
            self._waiting.popleft()

    async def _post(self, request: bytes) -> int:
        loop = asyncio.get_running_loop()
        if self._poster is None:
            _, self._poster = await loop.create_connection(Poster, "127.0.0.1", self._port)
        answered: asyncio.Future[int] = loop.create_future()
        self._poster.post(request, answered.set_result)
        return await answered
