"""The elements of WebM files (RFC 8794): where each lies, and how one is made into nothing."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from vigil.files.workshop.film import Film
from vigil.files.workshop.unfit import unreadable

_VOID = b"\xec"
_MOST_ELEMENTS = 400_000


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its name as it is written, where it begins, where its content begins, and where it ends."""

    name: int
    at: int
    start: int
    end: int
    is_open: bool  # its length was not written: it was being recorded


class Reader:
    """Walks elements, and counts them: a file made of nothing else would cost time without end."""

    def __init__(self, film: Film) -> None:
        self.film = film
        self._seen = 0

    def inside(self, start: int, end: int, stops: Set[int] = frozenset()) -> Iterator[Element]:
        """Walk the elements from `start` to `end`, or to the first whose name is in `stops`. Raises Unfit."""
        while start < end:
            element = self._element(start, end)
            if element.name in stops:
                return
            yield element
            start = element.end

    def _element(self, at: int, end: int) -> Element:
        self._seen += 1
        if self._seen > _MOST_ELEMENTS:
            unreadable()
        head = self.film.read(at, min(12, end - at))
        name_length = _length(head[0], 4)
        if len(head) <= name_length:
            unreadable()
        size_length = _length(head[name_length], 8)
        start = at + name_length + size_length
        if start > end:
            unreadable()
        bits = 7 * size_length
        size = int.from_bytes(head[name_length : name_length + size_length], "big") & ((1 << bits) - 1)
        is_open = size == (1 << bits) - 1
        if not is_open and start + size > end:
            unreadable()
        return Element(int.from_bytes(head[:name_length], "big"), at, start, end if is_open else start + size, is_open)

    def number(self, element: Element) -> int:
        """Read a whole number. Raises Unfit when it is longer than eight bytes."""
        if element.end - element.start > 8:
            unreadable()
        return self.film.number(element.start, element.end - element.start)

    def text(self, element: Element) -> bytes:
        """Read a short word; zeros behind it mean nothing. Raises Unfit when it is long."""
        if element.end - element.start > 64:
            unreadable()
        return self.film.read(element.start, element.end - element.start).rstrip(b"\0")

    def free(self, element: Element) -> None:
        """Make an element into one that holds nothing and means nothing."""
        size = element.end - element.at
        written = 1 if size <= 128 else 8
        rest = size - 1 - written
        self.film.blank(element.at, element.end)
        self.film.put(element.at, _VOID + (rest | 1 << 7 * written).to_bytes(written, "big"))


def _length(first: int, most: int) -> int:
    length = 9 - first.bit_length()
    if length > most:
        unreadable()
    return length
