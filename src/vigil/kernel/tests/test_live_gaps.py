"""The reader of the timeline loses nothing and repeats nothing, whatever the order of commits."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import example, given, settings
from hypothesis import strategies as st

from vigil.kernel.live.gaps import Gaps, Hole

OPEN, ENDED = 99, 101
BARRIER = 100


def gaps_with(*holes: Hole, high: int) -> Gaps:
    gaps = Gaps(high)
    gaps.holes = list(holes)
    return gaps


def test_numbers_in_order_are_all_news() -> None:
    gaps = Gaps(0)
    assert gaps.take([], [1, 2, 3], OPEN) == [1, 2, 3]
    assert gaps.high == 3
    assert gaps.wanted() == []
    assert not gaps.needs_barrier


def test_a_number_committed_late_is_delivered_once() -> None:
    gaps = Gaps(6)
    assert gaps.take([], [8], OPEN) == [8]
    assert gaps.wanted() == [7]
    assert gaps.take([7], [7], OPEN) == [7]
    assert gaps.wanted() == []


def test_a_hole_is_kept_while_a_writer_that_may_fill_it_is_running() -> None:
    gaps = gaps_with(Hole(7, 7, BARRIER), high=8)
    assert gaps.take([7], [], OPEN) == []
    assert gaps.wanted() == [7]


def test_a_hole_is_kept_as_long_as_it_has_no_barrier() -> None:
    gaps = Gaps(6)
    gaps.take([], [8], ENDED)
    assert gaps.needs_barrier
    gaps.take([7], [], 10**9)
    assert gaps.wanted() == [7]
    gaps.set_barrier(10**9)
    gaps.take([7], [], 10**9)
    assert gaps.wanted() == []


def test_a_hole_is_forgotten_once_every_writer_of_its_time_has_ended() -> None:
    gaps = gaps_with(Hole(7, 7, BARRIER), high=8)
    assert gaps.take([7], [], ENDED) == []
    assert gaps.wanted() == []


def test_a_hole_that_fills_in_the_very_snapshot_that_passes_its_barrier_is_delivered() -> None:
    gaps = gaps_with(Hole(7, 7, BARRIER), high=8)
    assert gaps.take([7], [7], ENDED) == [7]


def test_only_numbers_that_were_asked_for_are_forgotten() -> None:
    gaps = gaps_with(Hole(1, 9, BARRIER), high=10)
    assert gaps.wanted(4) == [1, 2, 3, 4]
    assert gaps.take([1, 2, 3, 4], [2], ENDED) == [2]
    assert gaps.holes == [Hole(5, 9, BARRIER)]


def test_a_piece_of_a_hole_that_fills_leaves_the_rest_open() -> None:
    gaps = gaps_with(Hole(1, 5, BARRIER), high=6)
    assert gaps.take(gaps.wanted(), [3], OPEN) == [3]
    assert gaps.wanted() == [1, 2, 4, 5]


def test_a_hole_of_fifty_million_numbers_costs_nothing() -> None:
    gaps = Gaps(0)
    begun = time.perf_counter()
    gaps.take([], [50_000_000], OPEN)
    gaps.set_barrier(BARRIER)
    assert len(gaps.wanted()) == 10_000
    gaps.take(gaps.wanted(), [], ENDED)
    assert time.perf_counter() - begun < 1.0


# -- Any interleaving ---------------------------------------------------------------------------------------------------


@dataclass
class Writer:
    """One transaction: its id, its conversation, the numbers it drew, and how far it has come."""

    xid: int
    conversation: int
    numbers: list[int] = field(default_factory=list)
    state: str = "open"


class Timeline:
    """A PostgreSQL in miniature: row locks, transaction ids, a sequence, snapshots."""

    def __init__(self) -> None:
        self.next_xid = 10
        self.drawn_by_readers = 9
        self.sequence = 0
        self.writers: list[Writer] = []

    def begin(self, conversation: int) -> None:
        if any(w.state == "open" and w.conversation == conversation for w in self.writers):
            return  # The row lock is held: this writer waits and has neither an id nor a number yet.
        self.writers.append(Writer(self.next_xid, conversation))
        self.next_xid += 1

    def open(self) -> list[Writer]:
        return [w for w in self.writers if w.state == "open"]

    def draw(self, which: int) -> None:
        if writers := self.open():
            self.sequence += 1
            writers[which % len(writers)].numbers.append(self.sequence)

    def end(self, which: int, state: str) -> None:
        if writers := self.open():
            writers[which % len(writers)].state = state

    def visible(self) -> dict[int, int]:
        return {number: w.conversation for w in self.writers if w.state == "committed" for number in w.numbers}

    def xmin(self) -> int:
        """As PostgreSQL has it: bounded by the newest *completed* id, so a running writer may stand above xmax."""
        xmax = max([self.drawn_by_readers, *(w.xid for w in self.writers if w.state != "open")], default=9) + 1
        return min([w.xid for w in self.open() if w.xid < xmax], default=xmax)

    def barrier(self) -> int:
        self.drawn_by_readers = self.next_xid
        self.next_xid += 1
        return self.drawn_by_readers


def read(timeline: Timeline, gaps: Gaps, limit: int) -> list[int]:
    asked = gaps.wanted()
    visible = sorted(timeline.visible())
    found = [number for number in visible if number > gaps.high or number in set(asked)][: limit + len(asked)]
    news = gaps.take(asked, found, timeline.xmin())
    if gaps.needs_barrier:
        gaps.set_barrier(timeline.barrier())
    return news


STEP = st.tuples(st.sampled_from(["begin", "draw", "draw", "commit", "rollback", "read"]), st.integers(0, 5))


def play(timeline: Timeline, gaps: Gaps, steps: Sequence[tuple[str, int]], limit: int) -> list[int]:
    delivered: list[int] = []
    for step, which in steps:
        if step == "begin":
            timeline.begin(which % 4)
        elif step == "draw":
            timeline.draw(which)
        elif step == "read":
            delivered += read(timeline, gaps, limit)
        else:
            timeline.end(which, "committed" if step == "commit" else "rolled back")
    return delivered


def check_everything_arrives(steps: Sequence[tuple[str, int]], limit: int) -> None:
    timeline, gaps = Timeline(), Gaps(0)
    delivered = play(timeline, gaps, steps, limit)
    while timeline.open():
        timeline.end(0, "committed")
    for _ in range(len(steps) + 2):
        delivered += read(timeline, gaps, limit)
    there = timeline.visible()
    assert sorted(delivered) == sorted(there)
    for conversation in range(4):
        own = [number for number in delivered if there[number] == conversation]
        assert own == sorted(own)
    assert gaps.wanted() == []


# The writer of number 1 has the higher transaction id, so that it stands above the xmax of the snapshot that shows 2.
ABOVE_XMAX = [("begin", 0), ("begin", 1), ("draw", 1), ("draw", 0), ("commit", 0), ("read", 0), ("read", 0), ("commit", 0)]


@settings(max_examples=300, deadline=None)
@given(st.lists(STEP, max_size=80), st.integers(1, 4))
@example(ABOVE_XMAX, 1)
def test_any_interleaving_delivers_each_number_once_and_each_conversation_in_order(steps: list[tuple[str, int]], limit: int) -> None:
    check_everything_arrives(steps, limit)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_a_long_busy_day_delivers_each_number_once_and_each_conversation_in_order(seed: int, limit: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (a repeatable test)
    steps = ["begin", "begin", "draw", "draw", "draw", "commit", "rollback", "read", "read", "read"]
    check_everything_arrives([(chance.choice(steps), chance.randrange(6)) for _ in range(400)], limit)


@settings(max_examples=300, deadline=None)
@given(st.lists(STEP, max_size=40), st.lists(STEP, max_size=40))
def test_a_reader_that_starts_late_delivers_exactly_what_was_not_yet_visible(
    before: list[tuple[str, int]], after: list[tuple[str, int]]
) -> None:
    timeline = Timeline()
    play(timeline, Gaps(0), [step for step in before if step[0] != "read"], 1)
    known, gaps = set(timeline.visible()), Gaps(0)
    gaps.take([], known, timeline.xmin())
    if gaps.needs_barrier:
        gaps.set_barrier(timeline.barrier())
    delivered = play(timeline, gaps, after, 2)
    while timeline.open():
        timeline.end(0, "committed")
    for _ in range(60):
        delivered += read(timeline, gaps, 2)
    assert sorted(delivered) == sorted(set(timeline.visible()) - known)
