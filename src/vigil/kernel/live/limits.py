"""How often somebody may do something: token buckets in memory, as many as fit and no more."""

import math
from collections import OrderedDict
from collections.abc import Callable

from vigil.kernel import clock


class TokenBucket:
    """Holds up to `most` tokens and fills up evenly within `seconds`."""

    __slots__ = ("_at", "_held", "most", "rate")

    def __init__(self, most: int, seconds: float, at: float) -> None:
        self.most = most
        self.rate = most / seconds
        self._held = float(most)
        self._at = at

    def take(self, at: float) -> float:
        """Take one token at the monotonic second `at`; 0.0 when there was one, else the seconds until there is."""
        self._held = min(float(self.most), self._held + max(0.0, at - self._at) * self.rate)
        self._at = at
        if self._held >= 1.0:
            self._held -= 1.0
            return 0.0
        return (1.0 - self._held) / self.rate


class Buckets:
    """A bucket for each key; beyond `capacity` keys, whoever has been quiet longest starts afresh."""

    def __init__(self, most: int, seconds: float, *, capacity: int = 50_000, monotonic: Callable[[], float] = clock.monotonic) -> None:
        self._most, self._seconds, self._capacity, self._monotonic = most, seconds, capacity, monotonic
        self._held: OrderedDict[str, TokenBucket] = OrderedDict()

    def take(self, key: str) -> int:
        """Count one deed of `key`; 0 when it may, else the whole seconds to wait."""
        at = self._monotonic()
        bucket = self._held.get(key)
        if bucket is None:
            bucket = self._held[key] = TokenBucket(self._most, self._seconds, at)
            if len(self._held) > self._capacity:
                self._held.popitem(last=False)
        else:
            self._held.move_to_end(key)
        return math.ceil(bucket.take(at))

    def __len__(self) -> int:
        return len(self._held)
