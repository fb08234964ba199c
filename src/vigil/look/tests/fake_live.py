"""A small live server for the scripts' tests: keeps the HTTP contract, and breaks it on demand."""

import asyncio
import contextlib
import json
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

SCRIPTS = Path(__file__).parents[1] / "static" / "look" / "js"
PAGE = "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Scripts</title></head><body></body></html>"
COMMENT = b":" + b" " * 2048 + b"\n\n"


@dataclass
class Asked:
    """One request as it arrived."""

    path: str
    query: dict[str, str]
    token: str
    body: dict[str, Any]
    at: float


@dataclass
class FakeLive:
    """Serves the scripts, a stream, polling and sending; the test sets its attributes to make trouble."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    token: str = "good"
    most: int = 500  # entries that one answer tells before it says gap
    lost: set[int] = field(default_factory=set)  # numbers that the stream drops and a poll gives
    is_buffering: bool = False
    is_mute: bool = False
    is_deaf: bool = False  # cuts every stream at once
    refuse_live: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    send_answers: list[Any] = field(default_factory=list)  # "cut", "cut before", or (status, headers, body)

    def __post_init__(self) -> None:
        self.stored: dict[str, dict[str, Any]] = {}
        self._writers: set[asyncio.StreamWriter] = set()
        self._news = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._do(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    # -- what a test does ------------------------------------------------------------------------------------------------

    def say(self, *seqs: int, conversation: str = "c1") -> None:
        """Append entries and ring."""
        self.entries.extend({"conversation": conversation, "seq": seq, "kind": "message", "text": f"words {seq}"} for seq in seqs)
        self._loop.call_soon_threadsafe(self._ring)

    def tell(self, event: str, data: dict[str, Any]) -> None:
        """Send one frame to every open stream."""
        frame = f"event: {event}\ndata: {json.dumps(data)}\n\n".encode()
        self._each_stream(lambda writer: writer.write(frame))

    def cut(self) -> None:
        """Drop every open stream without a word."""
        self._each_stream(lambda writer: writer.transport.abort())

    def paths(self) -> list[str]:
        """List what was asked for under /live, in order."""
        return [each.path for each in self.asked]

    @property
    def open_streams(self) -> int:
        """Count the streams that are open now."""
        return len(self._writers)

    def close(self) -> None:
        """End it all."""
        self.cut()

        async def _close() -> None:
            self._server.close()
            others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

        self._do(_close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    # -- how it answers --------------------------------------------------------------------------------------------------

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(5)

    def _each_stream(self, work: Callable[[asyncio.StreamWriter], None]) -> None:
        def _all() -> None:
            for writer in list(self._writers):
                work(writer)

        self._loop.call_soon_threadsafe(_all)

    def _ring(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return  # The browser went away, or the test is over: half of these tests are about that.
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        request, *lines = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        url = urlsplit(request.split(" ")[1])
        body = json.loads(await reader.readexactly(int(headers.get("content-length", 0))) or b"{}")
        if not url.path.startswith("/live/"):
            return self._give_file(writer, url.path)
        token = headers.get("authorization", "").removeprefix("Bearer ")
        asked = Asked(url.path, dict(parse_qsl(url.query)), token, body, self._loop.time())
        self.asked.append(asked)
        if token != self.token:
            return self._give(writer, 401, {"error": "token_expired", "message": "Too old."})
        if url.path == "/live/send":
            return self._take_letter(writer, body)
        if self.refuse_live:
            status, extra = self.refuse_live.pop(0)
            return self._give(writer, status, {"error": "unavailable"}, extra)
        if url.path == "/live/poll":
            return await self._poll(writer, asked.query)
        return await self._stream_until_gone(reader, writer, asked.query)

    def _give_file(self, writer: asyncio.StreamWriter, path: str) -> None:
        script = SCRIPTS / path.removeprefix("/js/")
        kind, body = ("text/javascript", script.read_bytes()) if path.startswith("/js/") else ("text/html", PAGE.encode())
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)

    def _give(self, writer: asyncio.StreamWriter, status: int, body: dict[str, Any], extra: dict[str, str] | None = None) -> None:
        data = json.dumps(body).encode()
        lines = "".join(f"{name}: {value}\r\n" for name, value in (extra or {}).items())
        head = (
            f"HTTP/1.1 {status} Answer\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n{lines}Connection: close\r\n\r\n"
        )
        writer.write(head.encode() + data)

    async def _stream_until_gone(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, query: dict[str, str]) -> None:
        stream = asyncio.ensure_future(self._stream(writer, query))
        gone = asyncio.ensure_future(reader.read())
        await asyncio.wait([stream, gone], return_when=asyncio.FIRST_COMPLETED)
        stream.cancel()
        gone.cancel()

    async def _stream(self, writer: asyncio.StreamWriter, query: dict[str, str]) -> None:
        if self.is_deaf:
            writer.transport.abort()
            return
        if self.is_buffering:
            await asyncio.sleep(60)
        self._writers.add(writer)
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
        )
        writer.write(b"retry: 200\n" + COMMENT + b'event: hello\ndata: {"ticker": 25}\n\n')
        after = int(query["after"])
        missed = [place for place, each in enumerate(self.entries) if each["seq"] > after]
        if len(missed) > self.most:
            for place in missed[: self.most]:
                writer.write(f"event: entry\ndata: {json.dumps(self.entries[place])}\n\n".encode())
            writer.write(f"event: gap\ndata: {json.dumps({'conversation': query['watch']})}\n\n".encode())
        sent = len(self.entries) if len(missed) > self.most else 0
        while not writer.transport.is_closing():
            news = self._news
            while sent < len(self.entries):
                entry = self.entries[sent]
                sent += 1
                if entry["seq"] > after and entry["seq"] not in self.lost and not self.is_mute:
                    writer.write(f"id: {entry['seq']}\nevent: entry\ndata: {json.dumps(entry)}\n\n".encode())
            await writer.drain()
            await news.wait()

    async def _poll(self, writer: asyncio.StreamWriter, query: dict[str, str]) -> None:
        frames: list[dict[str, Any]] = []
        end = self._loop.time() + float(query["wait"])
        while not frames:
            news = self._news
            mine = [each for each in self.entries if each["seq"] > int(query["after"]) and each["conversation"] == query["watch"]]
            frames = [{"event": "entry", "id": each["seq"], "data": each} for each in mine]
            if len(frames) > self.most:
                frames = [*frames[: self.most], {"event": "gap", "id": None, "data": {"conversation": query["watch"]}}]
            left = end - self._loop.time()
            if left <= 0:
                break
            if not frames:
                await _wait_for(news, left)
        self._give(writer, 200, {"frames": frames, "after": max([int(query["after"]), *(each["id"] or 0 for each in frames)])})

    def _take_letter(self, writer: asyncio.StreamWriter, body: dict[str, Any]) -> None:
        answer = self.send_answers.pop(0) if self.send_answers else None
        if answer == "cut before":
            return writer.transport.abort()
        if isinstance(answer, tuple):
            return self._give(writer, answer[0], answer[2], answer[1])
        known = body["key"] in self.stored
        letter = self.stored.setdefault(body["key"], {"conversation": body["conversation"], "seq": len(self.stored) + 1, "entry": body})
        if answer == "cut":
            return writer.transport.abort()
        return self._give(writer, 200 if known else 201, letter)


async def _wait_for(news: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(news.wait(), seconds)
