"""A cache between customers and the house: greedier than any that is sold, for it keeps whatever it is not told not to keep."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.faults import wire

_NOT_FORWARDED = {"connection", "content-length", "host"}


@dataclass
class Cache:
    """Keeps answers by their address alone, and forgets who asked; `given` counts what came from the shelf."""

    upstream: int
    port: int = 0
    given: int = 0
    shelf: dict[str, wire.Answer] = field(default_factory=dict)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request, from the shelf where it can."""
        try:
            method, path, _ = (await reader.readline()).decode().split(" ", 2)
            headers = {}
            while (line := await reader.readline()) not in {b"\r\n", b""}:
                name, _, value = line.decode("latin-1").partition(":")
                headers[name.strip().lower()] = value.strip()
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            writer.write(_written(await self._answer(method, path, headers, body)))
            await writer.drain()
        finally:
            writer.close()

    async def _answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> wire.Answer:
        if method == "GET" and path in self.shelf:
            self.given += 1
            return self.shelf[path]
        onward = {name: value for name, value in headers.items() if name not in _NOT_FORWARDED}
        answer = await wire.ask(self.upstream, method, path, body or None, headers=onward)
        if method == "GET" and "no-store" not in answer.headers.get("cache-control", ""):
            self.shelf[path] = answer
        return answer


@asynccontextmanager
async def caching(upstream: int) -> AsyncIterator[Cache]:
    """Run a cache before the house on port `upstream`."""
    cache = Cache(upstream)
    server = await asyncio.start_server(cache.serve, "127.0.0.1", 0)
    cache.port = server.sockets[0].getsockname()[1]
    try:
        yield cache
    finally:
        server.close()


def _written(answer: wire.Answer) -> bytes:
    kept = {name: value for name, value in answer.headers.items() if name not in {"transfer-encoding", "connection", "content-length"}}
    lines = [f"{name}: {each}" for name, value in kept.items() for each in value.split("\n")]
    head = [f"HTTP/1.1 {answer.status} Said", *lines, f"content-length: {len(answer.body)}", "connection: close", "", ""]
    return "\r\n".join(head).encode("latin-1") + answer.body
