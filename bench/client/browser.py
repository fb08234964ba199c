"""A browser without a screen: six kept-alive connections, the cookies of one session, and the forms' key."""

import asyncio
import json
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: ([^;\r]+)", re.IGNORECASE)
_KEY = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CONNECTIONS = 6  # as many as a browser has to one server

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and after how many seconds, waiting for a free connection included."""

    status: int
    body: bytes
    took: float

    @property
    def text(self) -> str:
        """Read the body as a page."""
        return self.body.decode()


class Browser:
    """One agent's browser; what it asks for, it asks as htmx and the page's scripts do."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port, self._cookies, self._key = port, [cookie], ""
        self._free: list[Line] = []
        self._gate = asyncio.Semaphore(_CONNECTIONS)

    async def arrive(self, path: str) -> Answer:
        """Load the first page, which brings the forms' key."""
        answer = await self.ask("GET", path)
        found = _KEY.search(answer.text)
        if found is None:
            raise RuntimeError(f"{path} answered {answer.status} without a form")
        self._key = found[1]
        return answer

    async def fetch(self, path: str) -> Answer:
        """Ask for a fragment."""
        return await self.ask("GET", path, {"HX-Request": "true"})

    async def submit(self, path: str, fields: dict[str, str]) -> Answer:
        """Post a form, as htmx does."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self._key}).encode()
        head = {"HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self._port}"}
        return await self.ask("POST", path, head, body)

    async def tell(self, path: str, token: str, body: dict[str, Any]) -> Answer:
        """Post to the live tier."""
        head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Accept": "application/json"}
        return await self.ask("POST", path, head, json.dumps(body).encode())

    async def ask(self, method: str, path: str, head: dict[str, str] | None = None, body: bytes = b"") -> Answer:
        """Send one request and wait for the whole answer."""
        begun = time.monotonic()
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self._port}", f"Cookie: {'; '.join(self._cookies)}"]
        lines += [f"{name}: {value}" for name, value in {"Accept-Language": "en", **(head or {})}.items()]
        request = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body
        async with self._gate:
            status, head_of, content = await self._exchange(request)
        self._cookies += [each.decode() for each in _COOKIE.findall(head_of) if each.decode() not in self._cookies]
        return Answer(status, content, time.monotonic() - begun)

    async def _exchange(self, request: bytes) -> tuple[int, bytes, bytes]:
        while self._free:
            line = self._free.pop()
            # The server has put the receiver down on a connection that was quiet for long: a browser takes another.
            if line[0].at_eof() or line[1].is_closing():
                line[1].close()
                continue
            try:
                return await self._carry(line, request)
            except (asyncio.IncompleteReadError, ConnectionError):
                line[1].close()
        return await self._carry(await asyncio.open_connection("127.0.0.1", self._port), request)

    async def _carry(self, line: Line, request: bytes) -> tuple[int, bytes, bytes]:
        reader, writer = line
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        content = await reader.readexactly(int(length[1])) if length else b""
        self._free.append(line)
        return int(head[9:12]), head, content

    def leave(self) -> None:
        """Close every connection."""
        for _, writer in self._free:
            writer.close()
