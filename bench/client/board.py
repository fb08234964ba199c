"""What a shift is judged by: how long each action took, and when which desk knew of which message."""

from collections import Counter, defaultdict
from typing import Any

from bench.client.shares import share
from bench.wire import MARK

_MOST_SAID = 5  # of what went wrong


class Board:
    """Collects while it `counts`; what happens before that is the way in, and is not told."""

    def __init__(self) -> None:
        self.counts = False
        self.took: dict[str, list[float]] = defaultdict(list)
        self.wrong: Counter[str] = Counter()
        self.late: list[float] = []
        self.by_list = self.said = self.lost = 0
        self._number = 0
        self._waits: dict[int, tuple[float, set[int]]] = {}
        self._stored: set[int] = set()

    def note(self, action: str, seconds: float) -> None:
        """Keep how long an action took."""
        if self.counts:
            self.took[action].append(seconds)

    def complain(self, what: str) -> None:
        """Keep what should have gone well and did not."""
        self.wrong[what] += 1

    def expect(self, at: float, desks: set[int]) -> int:
        """Announce a message that is sent now to these desks; gives its number."""
        self._number += 1
        if self.counts:
            self._waits[self._number] = (at, set(desks))
        return self._number

    def stored(self, number: int) -> None:
        """Note that the server has answered for it, so that whoever asks from now on is shown it."""
        self.said += self.counts
        if number in self._waits:
            self._stored.add(number)

    def stored_so_far(self) -> set[int]:
        """List what any answer to a question that is asked now must hold."""
        return set(self._stored)

    def refused(self, number: int) -> None:
        """Forget a message that was not taken."""
        self._waits.pop(number, None)

    def hear(self, desk: int, text: str, at: float) -> None:
        """Note that a desk's stream has brought a message."""
        found = MARK.search(text.encode())
        if found is not None:
            self._reached(desk, int(found[1]), at)

    def shown(self, desk: int, numbers: set[int], at: float) -> None:
        """Note that a desk has read its lists anew, after its stream was opened anew: what it missed stands in them."""
        for number in numbers & self._waits.keys():
            self.by_list += self._reached(desk, number, at)

    def _reached(self, desk: int, number: int, at: float) -> bool:
        if number not in self._waits:
            return False
        sent, desks = self._waits[number]
        if desk not in desks:
            return False
        desks.remove(desk)
        self.late.append(at - sent)
        if not desks:
            del self._waits[number]
            self._stored.discard(number)
        return True

    def told(self) -> dict[str, Any]:
        """Sum it up, in milliseconds."""
        self.lost = sum(len(desks) for _, desks in self._waits.values())
        actions = {name: {"times": len(took), "p50": share(took, 0.5), "p95": share(took, 0.95)} for name, took in self.took.items()}
        everything = [each for took in self.took.values() for each in took]
        return {
            "actions": actions,
            "all": {"times": len(everything), "p50": share(everything, 0.5), "p95": share(everything, 0.95)},
            "late": {"p50": share(self.late, 0.5), "p99": share(self.late, 0.99), "most": share(self.late, 1.0)},
            "messages": self.said,
            "reached": len(self.late),
            "by_list": self.by_list,
            "lost": self.lost,
            "wrong": dict(self.wrong.most_common(_MOST_SAID)),
            "wrongs": sum(self.wrong.values()),
        }
