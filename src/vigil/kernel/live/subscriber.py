"""One open stream: what waits for it, and when it has to go."""

import asyncio
from collections.abc import Callable

from vigil.kernel.live.frames import KEEP_ALIVE, Frame, bye

MOST_FRAMES = 500
# What waits here, one piece under way and the transport's own 32 KiB stay together below 256 kB a client.
MOST_BYTES = 180_000
PIECE = 32 * 1024
_KEEP_ALIVE = Frame("", "", b"")
object.__setattr__(_KEEP_ALIVE, "sse", KEEP_ALIVE)


class Subscriber:
    """A bounded queue of frames with one reader.

    `allows` is asked for every frame at the moment it is sent, not only when the stream was opened: a topic must be in
    the claims, letter by letter, and the token must still hold.
    """

    __slots__ = (
        "abort", "beats", "closing", "expires_at", "frames", "idle_ticks", "language", "sending", "size", "subject", "topics", "waiter",
    )  # fmt: skip

    def __init__(
        self,
        subject: str,
        topics: frozenset[str],
        expires_at: float,
        abort: Callable[[], None] | None = None,
        language: str = "en",
        *,
        beats: bool = False,
    ) -> None:
        self.subject = subject
        self.topics = topics
        self.expires_at = expires_at
        self.abort = abort
        self.language = language
        # Ticks since the last beat; None for those who are not asked for signs of life.
        self.beats: int | None = 0 if beats else None
        self.frames: list[Frame] | None = None
        self.size = 0
        self.sending = 0
        self.idle_ticks = 0
        self.closing: str | None = None
        self.waiter: asyncio.Future[None] | None = None

    def allows(self, frame: Frame, at: float) -> bool:
        """Say whether this frame may go out now; `at` is in unix seconds."""
        return self.closing is None and frame.topic in self.topics and at < self.expires_at

    def push(self, frame: Frame) -> bool:
        """Queue a frame; False when it was dropped. A queue that overflows is emptied and ends with bye slow."""
        if self.closing is not None:
            return False
        frames = self.frames
        if frames is None:
            frames = self.frames = []
        size = self.size + self.sending + len(frame.sse)
        if not frame.matters and (len(frames) * 2 >= MOST_FRAMES or size * 2 >= MOST_BYTES):
            return False
        if len(frames) >= MOST_FRAMES or size > MOST_BYTES:
            self.close("slow")
            return False
        frames.append(frame)
        self.size += len(frame.sse)
        self.wake()
        return True

    def keep_alive(self) -> None:
        """Queue a comment that says nothing, so that no box on the way forgets the connection."""
        self.push(_KEEP_ALIVE)

    def close(self, reason: str) -> None:
        """End with a bye; what waited is dropped, since the client resumes from what it has."""
        if self.closing is None:
            self.closing = reason
            last = bye(reason)
            self.frames, self.size = [last], len(last.sse)
            self.idle_ticks = 0
            self.wake()

    def lose(self) -> None:
        """Note that nobody is there any more: nothing more is sent."""
        self.closing = self.closing or "lost"
        self.frames, self.size = None, 0
        self.wake()

    def take(self) -> list[Frame]:
        """Take the next frames to send, about 32 KiB at most; empty when nothing waits."""
        frames = self.frames
        if not frames:
            self.sending = 0
            return []
        self.idle_ticks = 0
        if self.size <= PIECE:
            self.sending, self.size, self.frames = self.size, 0, None
            return frames
        count = self.sending = 0
        while self.sending < PIECE:
            self.sending += len(frames[count].sse)
            count += 1
        self.size -= self.sending
        self.frames = frames[count:]
        return frames[:count]

    def wake(self) -> None:
        """Let the reader look."""
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(None)

    def sleep(self) -> "asyncio.Future[None]":
        """Give a future that is done as soon as there is something to send or the stream has to end.

        The caller awaits it directly: a coroutine here would cost every stream at rest one frame more.
        """
        self.waiter = asyncio.get_running_loop().create_future()
        if self.frames or self.closing is not None:
            self.waiter.set_result(None)
        return self.waiter
