from typing import Literal, NoReturn

Code = Literal["unreadable", "too_many_pixels", "too_many_frames", "too_long", "too_costly"]


class Unfit(Exception):
    """A file is not kept; the code says why, and is all that leaves the workshop."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code


def unreadable() -> NoReturn:
    """Give a file up as damaged. Raises Unfit."""
    raise Unfit("unreadable")
