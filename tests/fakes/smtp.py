"""A mail relay on this machine: keeps every byte it is sent, and fails at the step it is told to."""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

# What to do at a step: a reply such as "451 4.3.0 later", or one of these. "drop" at the step "body" comes after the
# message was taken: the relay has it, and its 250 is lost.
DROP, HANG = "drop", "hang"
Plan = dict[str, str]


@dataclass
class Taken:
    """One message the relay took: its envelope, and the message as it came, dots removed."""

    sender: str
    recipients: list[str]
    message: bytes


@dataclass
class Session:
    """One connection: every byte received, and the commands read from them."""

    heard: bytearray = field(default_factory=bytearray)
    commands: list[str] = field(default_factory=list)
    is_secure: bool = False


class FakeSmtp:
    """Listens on 127.0.0.1 until closed. `plans` has one plan per connection; later ones go well.

    A plan maps a step (connect, ehlo, starttls, auth, mail, rcpt, data, body) to what happens there instead.
    """

    def __init__(self, *plans: Plan, tls: ssl.SSLContext | None = None, offers: Sequence[str] = ("8BITMIME",)) -> None:
        self.taken: list[Taken] = []
        self.sessions: list[Session] = []
        self.port = 0
        self._plans = list(plans)
        self._tls = tls
        self._offers = [*offers, *(["STARTTLS"] if tls else [])]
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def url(self) -> str:
        """Give the VIGIL_SMTP_URL of this relay."""
        return f"smtp://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(5)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(5)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = Session()
        plan = self._plans.pop(0) if self._plans else {}
        self.sessions.append(session)
        try:
            await _Conversation(self, session, plan, reader, writer).run()
        except (ConnectionError, EOFError, ssl.SSLError, asyncio.CancelledError):
            return  # The other side has gone, or the test is over.
        finally:
            writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    @property
    def tls(self) -> ssl.SSLContext | None:
        """Give the context STARTTLS goes on with."""
        return self._tls

    @property
    def offers(self) -> list[str]:
        """List what the answer to EHLO names."""
        return self._offers

    async def until_the_end(self) -> None:
        """Wait until the relay is closed, as a relay that hangs does."""
        await self._stopping.wait()


class _Dropped(ConnectionError):
    pass


class _Conversation:
    def __init__(self, relay: FakeSmtp, session: Session, plan: Plan, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._relay, self._session, self._plan = relay, session, plan
        self._reader, self._writer = reader, writer
        self._sender = ""
        self._recipients: list[str] = []

    async def run(self) -> None:
        await self._step("connect", "220 relay.example ESMTP")
        while True:
            line = await self._line()
            command = line.decode("latin-1").strip()
            self._session.commands.append(command)
            verb = command.partition(" ")[0].upper()
            if verb == "QUIT":
                await self._say("221 bye")
                return
            await self._answer(verb, command)

    async def _answer(self, verb: str, command: str) -> None:
        if verb == "EHLO":
            await self._step("ehlo", "\r\n".join([f"250-{offer}" for offer in ("relay.example", *self._relay.offers)] + ["250 HELP"]))
        elif verb == "STARTTLS":
            await self._start_tls()
        elif verb == "AUTH":
            await self._step("auth", "235 welcome")
        elif verb == "MAIL":
            self._sender, self._recipients = command, []
            await self._step("mail", "250 ok")
        elif verb == "RCPT":
            self._recipients.append(command)
            await self._step("rcpt", "250 ok")
        elif verb == "DATA":
            await self._data()
        else:
            await self._say("500 what?")

    async def _data(self) -> None:
        if not await self._step("data", "354 go on"):
            return
        lines = []
        while (line := await self._line()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        if self._plan.get("body") in {None, DROP}:
            self._relay.taken.append(Taken(self._sender, list(self._recipients), b"".join(lines)))
        await self._step("body", "250 taken")

    async def _start_tls(self) -> None:
        if await self._step("starttls", "220 go on") and self._relay.tls is not None:
            await self._writer.start_tls(self._relay.tls)
            self._session.is_secure = True

    async def _line(self) -> bytes:
        line = await self._reader.readline()
        self._session.heard += line
        if not line.endswith(b"\n"):
            raise _Dropped
        return line

    async def _step(self, step: str, well: str) -> bool:
        instead = self._plan.get(step)
        if instead == DROP:
            raise _Dropped
        if instead == HANG:
            await self._relay.until_the_end()
            raise _Dropped
        await self._say(instead or well)
        return instead is None

    async def _say(self, reply: str) -> None:
        self._writer.write(reply.encode() + b"\r\n")
        await self._writer.drain()
