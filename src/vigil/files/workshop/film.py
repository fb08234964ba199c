"""A video file under the hands of the cleaner: read by place, overwritten by place, never moved.

Whatever is not wanted is blanked where it lies, so that no place that another part of the file names ever changes.
"""

import os
from collections.abc import Iterable

from vigil.files.workshop.unfit import unreadable

_STEP = 1024 * 1024
# No table of a video of half an hour comes near; a larger one is only there to cost memory.
_MOST_READ = 16 * 1024 * 1024


class Film:
    """A copy of the source, open for reading and writing."""

    def __init__(self, source: int, target: int) -> None:
        self._file = target
        self.size = 0
        while piece := os.read(source, _STEP):
            os.write(target, piece)
            self.size += len(piece)

    def read(self, at: int, count: int) -> bytes:
        """Read exactly `count` bytes. Raises Unfit where the file ends before."""
        if count < 0 or count > _MOST_READ:
            unreadable()
        piece = os.pread(self._file, count, at)
        if len(piece) != count:
            unreadable()
        return piece

    def number(self, at: int, count: int) -> int:
        """Read a whole number of `count` bytes, the most significant first."""
        return int.from_bytes(self.read(at, count), "big")

    def put(self, at: int, data: bytes) -> None:
        """Overwrite from `at` on; the file does not grow. Raises Unfit where it would."""
        if at + len(data) > self.size:
            unreadable()
        os.pwrite(self._file, data, at)

    def blank(self, start: int, end: int) -> None:
        """Overwrite with zeros from `start` up to but not including `end`."""
        zeros = bytes(min(_STEP, max(0, end - start)))
        while start < end:
            self.put(start, zeros[: end - start])
            start += len(zeros)

    def blank_between(self, start: int, end: int, kept: Iterable[tuple[int, int]]) -> None:
        """Blank what lies from `start` to `end` and in none of the `kept` pieces, which come in order of their start."""
        for begin, stop in kept:
            if stop <= start:
                continue
            if begin >= end:
                break
            self.blank(start, min(begin, end))
            start = max(start, stop)
        self.blank(start, end)

    def cut(self, size: int) -> None:
        """Drop everything from `size` on."""
        os.ftruncate(self._file, size)
        self.size = size
