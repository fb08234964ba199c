"""HTTP as the tests need it: one connection a request, streams that can be left unread, nothing hidden by a library."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

JSON = {"content-type": "application/json"}


class Broken(Exception):
    """The connection ended before the answer did; what was asked for may or may not have happened."""


class Unreached(Broken):
    """Nobody listened: what was asked for has not happened."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def cookies(self) -> list[tuple[str, str]]:
        """List the cookies that were set; several are joined by line breaks."""
        pairs = [line.partition(";")[0].partition("=") for line in self.headers.get("set-cookie", "").split("\n") if line]
        return [(name, value) for name, _, value in pairs]

    def json(self) -> Any:
        return json.loads(self.body) if self.body else None

    @property
    def retry_after(self) -> float | None:
        value = self.headers.get("retry-after", "")
        return float(value) if value.isdigit() else None


@dataclass
class Stream:
    """An open event stream; iterate over it to get (event, data)."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    status: int
    headers: dict[str, str]
    _rest: bytes = field(default=b"")

    async def frames(self) -> AsyncIterator[tuple[str, Any]]:
        """Give the frames until the stream ends."""
        async for block in self._blocks():
            fields = dict(line.split(b": ", 1) for line in block.split(b"\n") if b": " in line and not line.startswith(b":"))
            if b"data" in fields:
                yield fields.get(b"event", b"message").decode(), json.loads(fields[b"data"])

    async def _blocks(self) -> AsyncIterator[bytes]:
        is_chunked = self.headers.get("transfer-encoding") == "chunked"
        while True:
            try:
                piece = await (self._chunk() if is_chunked else self.reader.read(65536))
            except (ConnectionError, asyncio.IncompleteReadError, ValueError):
                return
            if not piece:
                return
            self._rest += piece
            *whole, self._rest = self._rest.split(b"\n\n")
            for block in whole:
                yield block

    async def _chunk(self) -> bytes:
        size = int((await self.reader.readline()).strip() or b"0", 16)
        piece = await self.reader.readexactly(size)
        await self.reader.readline()
        return piece

    def close(self) -> None:
        """Hang up."""
        self.writer.close()


def request_bytes(method: str, path: str, body: bytes, headers: Mapping[str, str], host: str) -> bytes:
    """Write a request; a header given as empty is left out."""
    own = {"host": host, **({"content-length": str(len(body))} if body or method != "GET" else {})}
    lines = [f"{name}: {value}" for name, value in {**own, **headers}.items() if value != ""]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode() + body


async def connect(port: int, *, receive_buffer: int | None = None) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to this machine. Raises Unreached."""
    sock = socket.socket()
    sock.setblocking(False)
    if receive_buffer is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    try:
        await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port))
    except OSError as error:
        sock.close()
        raise Unreached from error
    # A slow reader must be slow: no buffer of ours may take what the test does not read.
    limit = 2**10 if receive_buffer is not None else 2**20
    return await asyncio.open_connection(sock=sock, limit=limit)


async def ask(
    port: int,
    method: str,
    path: str,
    body: Any = None,
    *,
    headers: Mapping[str, str] | None = None,
    within: float = 20.0,
    host: str = "",
) -> Answer:
    """Ask once on a connection of its own; `body` is bytes or becomes JSON. Raises Broken or Unreached."""
    raw = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    kind = JSON if body is not None and not isinstance(body, bytes) else {}
    written = request_bytes(method, path, raw, {**kind, "connection": "close", **(headers or {})}, host or f"127.0.0.1:{port}")
    try:
        async with asyncio.timeout(within):
            reader, writer = await connect(port)
            try:
                writer.write(written)
                await writer.drain()
                return await _read_answer(reader)
            finally:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()
    except Broken:
        raise
    except (OSError, EOFError, TimeoutError, ValueError) as error:
        raise Broken from error


async def open_stream(
    port: int, path: str, *, token: str, receive_buffer: int | None = None, headers: Mapping[str, str] | None = None
) -> Stream:
    """Open a stream and read its head; the status says whether it is one. Raises Broken or Unreached."""
    own = {"authorization": f"Bearer {token}", "accept": "text/event-stream", **(headers or {})}
    reader, writer = await connect(port, receive_buffer=receive_buffer)
    try:
        writer.write(request_bytes("GET", path, b"", own, f"127.0.0.1:{port}"))
        await writer.drain()
        async with asyncio.timeout(20):
            status, found = await read_head(reader)
    except (OSError, EOFError, TimeoutError, ValueError) as error:
        writer.close()
        raise Broken from error
    return Stream(reader, writer, status, found)


async def read_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    """Read the status and the headers."""
    first = await reader.readline()
    if not first.startswith(b"HTTP/1.1 "):
        raise EOFError
    found: dict[str, str] = {}
    while (line := await reader.readline()) not in {b"\r\n", b""}:
        name, _, value = line.decode("latin-1").partition(":")
        name, value = name.strip().lower(), value.strip()
        found[name] = f"{found[name]}\n{value}" if name in found else value
    return int(first.split()[1]), found


async def _read_answer(reader: asyncio.StreamReader) -> Answer:
    status, found = await read_head(reader)
    if "content-length" in found:
        return Answer(status, found, await reader.readexactly(int(found["content-length"])))
    if found.get("transfer-encoding") != "chunked":
        return Answer(status, found, await reader.read())
    body = b""
    while size := int((await reader.readline()).strip(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    return Answer(status, found, body)
