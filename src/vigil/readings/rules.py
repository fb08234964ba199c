"""When reading is unusual and when it is too much, judged on plain values."""

from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
# The box asks with every few letters: so many of its answers come to one search.
GLANCES = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of others an agent reads within an hour: what is usual, and what is the most."""

    usual: int
    most: int


@dataclass(frozen=True, slots=True)
class Count:
    """How much somebody has read within the hour: in all, and since they were let go on."""

    lately: int
    unreleased: int

    def is_unusual(self, limits: Limits) -> bool:
        """Say whether it is more than is usual."""
        return self.lately > limits.usual

    def is_stopped(self, limits: Limits) -> bool:
        """Say whether nothing further may be read."""
        return self.unreleased >= limits.most

    def with_one(self) -> "Count":
        """Count one more."""
        return Count(self.lately + 1, self.unreleased + 1)


NOTHING = Count(0, 0)


def is_news(told_at: datetime | None, *, at: datetime, since: datetime | None = None) -> bool:
    """Say whether it was not told yet within the hour, or since it began anew."""
    return told_at is None or told_at <= at - HOUR or (since is not None and told_at <= since)
