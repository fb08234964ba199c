"""A small world for the live tier: a timeline in memory, one door, the real server on a free port.

Run as a program it serves until SIGTERM and prints its port first.
"""

import asyncio
import contextlib
import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from vigil.kernel import clock
from vigil.kernel.database.plain import Connection
from vigil.kernel.errors import Refusal
from vigil.kernel.live import strict, tokens
from vigil.kernel.live.batch import Batch
from vigil.kernel.live.doors import Sent
from vigil.kernel.live.frames import Frame, make
from vigil.kernel.live.readers import Readers
from vigil.kernel.live.refusals import NotFound, TokenInvalid, Unavailable
from vigil.kernel.live.source import Item
from vigil.kernel.live.tail import Tail
from vigil.kernel.live.tier import Tier
from vigil.kernel.live.tokens import Claims
from vigil.kernel.web.pages import Pages
from vigil.kernel.web.router import Router
from vigil.kernel.web.server import Server, make_server


class FakeConnection:
    def close(self) -> None:
        return

    def execute(self, _statement: str) -> None:
        return

    def __enter__(self) -> "FakeConnection":
        return self

    def __exit__(self, *_: object) -> None:
        return


class StillMarks:
    """A world in which nobody writes beside the reader."""

    def horizon(self, connection: Connection) -> int:
        return 1

    def barrier(self, connection: Connection) -> int:
        return 1


class QuietListener:
    is_up = True

    def start(self, on_ring: Callable[[], None], on_signal: Callable[[dict[str, Any]], None]) -> None:
        return

    def stop(self) -> None:
        return


@dataclass
class World:
    """A timeline that is also its own Source: conversation "1" is the topic "c:1"."""

    items: list[Item] = field(default_factory=list)
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    seqs: dict[str, int] = field(default_factory=dict)
    gone: bool = False
    banned: set[str] = field(default_factory=set)
    wake: Callable[[], None] = lambda: None

    def write(self, conversation: str, text: str) -> int:
        seq = self.seqs[conversation] = self.seqs.get(conversation, 0) + 1
        data = {"conversation": conversation, "seq": seq, "text": text}
        frame = make(f"c:{conversation}", "entry", data, conversation=conversation, seq=seq)
        self.items.append(Item(len(self.items) + 1, conversation, seq, lambda: [frame]))
        self.wake()
        return seq

    def start(self, connection: Connection) -> int:
        return len(self.items)

    def read(self, connection: Connection, after: int, missing: Sequence[int], limit: int) -> Sequence[Item]:
        return self.items[after : after + limit]

    def backlog(self, connection: Connection, claims: Claims, watch: str | None, after: int, limit: int) -> Sequence[Frame]:
        if self.gone:
            raise Unavailable(retry_after=2)
        if claims.subject in self.banned:
            raise TokenInvalid
        if watch is None:
            return []
        if f"c:{watch}" not in claims.topics:
            raise NotFound
        frames = [frame for item in self.items for frame in item.write()]
        return [frame for frame in frames if frame.conversation == watch and cast(int, frame.seq) > after][:limit]

    def unwelcome(self, connection: Connection, subjects: Sequence[str]) -> Sequence[str]:
        return [subject for subject in subjects if subject in self.banned]


class WidgetDoor:
    """Takes {"conversation", "key", "text"}."""

    name = "widget"

    def __init__(self, world: World) -> None:
        self._world = world
        self.sending: Batch[dict[str, Any], dict[str, Any]] = Batch(self._write_many, name="send")
        self.seeing: Batch[dict[str, Any], None] = Batch(lambda items: [None for _ in items], name="seen")

    def read_send(self, claims: Claims, body: dict[str, Any]) -> dict[str, Any]:
        strict.only(body, "conversation", "key", "text")
        conversation = strict.text(body, "conversation", most=64)
        if f"c:{conversation}" not in claims.topics:
            raise NotFound
        return {"conversation": conversation, "key": strict.text(body, "key", most=36), "text": strict.text(body, "text", most=8000)}

    def _write_many(self, items: list[dict[str, Any]]) -> list[dict[str, Any] | Refusal]:
        return [self._write(item) for item in items]

    def _write(self, item: dict[str, Any]) -> dict[str, Any] | Refusal:
        if self._world.gone:
            return Unavailable(retry_after=2)
        known = self._world.keys.get(item["key"])
        if known is not None:
            return {**known, "repeated": True}
        seq = self._world.write(item["conversation"], item["text"])
        self._world.keys[item["key"]] = {"conversation": item["conversation"], "seq": seq}
        return {**self._world.keys[item["key"]], "repeated": False}

    def render(self, claims: Claims, result: Any) -> Sent:
        return Sent({"conversation": result["conversation"], "seq": result["seq"]}, not result["repeated"])

    def news(self, claims: Claims, result: Any) -> Sequence[Frame]:
        return []

    def read_seen(self, claims: Claims, body: dict[str, Any]) -> dict[str, Any]:
        strict.only(body, "conversation", "read")
        return {"read": strict.whole(body, "read")}

    def read_signal(self, claims: Claims, body: dict[str, Any]) -> Sequence[Frame]:
        strict.only(body, "conversation", "typing")
        conversation = strict.text(body, "conversation", most=64)
        if f"c:{conversation}" not in claims.topics:
            raise NotFound
        return [make(f"c:{conversation}", "typing", {"by": claims.subject}, conversation=conversation, matters=False)]


