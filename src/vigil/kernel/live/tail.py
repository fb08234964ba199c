"""The one reader of the timeline in this process: woken by the bell, read once, fanned out in memory."""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import LiteralString, Protocol

from vigil.kernel import clock
from vigil.kernel.database.plain import Connection
from vigil.kernel.live.frames import Frame
from vigil.kernel.live.gaps import Gaps
from vigil.kernel.live.readers import connect_to_follow
from vigil.kernel.live.source import Source

log = logging.getLogger(__name__)

# Numbers drawn before we started may still be uncommitted: the first reading looks this far back for such holes.
_LOOK_BACK = 2000
_A_READING = 1000
_A_MOMENT = 0.004
_MOMENTS = 3
SAFETY_READ = 5.0
SAFETY_READ_WITHOUT_BELL = 2.0

Deliver = Callable[[Sequence[Frame]], None]


class Marks(Protocol):
    """What PostgreSQL tells about transactions that run beside ours."""

    def horizon(self, connection: Connection) -> int:
        """Tell the xmin of the present snapshot: every transaction with a lower id has ended."""
        ...

    def barrier(self, connection: Connection) -> int:
        """Draw a transaction id: it is higher than every one drawn before."""
        ...


class PostgresMarks:
    """The marks of a real PostgreSQL, in 64 bits, so that they never wrap."""

    def horizon(self, connection: Connection) -> int:
        return _number(connection, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")

    def barrier(self, connection: Connection) -> int:
        return _number(connection, "SELECT pg_current_xact_id()::text::bigint")


def _number(connection: Connection, question: LiteralString) -> int:
    row = connection.execute(question).fetchone()
    if row is None:
        raise RuntimeError("PostgreSQL always answers this with one row")
    return int(row[0])


class Tail:
    """Reads in a thread of its own, on a connection of its own; hands frames to `deliver` in the order of their numbers.

    Bursts coalesce: however often it is woken during one reading, one more reading follows. Without any bell it reads
    every 5 s (2 s while the bell is known to be down), so that a lost bell costs seconds and never an entry.
    """

    def __init__(
        self,
        source: Source,
        deliver: Deliver,
        *,
        connect: Callable[[], Connection] = connect_to_follow,
        marks: Marks | None = None,
        bell_is_up: Callable[[], bool] = lambda: True,
        is_shown: Callable[[str, int], bool] = lambda _conversation, _seq: False,
        is_showing: Callable[[], bool] = lambda: False,
    ) -> None:
        """`is_showing` tells that entries of this process are on their way to be shown without the reader."""
        self._is_showing = is_showing
        self._source, self._deliver, self._is_shown = source, deliver, is_shown
        self._connect, self._marks, self._bell_is_up = connect, marks or PostgresMarks(), bell_is_up
        self._dirty = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live-tail", daemon=True)
        self._gaps: Gaps | None = None
        self.read_at: float | None = None

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def wake(self) -> None:
        """Ask for a reading soon; may be called from any thread."""
        self._dirty.set()

    def stop(self, patience: float = 1.0) -> None:
        """End the thread, waiting `patience` seconds at most."""
        self._stopping.set()
        self._dirty.set()
        if self._thread.is_alive():
            self._thread.join(patience)

    @property
    def is_ready(self) -> bool:
        """Say whether the reader knows where it stands; before that no stream may be opened."""
        return self._gaps is not None

    def lag(self) -> float | None:
        """Tell how many seconds ago the timeline was last read; None before the first time."""
        return None if self.read_at is None else max(0.0, clock.monotonic() - self.read_at)

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                with self._connect() as connection:
                    failures = 0
                    self._read_on(connection)
            except Exception as error:  # noqa: BLE001 (a reader that died would leave every stream silent)
                failures += 1
                log.warning("the timeline cannot be read, trying again: %s", type(error).__name__)
                self._stopping.wait(min(0.25 * 2**failures, 3.0))

    def _read_on(self, connection: Connection) -> None:
        while not self._stopping.is_set():
            # The bell that rang for our own commit is quicker than we are; what we show ahead need not be written twice.
            moments = _MOMENTS
            while moments and self._is_showing():
                self._stopping.wait(_A_MOMENT)
                moments -= 1
            self._dirty.clear()
            while self._read_once(connection):
                continue
            self.read_at = clock.monotonic()
            self._dirty.wait(SAFETY_READ if self._bell_is_up() else SAFETY_READ_WITHOUT_BELL)

    def _read_once(self, connection: Connection) -> bool:
        """Do one reading; True when there may be more to read at once."""
        if self._gaps is None:
            self._gaps = self._find_place(connection)
            return True
        gaps = self._gaps
        asked = gaps.wanted()
        # Asked before the reading, so that whatever had ended by then is shown by the reading if it was committed; a
        # reading without holes below it needs no horizon, and that is nearly every one.
        xmin = self._marks.horizon(connection) if gaps.holes else 0
        items = self._source.read(connection, gaps.high, asked, _A_READING + len(asked))
        news = set(gaps.take(asked, [item.id for item in items], xmin))
        if gaps.needs_barrier:
            gaps.set_barrier(self._marks.barrier(connection))
        fresh = [item for item in sorted(items, key=lambda item: item.id) if item.id in news]
        # Written here and not by the loop, which has others to serve; what was shown ahead is not written again.
        frames = [frame for item in fresh if not self._is_shown(item.conversation, item.seq) for frame in item.write()]
        if frames:
            self._deliver(frames)
        return len(items) >= _A_READING

    def _find_place(self, connection: Connection) -> Gaps:
        """Start at the newest number, knowing which ones below it may still be committed.

        What is visible now is not delivered: a stream reads it as its backlog, since no stream is opened before.
        """
        newest = self._source.start(connection)
        gaps = Gaps(max(0, newest - _LOOK_BACK))
        items = self._source.read(connection, gaps.high, [], _LOOK_BACK + _A_READING)
        gaps.take([], [item.id for item in items], 0)
        if gaps.needs_barrier:
            gaps.set_barrier(self._marks.barrier(connection))
        return gaps
