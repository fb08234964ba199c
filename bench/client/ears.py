"""Open streams, and when which message was heard on them."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from bench.client.people import Person
from bench.wire import Stream

OPENING_AT_ONCE = 200
_ADDRESSES = 8  # Loopback addresses to come from, so that ports do not run out.
_SETTLE_SECONDS = 10.0


class Ears:
    """Holds the streams and knows when which message was heard by whom it was for."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.streams: list[Stream] = []
        self.sent_at: list[float] = []
        self.receiver: list[int] = []
        self.heard_at: list[float] = []
        self.doubled = 0

    def expect(self, receiver: int) -> int:
        """Announce a message that is sent now; gives its number."""
        self.receiver.append(receiver)
        self.heard_at.append(0.0)
        self.sent_at.append(time.monotonic())
        return len(self.sent_at) - 1

    def hear(self, stream: Stream, number: int, at: float) -> None:
        """Note the arrival of a message, if it was for this stream."""
        if number < len(self.receiver) and self.receiver[number] == stream.number:
            if self.heard_at[number]:
                self.doubled += 1
            else:
                self.heard_at[number] = at

    async def open(self, people: Sequence[Person], *, at_once: int = OPENING_AT_ONCE) -> Counter[int]:
        """Open a stream for each of them; counts the statuses."""
        gate = asyncio.Semaphore(at_once)
        statuses: Counter[int] = Counter()

        async def one(person: Person) -> None:
            async with gate:
                stream = await connect_stream(self._port, person, self.hear)
                self.streams.append(stream)
                statuses[await stream.opened] += 1

        await asyncio.gather(*(one(person) for person in people))
        return statuses

    async def settle(self) -> None:
        """Wait until every message has been heard, as long as something may still come."""
        until = time.monotonic() + _SETTLE_SECONDS
        while time.monotonic() < until and not all(self.heard_at):
            await asyncio.sleep(0.05)

    def close(self) -> None:
        """Leave all streams."""
        for stream in self.streams:
            stream.close()


async def connect_stream(port: int, person: Person, heard: Any) -> Stream:
    """Open one stream from one of a few addresses of this machine."""
    source = (f"127.0.0.{2 + person.number % _ADDRESSES}", 0)
    loop = asyncio.get_running_loop()
    _, stream = await loop.create_connection(lambda: Stream(person.number, person.stream, heard), "127.0.0.1", port, local_addr=source)
    return stream
