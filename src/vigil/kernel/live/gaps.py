"""Reading by a number that is not handed out in the order of commits, without losing or repeating anything.

A PostgreSQL sequence gives out 7 and 8; 8 may be committed first. Who reads `id > 8` afterwards never sees 7. So a
reader remembers the holes below what it has seen and asks for them by name, until it is certain that a hole will
stay one (its writer was rolled back).

When is that certain? Every writer of the timeline holds a row lock, and therefore a transaction id, *before* it draws
its number. Let a snapshot show number m, and h < m be a hole. The sequence hands out one number at a time (cache 1), so
h was drawn before m; m was committed before the snapshot; so the transaction that drew h had its id before the
snapshot, and that id is below the snapshot's xmax. Call that xmax the hole's barrier. Once a snapshot's xmin has
reached the barrier, every transaction with a lower id has ended; if h is not in *that* snapshot it was rolled back and
is forgotten. A writer that drew numbers without holding a transaction id would break this; so would `CACHE 20`.

Order inside one conversation holds by itself: its writers queue for the same row lock, so the next number is drawn
after the last one was committed, and each reading is sorted by number.
"""

from collections.abc import Iterable
from dataclasses import dataclass

# More holes than this at once means one enormous import under way; what lies beyond waits until the lower ones are settled,
# and a client that misses a number of its conversation meanwhile asks for it.
MOST_ASKED = 10_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What PostgreSQL says of one snapshot: below `xmin` all have ended; from `xmax` on none had begun."""

    xmin: int
    xmax: int


@dataclass(frozen=True, slots=True)
class Hole:
    """Numbers from `low` to `high`, both included, that were not to be seen when `barrier` was xmax."""

    low: int
    high: int
    barrier: int


class Gaps:
    """The newest number seen and the holes below it; a big hole costs as little as a small one."""

    def __init__(self, high: int) -> None:
        self.high = high
        self.holes: list[Hole] = []

    def wanted(self, most: int = MOST_ASKED) -> list[int]:
        """List the missing numbers to ask for next, lowest first, at most `most`."""
        numbers: list[int] = []
        for hole in self.holes:
            numbers.extend(range(hole.low, min(hole.high, hole.low + most - len(numbers) - 1) + 1))
            if len(numbers) >= most:
                break
        return numbers

    def take(self, asked: Iterable[int], found: Iterable[int], snapshot: Snapshot) -> list[int]:
        """Learn what one reading showed; tells which numbers are news, ascending.

        `asked` is what `wanted` gave before the reading; `found` is every number that reading showed: those asked for
        that were there, and the lowest ones above `high` without leaving any visible one out.
        """
        asked_for, there = set(asked), sorted(set(found))
        news = [number for number in there if number > self.high or number in asked_for]
        settled = {number for number in asked_for if number in there}
        self.holes = [piece for hole in self.holes for piece in _remaining(hole, asked_for, settled, snapshot)]
        for number in news:
            if number > self.high:
                self._rise_to(number, snapshot)
        return news

    def _rise_to(self, number: int, snapshot: Snapshot) -> None:
        if number > self.high + 1 and snapshot.xmin < snapshot.xmax:
            self.holes.append(Hole(self.high + 1, number - 1, snapshot.xmax))
        self.high = number


def _remaining(hole: Hole, asked: set[int], settled: set[int], snapshot: Snapshot) -> list[Hole]:
    """Cut out of a hole what was found, and what was asked for in vain after its barrier had passed."""
    if hole.low not in asked:
        return [hole]
    hopeless = snapshot.xmin >= hole.barrier
    pieces: list[Hole] = []
    low = hole.low
    for number in range(hole.low, hole.high + 1):
        if number not in asked:
            break
        if number in settled or hopeless:
            if low < number:
                pieces.append(Hole(low, number - 1, hole.barrier))
            low = number + 1
    if low <= hole.high:
        pieces.append(Hole(low, hole.high, hole.barrier))
    return pieces
