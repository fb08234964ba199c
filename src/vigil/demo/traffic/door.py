"""The doors a browser uses, used the way a browser uses them: a session, a conversation, words up, a stream down."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any
from uuid import uuid4

import httpx

Pause = Callable[[float], Awaitable[None]]
_RETRIES = 5
_EXPIRED = 401
_BUSY = {429, 503}
_STREAM_TIMEOUT = httpx.Timeout(10.0, read=60.0)


class Turned(Exception):
    """A door did not let us in: the step and the status, never the words."""

    def __init__(self, step: str, status: int) -> None:
        super().__init__(f"{step} was answered with {status}")


class Door:
    """One browser's way in; holds its two tokens and its one conversation."""

    def __init__(self, client: httpx.AsyncClient, *, site: str, language: str, zone: str, pause: Pause = asyncio.sleep) -> None:
        self._client = client
        self._site = site
        self._language = language
        self._zone = zone
        self._pause = pause
        self._resume = ""
        self._live = ""
        self.conversation = ""

    async def arrive(self) -> None:
        """Come in, or go on with the session there is. Raises Turned."""
        body = {"site": self._site, "language": self._language, "zone": self._zone}
        if self._resume:
            body["token"] = self._resume
        found = await self._post("session", "/widget/api/session", body, with_token=False)
        self._resume, self._live = found["token"], found["live"]

    async def open(self, text: str) -> None:
        """Begin the conversation with its first words. Raises Turned."""
        body = {"key": str(uuid4()), "text": text, "language": self._language, "meant": "public"}
        found = await self._post("conversations", "/widget/api/conversations", body)
        # The token from before does not know the conversation yet, and could not show that somebody types in it.
        self.conversation, self._live = found["conversation"], found["live"]

    async def send(self, text: str) -> None:
        """Say something more. Raises Turned."""
        await self._post("send", "/live/send", {"conversation": self.conversation, "key": str(uuid4()), "text": text, "meant": "public"})

    async def show_typing(self) -> None:
        """Let the agent see that somebody types; nobody minds if it is lost."""
        await self._client.post("/live/signal", json={"conversation": self.conversation, "typing": True}, headers=self._headers())

    async def answers(self) -> AsyncIterator[Mapping[str, Any]]:
        """Give the entries of the conversation in order, each once, for as long as somebody listens; breaks are bridged."""
        after = 0
        while True:
            try:
                async for entry in self._stream(after):
                    if entry["seq"] > after:
                        after = entry["seq"]
                        yield entry
            except httpx.TransportError:
                pass  # A stream may end at any moment; the next one goes on after the last number.
            await self._pause(1.0)

    async def _stream(self, after: int) -> AsyncIterator[Mapping[str, Any]]:
        where = f"/live/stream?after={after}&watch={self.conversation}"
        headers = {**self._headers(), "accept": "text/event-stream"}
        async with self._client.stream("GET", where, headers=headers, timeout=_STREAM_TIMEOUT) as response:
            if response.status_code == _EXPIRED:
                await self.arrive()
                return
            if response.is_error:
                await self._pause(_retry_after(response))
                return
            async for event, data in read_frames(response.aiter_lines()):
                if event == "entry":
                    entry: Mapping[str, Any] = json.loads(data)
                    if entry["conversation"] == self.conversation:
                        yield entry
                elif event == "bye":
                    return

    async def _post(self, step: str, path: str, body: Mapping[str, Any], *, with_token: bool = True) -> dict[str, Any]:
        for _ in range(_RETRIES):
            response = await self._client.post(path, json=body, headers=self._headers() if with_token else {})
            if response.is_success:
                found: dict[str, Any] = response.json()
                return found
            if response.status_code == _EXPIRED and with_token:
                await self.arrive()
            elif response.status_code in _BUSY:
                await self._pause(_retry_after(response))
            else:
                break
        raise Turned(step, response.status_code)

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._live}"}


async def read_frames(lines: AsyncIterator[str]) -> AsyncIterator[tuple[str, str]]:
    """Read an event stream line by line into (event, data); comments and ids pass by."""
    event, data = "message", ""
    async for line in lines:
        if not line:
            if data:
                yield event, data
            event, data = "message", ""
        elif line.startswith("event:"):
            event = line[6:].strip()
        elif line.startswith("data:"):
            data += line[5:].strip()


def _retry_after(response: httpx.Response) -> float:
    seconds = response.headers.get("retry-after", "")
    return float(seconds) if seconds.isdigit() else 2.0
