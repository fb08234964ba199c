"""The hub of one process: topics, who listens to them, and who has lost the right to."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from vigil.kernel.live.frames import Frame, make
from vigil.kernel.live.refusals import Busy, TooMany
from vigil.kernel.live.shown import Shown
from vigil.kernel.live.subscriber import Subscriber
from vigil.kernel.live.tokens import LONGEST, Claims

log = logging.getLogger(__name__)

TICK = 5.0
KEEP_ALIVE_TICKS = 5
BEAT_TICKS = 4
MOST_STREAMS_OF_ONE = 16
# A stream that has been told to go and does not take even its bye is cut after this many ticks.
_PATIENCE_TICKS = 1
_BEAT = make("", "beat", {})


@dataclass(slots=True)
class Counts:
    """What the hub has done since the process started."""

    published: int = 0
    delivered: int = 0
    dropped: int = 0
    slow: int = 0


class Hub:
    """Fans frames out; lives on the event loop's thread and is touched from nowhere else."""

    def __init__(self, now: Callable[[], float], *, beating: str | None = None) -> None:
        self._now = now
        self._beating = beating
        self._topics: dict[str, set[Subscriber]] = {}
        self._subjects: dict[str, set[Subscriber]] = {}
        self._revoked: dict[str, float] = {}
        # In the order of their coming, so that each is visited at even distances.
        self._all: dict[Subscriber, None] = {}
        self.shown = Shown()
        self.counts = Counts()
        self.draining = False

    def subscribe(self, claims: Claims, abort: Callable[[], None] | None = None) -> Subscriber:
        """Let the bearer of `claims` listen. Raises Busy while the process ends, TooMany at 17 streams of one subject."""
        if self.draining:
            raise Busy(retry_after=2)
        mine = self._subjects.setdefault(claims.subject, set())
        if len(mine) >= MOST_STREAMS_OF_ONE:
            raise TooMany(retry_after=30)
        subscriber = Subscriber(
            claims.subject, claims.topics, claims.expires_at.timestamp(), abort, claims.language, beats=claims.door == self._beating
        )
        mine.add(subscriber)
        self._all[subscriber] = None
        for topic in claims.topics:
            self._topics.setdefault(topic, set()).add(subscriber)
        return subscriber

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """Forget a stream; safe to repeat."""
        self._all.pop(subscriber, None)
        _drop(self._subjects, subscriber.subject, subscriber)
        for topic in subscriber.topics:
            _drop(self._topics, topic, subscriber)

    def publish(self, frame: Frame) -> int:
        """Queue `frame` for everybody who listens to exactly its topic; tells how many got it."""
        self.counts.published += 1
        listeners = self._topics.get(frame.topic)
        if not listeners:
            return 0
        at, reached = self._now(), 0
        for subscriber in listeners:
            if subscriber.allows(frame, at):
                if subscriber.push(frame):
                    reached += 1
                else:
                    self._note_refused(subscriber)
        self.counts.delivered += reached
        return reached

    def publish_all(self, frames: Sequence[Frame]) -> None:
        """Publish in the given order what was not shown before."""
        for frame in frames:
            if not self.shown.has(frame.conversation, frame.seq):
                self.publish(frame)
        self.shown.note(frames)

    def publish_ahead(self, frames: Sequence[Frame]) -> None:
        """Publish entries of one conversation that were committed a moment ago; those that do not come next are left to the reader."""
        if frames and self.shown.continues(frames):
            self.publish_all(frames)

    def _note_refused(self, subscriber: Subscriber) -> None:
        self.counts.dropped += 1
        self.counts.slow += subscriber.closing == "slow"

    def revoke(self, subject: str) -> None:
        """Close the subject's streams and refuse every token it was given until now."""
        self._revoked[subject] = self._now()
        self.close_subject(subject, "revoked")

    def is_revoked(self, claims: Claims) -> bool:
        """Say whether the token was handed out before its subject lost the right to it.

        A token says when it ends, not when it began; one that ends later than the longest token handed out at the
        moment of the loss is newer.
        """
        lost_at = self._revoked.get(claims.subject)
        return lost_at is not None and claims.expires_at.timestamp() <= lost_at + LONGEST.total_seconds()

    def close_subject(self, subject: str, reason: str) -> None:
        """End all streams of one subject with a bye."""
        for subscriber in tuple(self._subjects.get(subject, ())):
            subscriber.close(reason)

    def drain(self, reason: str) -> None:
        """End every stream with a bye and take no new ones."""
        self.draining = True
        for subscriber in self._all:
            subscriber.close(reason)

    def everybody(self) -> tuple[Subscriber, ...]:
        """List all streams, the oldest first."""
        return tuple(self._all)

    def forget_losses(self) -> None:
        """Forget losses of rights that no token outlives."""
        oldest = self._now() - LONGEST.total_seconds()
        for subject in [subject for subject, lost_at in self._revoked.items() if lost_at < oldest]:
            del self._revoked[subject]

    def visit(self, streams: Iterable[Subscriber]) -> None:
        """Every 5 s for each: end streams whose token is about to end, cut those that take nothing, keep the silent ones alive every 25 s.

        Those of the beating door are sent a beat every 20 s instead, silent or not, which they answer.
        """
        at = self._now()
        for subscriber in streams:
            subscriber.idle_ticks += 1
            if subscriber.closing is not None:
                if subscriber.idle_ticks > _PATIENCE_TICKS and subscriber.abort is not None:
                    subscriber.abort()
            elif subscriber.expires_at <= at + TICK:
                # Before the next visit its token would end, and nothing be shown on it: it goes now, and misses nothing.
                subscriber.close("expired")
            elif subscriber.beats is not None:
                subscriber.beats = (subscriber.beats + 1) % BEAT_TICKS
                if not subscriber.beats:
                    subscriber.push(_BEAT)
            elif subscriber.idle_ticks >= KEEP_ALIVE_TICKS:
                subscriber.keep_alive()

    @property
    def subjects(self) -> list[str]:
        """List everybody who has a stream open."""
        return list(self._subjects)

    def report(self) -> dict[str, Any]:
        """Tell the counts, for health and for measurement."""
        return {"streams": len(self._all), "subjects": len(self._subjects), "topics": len(self._topics), **asdict(self.counts)}


def _drop(table: dict[str, set[Subscriber]], key: str, subscriber: Subscriber) -> None:
    held = table.get(key)
    if held is not None:
        held.discard(subscriber)
        if not held:
            del table[key]