def page(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Answer as a WSGI application would: the path, how much came in, or as many bytes as were asked for."""
    query = environ["QUERY_STRING"]
    if query == "from":
        body = environ.get("HTTP_X_REAL_IP", "nobody").encode()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]
    if query.startswith("sleep="):
        time.sleep(float(query[6:]))  # A slow view holds its thread; that is what is tested.
    size = int(query[6:]) if query.startswith("bytes=") else 0
    body = b"x" * size or f"{environ['PATH_INFO']} {len(environ['wsgi.input'].read())}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body[start : start + 65536] for start in range(0, len(body), 65536)]


class Running:
    """The server and everything behind it."""

    def __init__(self, *, patience: float = 30.0, port: int = 0) -> None:
        self.world = World()
        self.tier = self._tier()
        self.world.wake = self.tier.tail.wake
        pages = Pages(page, most_body=1024 * 1024)
        router = Router(self.tier, pages, allowed_hosts=["desk.example"], origins=["https://desk.example"])
        self.server: Server = make_server(router, drain=self.tier.drain, port=port, patience=patience)

    def _tier(self) -> Tier:
        connect = cast(Callable[[], Connection], FakeConnection)
        tail = Tail(self.world, self._deliver, connect=connect, marks=StillMarks())
        return Tier(
            self.world, [WidgetDoor(self.world)], readers=Readers(connect), tail=tail, listener=QuietListener(), tell_all=self._tell_all
        )

    def _deliver(self, frames: Sequence[Frame]) -> None:
        self.tier.deliver(frames)

    def _tell_all(self, payloads: list[Mapping[str, Any]]) -> list[None]:
        for payload in payloads:
            self.tier.hear(payload)
        return [None for _ in payloads]

    @property
    def port(self) -> int:
        return int(self.server.servers[0].sockets[0].getsockname()[1])

    def on_the_loop(self, act: Callable[[], Any]) -> None:
        loop = cast(asyncio.AbstractEventLoop, self.tier._loop)
        loop.call_soon_threadsafe(act)


@contextmanager
def running(*, patience: float = 30.0) -> Iterator[Running]:
    """Serve in a thread until the block ends."""
    live = Running(patience=patience)
    thread = threading.Thread(target=live.server.run, daemon=True)
    thread.start()
    wait_for(lambda: live.server.started and live.tier.is_ready)
    try:
        yield live
    finally:
        live.server.should_exit = True
        thread.join(6)


def wait_for(is_so: Callable[[], Any], seconds: float = 5.0) -> None:
    """Wait until something is so. Raises TimeoutError."""
    end = clock.monotonic() + seconds
    while not is_so():
        if clock.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)


def token(subject: str = "guest:ada", *conversations: str, language: str = "en") -> str:
    """Mint a token that opens the widget's door."""
    topics = [f"c:{conversation}" for conversation in conversations or ("1",)]
    return tokens.mint(tokens.claims_for(subject, topics, "widget", at=clock.now(), language=language))


class Client:
    """A raw connection: it says exactly what a test wants said."""

    def __init__(self, port: int, *, small: bool = False) -> None:
        self.socket = socket.socket()
        if small:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.connect(("127.0.0.1", port))
        self.socket.settimeout(5)
        self.heard = b""

    def say(self, raw: bytes) -> "Client":
        self.socket.sendall(raw)
        return self

    def request(self, method: str, path: str, *, bearer: str | None = None, body: bytes | None = None, **headers: str) -> "Client":
        lines = {"Host": "desk.example", **{name.replace("_", "-"): value for name, value in headers.items()}}
        if bearer is not None:
            lines["Authorization"] = f"Bearer {bearer}"
        if body is not None:
            lines = {"Content-Type": "application/json", **lines, "Content-Length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return self.say(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + (body or b""))

    def until(self, words: bytes, seconds: float = 5.0) -> bytes:
        """Read until `words` were heard; gives all that was heard so far. Raises TimeoutError, EOFError."""
        end = clock.monotonic() + seconds
        while words not in self.heard:
            self.socket.settimeout(max(0.01, end - clock.monotonic()))
            piece = self.socket.recv(65536)
            if not piece:
                raise EOFError(self.heard[-300:])
            self.heard += piece
        return self.heard

    def to_the_end(self, seconds: float = 5.0) -> bytes:
        """Read until the server hangs up. Raises TimeoutError."""
        self.socket.settimeout(seconds)
        with contextlib.suppress(ConnectionError):
            while piece := self.socket.recv(65536):
                self.heard += piece
        return self.heard

    def status(self) -> int:
        return int(self.until(b"\r\n\r\n").split(b" ", 2)[1])

    def json(self) -> Any:
        head, _, rest = self.until(b"\r\n\r\n").partition(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
        while len(rest) < length:
            piece = self.socket.recv(65536)
            self.heard += piece
            rest += piece
        self.heard = b""
        return json.loads(rest[:length])

    def close(self) -> None:
        self.socket.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _announce(live: Running) -> None:
    wait_for(lambda: live.server.started)
    print(live.port, flush=True)  # noqa: T201 (the test reads the port)


def main() -> None:
    """Serve with settings of our own until SIGTERM."""
    from django.conf import settings

    settings.configure(SECRET_KEY=sys.argv[1], USE_I18N=True, LANGUAGE_CODE="en", DATABASES={})
    live = Running()
    threading.Thread(target=_announce, args=(live,), daemon=True).start()
    live.server.run()


if __name__ == "__main__":
    main()
