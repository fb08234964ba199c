"""What stands between a browser and us: a proxy that holds every answer back until it is whole, or a wall that answers in our place."""

import asyncio
import contextlib
import re
import threading
from types import TracebackType
from typing import Self

HELD = 64 * 1024  # bytes that a proxy holds before it passes any on
_KEPT_OPEN = re.compile(rb"\r\n(?:connection|keep-alive):[^\r]*", re.IGNORECASE)
_HOTEL = b"<!doctype html><title>Hotel</title><h1>Please log in.</h1>"


class Between:
    """Listens on 127.0.0.1 until closed; each connection carries one request. Whatever is changed counts from the next request on."""

    def __init__(self) -> None:
        self.port = 0
        self.upstream = 0  # the port that it leads to
        self.holds = False  # answers until they are whole, or HELD bytes of them are there
        self.walls: tuple[str, ...] = ()  # what the paths begin with that it answers itself,
        self.how = "page"  # and how: "page", "kept" (a page that may be kept), "cut" (not at all)
        self.asked: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="between", daemon=True)

    @property
    def url(self) -> str:
        """Tell the address that a browser goes to."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(5)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(5)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        server.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, EOFError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            self.asked.append(path)
            if self.walls and path.startswith(self.walls):
                await self._answer(writer)
            else:
                await self._pass(head, reader, writer)
        writer.transport.abort() if self.how == "cut" and self.walls else writer.close()

    async def _answer(self, writer: asyncio.StreamWriter) -> None:
        if self.how == "cut":
            return
        kept = b"Cache-Control: public, max-age=600\r\n" if self.how == "kept" else b""
        size = b"Content-Length: %d\r\n" % len(_HOTEL)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n" + size + kept + b"\r\n" + _HOTEL)
        await writer.drain()

    async def _pass(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        up_writer.write(_KEPT_OPEN.sub(b"", head[:-4]) + b"\r\nConnection: close\r\n\r\n")
        ways = [asyncio.create_task(_carry_up(reader, up_writer)), asyncio.create_task(self._carry_down(up_reader, writer))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            up_writer.transport.abort()

    async def _carry_down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held = b""
        while piece := await reader.read(65536):
            held += piece
            if not self.holds or len(held) >= HELD:
                writer.write(held)
                await writer.drain()
                held = b""
        writer.write(held)
        await writer.drain()


async def _carry_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(65536):
        writer.write(piece)
        await writer.drain()
