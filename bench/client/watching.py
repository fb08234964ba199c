"""An event stream whose every frame is looked at, as a page looks at it."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any, cast

Taken = Callable[[str, Any, float], None]


class Watch(asyncio.Protocol):
    """One stream; `take(event, data, at)` is called for each frame. `ended` resolves to its status when it is over."""

    def __init__(self, request: bytes, take: Taken) -> None:
        self._request, self._take = request, take
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.status = 0
        self._rest = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        at = time.monotonic()
        data = self._rest + data
        if not self.status:
            head, end, data_behind = data.partition(b"\r\n\r\n")
            if not end:
                self._rest = data
                return
            self.status, data = int(head[9:12]), data_behind
            if self.status != 200:
                self.cut()
                return
        *whole, self._rest = data.split(b"\n\n")
        for frame in whole:
            self._read(frame, at)

    def _read(self, frame: bytes, at: float) -> None:
        # Every piece that a stream is sent in stands between the lines of a chunk, which no field looks like.
        fields = dict(line.split(b": ", 1) for line in frame.split(b"\n") if b": " in line and not line.startswith(b":"))
        if b"event" in fields and b"data" in fields:
            self._take(fields[b"event"].strip().decode(), json.loads(fields[b"data"]), at)
            if fields[b"event"].strip() == b"bye":
                # The answer ends here; its connection would stay open for whoever asks for something else.
                self.cut()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_result(self.status or -1)

    def cut(self) -> None:
        """Leave."""
        if self._transport is not None:
            self._transport.abort()


async def watch(port: int, number: int, token: str, query: str, take: Taken) -> Watch:
    """Open a stream from one of a few addresses of this machine."""
    head = (
        f"GET /live/stream{query} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nauthorization: Bearer {token}\r\naccept: text/event-stream\r\n\r\n"
    )
    loop = asyncio.get_running_loop()
    source = (f"127.0.0.{2 + number % 8}", 0)
    _, stream = await loop.create_connection(lambda: Watch(head.encode(), take), "127.0.0.1", port, local_addr=source)
    return stream
