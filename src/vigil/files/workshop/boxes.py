"""The boxes of MP4 and QuickTime files (ISO/IEC 14496-12): where each lies, and how one is made into nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from vigil.files.workshop.film import Film
from vigil.files.workshop.unfit import unreadable

_MOST_BOXES = 200_000


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its kind, where it begins, where its content begins, and where it ends."""

    kind: bytes
    at: int
    start: int
    end: int


class Reader:
    """Walks boxes, and counts them: a file made of nothing else would cost time without end."""

    def __init__(self, film: Film) -> None:
        self.film = film
        self._seen = 0

    def inside(self, start: int, end: int) -> Iterator[Box]:
        """Walk the boxes from `start` to `end`; fewer than eight bytes behind the last one are let be. Raises Unfit."""
        while end - start >= 8:
            box = self._box(start, end)
            yield box
            start = box.end

    def one(self, box: Box, *path: bytes) -> Box | None:
        """Find the first box below `box` along the path of kinds."""
        found: Box | None = box
        for kind in path:
            found = next((each for each in self.inside(found.start, found.end) if each.kind == kind), None) if found else None
        return found

    def _box(self, at: int, end: int) -> Box:
        self._seen += 1
        if self._seen > _MOST_BOXES:
            unreadable()
        head = self.film.read(at, 8)
        size, start = int.from_bytes(head[:4], "big"), at + 8
        if size == 1:
            size, start = self.film.number(at + 8, 8), at + 16
        elif size == 0 and end == self.film.size:
            size = end - at
        if at + size < start or at + size > end:
            unreadable()
        return Box(head[4:], at, start, at + size)

    def free(self, box: Box) -> None:
        """Make a box into one that holds nothing and means nothing."""
        self.film.put(box.at + 4, b"free")
        self.film.blank(box.start, box.end)
