"""A proxy that can be told to misbehave: it cuts, delays, goes silent, or loses the answer to a COMMIT."""

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Upstream = Callable[[], Awaitable[Pair]]


def tcp(port: int, host: str = "127.0.0.1") -> Upstream:
    """Lead to a port of this machine."""
    return lambda: asyncio.open_connection(host, port)


def postgres(url: str) -> Upstream:
    """Lead to the server of a DATABASE_URL, socket or port."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    host = asked.get("host", [unquote(parts.hostname or "127.0.0.1")])[0]
    port = int(parts.port or asked.get("port", ["5432"])[0])
    return (lambda: asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")) if host.startswith("/") else tcp(port, host)


def through(url: str, port: int) -> str:
    """Write the DATABASE_URL that leads through a proxy on `port`."""
    parts = urlsplit(url)
    user = parts.netloc.rpartition("@")[0]
    return f"{parts.scheme}://{user + '@' if user else ''}127.0.0.1:{port}{parts.path}"


class Proxy:
    """Listens on a port of its own, in a thread of its own, while the block runs; every order takes effect at once."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._loop = asyncio.new_event_loop()
        self._ready, self._ended = threading.Event(), asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)
        self._writers: set[asyncio.StreamWriter] = set()
        self._closed = self._silent = False
        self._delay = 0.0
        self._lose = b""
        self._to_lose = 0
        self.lost = 0
        self.connections = 0
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(5)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(5)

    def cut(self) -> None:
        """Reset every connection and refuse new ones until healed."""

        def change() -> None:
            self._closed = True
            self._hang_up()

        self._do(change)

    def drop_connections(self) -> None:
        """Reset every connection; new ones are let through."""
        self._do(self._hang_up)

    def go_silent(self) -> None:
        """Swallow everything in both directions, connections stay open: a network that vanished."""
        self._do(lambda: setattr(self, "_silent", True))

    def slow_down(self, seconds: float) -> None:
        """Hold back each piece by so many seconds."""
        self._do(lambda: setattr(self, "_delay", seconds))

    def lose_answer_to(self, words: bytes, times: int = 1) -> None:
        """Let the client's next `times` pieces with `words` through, then drop the answer and the connection."""

        def change() -> None:
            self._lose, self._to_lose = words, times

        self._do(change)

    def heal(self) -> None:
        """Behave again; connections that went silent are reset, as a network that comes back does."""

        def change() -> None:
            if self._silent:
                self._hang_up()
            self._closed = self._silent = False
            self._delay, self._to_lose = 0.0, 0

        self._do(change)

    def _do(self, change: Callable[[], object]) -> None:
        done = threading.Event()

        def act() -> None:
            change()
            done.set()

        self._loop.call_soon_threadsafe(act)
        assert done.wait(5)

    def _hang_up(self) -> None:
        for writer in tuple(self._writers):
            writer.transport.abort()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._ended.wait()
        server.close()
        self._hang_up()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        if self._closed:
            writer.transport.abort()
            return
        try:
            up_reader, up_writer = await self._upstream()
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, up_writer}
        marked = asyncio.Event()
        with contextlib.suppress(asyncio.CancelledError):
            ways = (self._up(reader, up_writer, marked), self._down(up_reader, writer, marked))
            tasks = [asyncio.create_task(way) for way in ways]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for each in (writer, up_writer):
            self._writers.discard(each)
            each.transport.abort()

    async def _up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, marked: asyncio.Event) -> None:
        while piece := await reader.read(65536):
            if self._to_lose > 0 and self._lose in piece:
                self._to_lose -= 1
                marked.set()
            await self._pass(piece, writer)

    async def _down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, marked: asyncio.Event) -> None:
        while piece := await reader.read(65536):
            if marked.is_set():
                self.lost += 1
                return
            await self._pass(piece, writer)

    async def _pass(self, piece: bytes, writer: asyncio.StreamWriter) -> None:
        if self._delay:
            await asyncio.sleep(self._delay)
        if not self._silent:
            writer.write(piece)
            await writer.drain()
