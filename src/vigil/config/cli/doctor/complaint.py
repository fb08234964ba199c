"""What a look at an installation gives."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong, and what to do about it; after one that `ends`, what lies behind it cannot be looked at."""

    wrong: str
    remedy: str
    ends: bool = False


Look = Callable[[], Complaint | None]
