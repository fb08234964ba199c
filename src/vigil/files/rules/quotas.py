"""How many files somebody may begin, and how much they may weigh together."""

from dataclasses import dataclass
from datetime import timedelta

from vigil.files.rules.kinds import MEGABYTE

# With one message.
MOST_FILES = 5
WINDOW = timedelta(minutes=10)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quota:
    """At most so many files within ten minutes, and so many bytes within a day."""

    files: int
    bytes_a_day: int


STRANGER = Quota(10, 50 * MEGABYTE)
KNOWN = Quota(10, 500 * MEGABYTE)
STAFF = Quota(60, 2000 * MEGABYTE)


@dataclass(frozen=True, slots=True)
class Spent:
    """What an owner has used: files begun within the window, bytes within the day."""

    files: int
    bytes_today: int


def seconds_to_wait(spent: Spent, size: int, quota: Quota) -> int | None:
    """Tell how long somebody has to wait before a further file; None when it may come now."""
    if spent.files >= quota.files:
        return int(WINDOW.total_seconds())
    if spent.bytes_today and spent.bytes_today + size > quota.bytes_a_day:
        return int(DAY.total_seconds() // 24)
    return None
