"""How much processor time and memory a running Vigil takes while something goes on."""

import threading
import time
from dataclasses import dataclass
from itertools import pairwise

from bench.place import Serving

_EVERY = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class Third:
    """A third of what was watched: processor time by the second, in shares of one core, and memory in MiB."""

    cpu: float
    memory: float


class Meter:
    """Looks at a Vigil every second while the block goes on."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._seen: list[tuple[float, float, int]] = []
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="meter")

    def __enter__(self) -> "Meter":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._is_over.wait(_EVERY):
            self._seen.append((time.monotonic(), self._serving.cpu_seconds(), self._serving.memory()))

    def thirds(self, begun: float, ended: float) -> list[Third]:
        """Cut the time between two moments into three, and tell of each."""
        edges = [begun + (ended - begun) * n / 3 for n in range(4)]
        return [self._third(since, until) for since, until in pairwise(edges)]

    def _third(self, since: float, until: float) -> Third:
        seen = [one for one in self._seen if since <= one[0] <= until]
        cpu = (seen[-1][1] - seen[0][1]) / (seen[-1][0] - seen[0][0])
        return Third(cpu, sum(one[2] for one in seen) / len(seen) / 1024)
