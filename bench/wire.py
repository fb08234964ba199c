"""The two kinds of connection of the load client: as little parsing as lets it know what arrived when."""

import asyncio
import re
import time
from collections.abc import Callable
from typing import cast

MARK = re.compile(rb"~m(\d+)~")
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_ENTRY = b"\nevent: entry\n"
_BEAT = b"event: beat\n"


class Stream(asyncio.Protocol):
    """One open event stream. `heard(stream, number, at)` is called for each marked message that arrives, `beaten(number)` for a beat."""

    __slots__ = ("_heard", "_rest", "_transport", "beaten", "entries", "number", "opened", "request", "status")

    def __init__(self, number: int, request: bytes, heard: Callable[["Stream", int, float], None]) -> None:
        self.beaten: Callable[[int], None] | None = None
        self.number, self.request, self._heard = number, request, heard
        self.opened: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.status = self.entries = 0
        self._rest = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)
        self._transport.write(self.request)
        self.request = b""

    def data_received(self, data: bytes) -> None:
        at = time.monotonic()
        data = self._rest + data if self._rest else data
        if not self.status:
            if b"\r\n\r\n" not in data:
                self._rest = data
                return
            self.status = int(data.split(b" ", 2)[1])
        whole = data.rfind(b"\n\n") + 2
        self.entries += data.count(_ENTRY, 0, whole)
        for found in MARK.finditer(data, 0, whole):
            self._heard(self, int(found[1]), at)
        if self.beaten is not None and data.find(_BEAT, 0, whole) >= 0:
            self.beaten(self.number)
        self._rest = data[whole:]
        if not self.opened.done() and (self.status != 200 or b"event: hello" in data):
            self.opened.set_result(self.status)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_result(self.status or -1)

    def close(self) -> None:
        """Leave."""
        if self._transport is not None:
            self._transport.abort()


class Poster(asyncio.Protocol):
    """One kept-alive connection that carries one post at a time."""

    __slots__ = ("_done", "_rest", "_transport")

    def __init__(self) -> None:
        self._done: Callable[[int], None] | None = None
        self._rest = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)

    def post(self, request: bytes, done: Callable[[int], None]) -> None:
        """Send a whole request; `done(status)` is called when the whole answer is there, with -1 for none."""
        self._done = done
        if self._transport is None or self._transport.is_closing():
            self._finish(-1)
        else:
            self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        head = data.find(b"\r\n\r\n")
        if head >= 0:
            length = _LENGTH.search(data, 0, head)
            if len(data) >= head + 4 + (int(length[1]) if length else 0):
                self._rest = b""
                self._finish(int(data[9:12]))
                return
        self._rest = data

    def connection_lost(self, exc: Exception | None) -> None:
        self._finish(-1)

    def _finish(self, status: int) -> None:
        done, self._done = self._done, None
        if done is not None:
            done(status)
