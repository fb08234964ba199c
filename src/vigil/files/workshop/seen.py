from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """What a video shows; the length is not always written in it."""

    width: int
    height: int
    milliseconds: int | None
