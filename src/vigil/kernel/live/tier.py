"""The live tier of one process, put together."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from vigil.kernel import clock
from vigil.kernel.errors import Refusal
from vigil.kernel.live import bell, tokens
from vigil.kernel.live.batch import Batch
from vigil.kernel.live.bell.line import Listener
from vigil.kernel.live.doors import Door
from vigil.kernel.live.frames import Frame, from_signal
from vigil.kernel.live.http import Scope, header, language_of
from vigil.kernel.live.hub import TICK, Hub
from vigil.kernel.live.limits import Buckets
from vigil.kernel.live.readers import Readers
from vigil.kernel.live.refusals import TokenInvalid
from vigil.kernel.live.signs import Signs
from vigil.kernel.live.source import Source
from vigil.kernel.live.tail import Tail
from vigil.kernel.live.tokens import Claims
from vigil.kernel.live.welcome import Welcome

log = logging.getLogger(__name__)

_MOST_ASKED = 5000
_AT_ONCE = 25


class Tier:
    """Owns everything live in this process; started and stopped with it, on the event loop."""

    def __init__(
        self,
        source: Source,
        doors: Iterable[Door],
        *,
        readers: Readers | None = None,
        tail: Tail | None = None,
        listener: Listener | None = None,
        signs: Signs | None = None,
        tell_all: Callable[[list[Mapping[str, Any]]], Sequence[Refusal | None]] = bell.signal_many,
    ) -> None:
        self.source = source
        self.doors = {door.name: door for door in doors}
        # Of one door we ask for signs of life, and tell of them.
        self.signs = signs
        self.hub = Hub(lambda: clock.now().timestamp(), beating=signs.door if signs else None)
        self.readers = readers or Readers()
        self.welcome = Welcome(lambda subjects: self.readers.run(self.source.unwelcome, subjects))
        self.listener = listener or bell.driver().listener()
        self.tail = tail or Tail(
            source, self.deliver, bell_is_up=lambda: self.listener.is_up, is_shown=self.hub.shown.has, is_showing=self._is_showing
        )
        self.sends = Buckets(20, 10.0)
        self.signals = Buckets(60, 10.0)
        # Questions about conversations that do not exist, or are somebody else's: whoever guesses is slowed.
        self.misses = Buckets(20, 60.0)
        self._telling: Batch[Mapping[str, Any], None] = Batch(tell_all, name="signals", capacity=500)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sending = 0
        self._tasks: list[asyncio.Task[None]] = []

    def authenticate(self, scope: Scope) -> Claims:
        """Read the bearer's token. Raises TokenInvalid or TokenExpired; a cookie is never looked at."""
        kind, _, token = (header(scope, b"authorization") or b"").decode("latin-1").partition(" ")
        if kind.lower() != "bearer":
            raise TokenInvalid
        claims = tokens.read(token.strip())
        if self.hub.is_revoked(claims):
            raise TokenInvalid
        return claims

    async def expect_welcome(self, claims: Claims) -> None:
        """Let nobody pass whose session is over, also where the bell did not tell. Raises TokenInvalid, Busy, Unavailable."""
        if not await self.welcome.is_so(claims.subject):
            self.hub.revoke(claims.subject)
            raise TokenInvalid
        self.note_sign(claims)

    def note_sign(self, claims: Claims) -> None:
        """Note that whoever bears these claims, and may, is alive."""
        if self.signs is not None:
            self.signs.note(claims)

    def door_of(self, claims: Claims) -> Door:
        """Find the door a token is for. Raises TokenInvalid."""
        door = self.doors.get(claims.door)
        if door is None:
            raise TokenInvalid
        return door

    def language_of(self, scope: Scope) -> str:
        """Tell the language of the token where one was read, else the one the client asks for."""
        return str(scope.get("vigil.language") or language_of(scope))

    @property
    def is_ready(self) -> bool:
        """Say whether streams may be opened."""
        return self.tail.is_ready

    async def tell(self, frame: Frame) -> None:
        """Send a frame that is not stored to everybody, in all processes. Raises Busy or Unavailable."""
        payload = {"topic": frame.topic, "event": frame.event, "data": frame.data.decode(), "conversation": frame.conversation}
        await self._telling.submit(payload)

    async def send(self, door: Door, claims: Claims, item: Any) -> Any:
        """Commit one item of a door, show it to whoever listens here, and give its result. Raises its Refusal, Busy, Unavailable."""
        self._sending += 1
        try:
            result = await door.sending.submit(item)
            self.hub.publish_ahead(door.news(claims, result))
            self.note_sign(claims)
        finally:
            self._sending -= 1
        return result

    def _is_showing(self) -> bool:
        return self._sending > 0

    async def start(self) -> None:
        """Begin to read, listen and tick."""
        self._loop = asyncio.get_running_loop()
        for batch in self._batches():
            batch.start()
        self.listener.start(self.tail.wake, self.hear)
        self.tail.start()
        self._tasks.append(asyncio.create_task(self._tick()))
        if self.signs is not None:
            self._tasks.append(asyncio.create_task(self.signs.run()))

    def drain(self) -> None:
        """Tell every stream that this process ends; running posts are finished."""
        self.hub.drain("restart")

    async def stop(self) -> None:
        """End everything within about a second."""
        for task in self._tasks:
            task.cancel()
        self.listener.stop()
        await asyncio.to_thread(self._stop_threads)

    def _stop_threads(self) -> None:
        for batch in self._batches():
            batch.stop()
        self.tail.stop(0.5)
        self.readers.stop()

    def _batches(self) -> list[Batch[Any, Any]]:
        own: list[Batch[Any, Any]] = [self._telling, *([self.signs.batch] if self.signs else [])]
        return [*own, *(batch for door in self.doors.values() for batch in (door.sending, door.seeing))]

    def deliver(self, frames: Sequence[Frame]) -> None:
        """Publish from the reader's thread, and wait until it is done: the reader never runs ahead of the loop."""
        if self._loop is None:
            return
        done = threading.Event()

        def publish() -> None:
            try:
                self.hub.publish_all(frames)
            finally:
                done.set()

        self._loop.call_soon_threadsafe(publish)
        done.wait(5.0)

    def hear(self, payload: Mapping[str, Any]) -> None:
        """Take a signal from the bell's thread."""
        if self._loop is None or self._loop.is_closed():
            return
        if "revoked" in payload:
            self._loop.call_soon_threadsafe(self.hub.revoke, str(payload["revoked"]))
            return
        try:
            frame = from_signal(payload)
        except (KeyError, TypeError, AttributeError):
            log.warning("a signal is not of ours and is dropped")
            return
        self._loop.call_soon_threadsafe(self.hub.publish, frame)

    async def _tick(self) -> None:
        was_up = True
        while True:
            await self._visit_everybody()
            is_up = self.listener.is_up
            if not (was_up and is_up):
                await self._check_rights()
            was_up = is_up

    async def _visit_everybody(self) -> None:
        """Spread the visits over a tick: a thousand signs of life at once would hold up whatever is said meanwhile."""
        streams = self.hub.everybody()
        rounds = len(streams) // _AT_ONCE + 1
        for place in range(rounds):
            self.hub.visit(streams[place * _AT_ONCE : (place + 1) * _AT_ONCE])
            await asyncio.sleep(TICK / rounds)
        self.hub.forget_losses()

    async def _check_rights(self) -> None:
        """Ask the database who has lost their rights, since the bell may not have told."""
        subjects = self.hub.subjects
        for start in range(0, len(subjects), _MOST_ASKED):
            try:
                unwelcome = await self.readers.run(self.source.unwelcome, subjects[start : start + _MOST_ASKED])
            except Refusal:
                log.warning("rights cannot be checked: the database does not answer")
                return
            for subject in unwelcome:
                self.hub.revoke(subject)
