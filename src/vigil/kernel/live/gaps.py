"""Reading by a number that is not handed out in the order of commits, without losing or repeating anything.

A PostgreSQL sequence gives out 7 and 8; 8 may be committed first. Who reads `id > 8` afterwards never sees 7. So a
reader remembers the holes below what it has seen and asks for them by name, until it is certain that a hole will
stay one (its writer was rolled back).

When is that certain? Every writer of the timeline holds a row lock, and therefore a transaction id, *before* it draws
its number. Let a reading show number m, and h < m be a hole. The sequence hands out one number at a time (cache 1), so
h was drawn before m, and whoever drew it had a transaction id by then. After that reading we draw a transaction id
ourselves: it is higher. Call it the hole's barrier. Once a snapshot's xmin has reached the barrier, every transaction
with a lower id has ended; if h is not in that snapshot, nor in any later one, it was rolled back and is forgotten. So the
horizon is asked for first, and the reading that follows decides.

A snapshot's own xmax would not do as the barrier: it is one more than the newest *completed* id, so a running writer
may well stand above it. A writer that drew numbers without holding a transaction id would break the argument; so would
a sequence with `CACHE 20`.

Order inside one conversation holds by itself: its writers queue for the same row lock, so the next number is drawn
after the last one was committed, and each reading is sorted by number.
"""

from collections.abc import Iterable
from dataclasses import dataclass

# More holes than this at once means one enormous import under way; what lies beyond waits until the lower ones are settled,
# and a client that misses a number of its conversation meanwhile asks for it.
MOST_ASKED = 10_000


@dataclass(frozen=True, slots=True)
class Hole:
    """Numbers from `low` to `high`, both included, that were not to be seen; None while no barrier has been drawn."""

    low: int
    high: int
    barrier: int | None


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

    def take(self, asked: Iterable[int], found: Iterable[int], xmin: int) -> list[int]:
        """Learn what one reading showed; tells which numbers are news, ascending.

        `asked` is what `wanted` gave before the reading; `found` is every number that reading showed: those asked for
        that were there, and the lowest ones above `high` without leaving any visible one out. `xmin` is of a
        snapshot taken before the reading; it does not matter while there is no hole.
        """
        asked_for, there = set(asked), sorted(set(found))
        news = [number for number in there if number > self.high or number in asked_for]
        settled = {number for number in asked_for if number in there}
        self.holes = [piece for hole in self.holes for piece in _remaining(hole, asked_for, settled, xmin)]
        for number in news:
            if number > self.high:
                self._rise_to(number)
        return news

    def _rise_to(self, number: int) -> None:
        if number > self.high + 1:
            self.holes.append(Hole(self.high + 1, number - 1, None))
        self.high = number

    @property
    def needs_barrier(self) -> bool:
        """Say whether there is a hole for which no barrier has been drawn."""
        return any(hole.barrier is None for hole in self.holes)

    def set_barrier(self, xid: int) -> None:
        """Give the new holes their barrier: a transaction id that was drawn after the reading that showed them."""
        self.holes = [hole if hole.barrier is not None else Hole(hole.low, hole.high, xid) for hole in self.holes]


def _remaining(hole: Hole, asked: set[int], settled: set[int], xmin: int) -> list[Hole]:
    """Cut out of a hole what was found, and what was asked for in vain after its barrier had passed."""
    if hole.low not in asked:
        return [hole]
    hopeless = hole.barrier is not None and xmin >= hole.barrier
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
