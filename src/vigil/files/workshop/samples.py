"""Where in an MP4 or QuickTime file the pictures and sounds of a track lie."""

from array import array
from collections.abc import Iterator
from sys import byteorder

from vigil.files.workshop.boxes import Box, Reader
from vigil.files.workshop.unfit import unreadable

Piece = tuple[int, int]  # from, up to but not including
_LETTERS = {4: "I", 8: "Q"}


def pieces_of(reader: Reader, track: Box) -> Iterator[Piece]:
    """Walk the chunks of a track as its tables name them. Raises Unfit when they contradict one another."""
    table = reader.one(track, b"mdia", b"minf", b"stbl")
    if table is None:
        unreadable()
    offsets = _offsets(reader, table)
    sizes, same = _sizes(reader, table)
    runs = _numbers(reader, reader.one(table, b"stsc"), 4, 3)
    sample = 0
    for run in range(0, len(runs), 3):
        first, each = runs[run] - 1, runs[run + 1]
        last = runs[run + 3] - 1 if run + 3 < len(runs) else len(offsets)
        if first < 0 or last < first or last > len(offsets):
            unreadable()
        for chunk in range(first, last):
            length = sum(sizes[sample : sample + each]) if same is None else same * each
            sample += each
            yield offsets[chunk], offsets[chunk] + length


def _offsets(reader: Reader, table: Box) -> "array[int]":
    long = reader.one(table, b"co64")
    return _numbers(reader, long, 8) if long is not None else _numbers(reader, reader.one(table, b"stco"), 4)


def _sizes(reader: Reader, table: Box) -> "tuple[array[int], int | None]":
    box = reader.one(table, b"stsz")
    if box is None:
        unreadable()
    same = reader.film.number(box.start + 4, 4)
    return (array("I"), same) if same else (_numbers(reader, box, 4, skip=4), None)


def _numbers(reader: Reader, box: Box | None, width: int, columns: int = 1, *, skip: int = 0) -> "array[int]":
    """Read a table: version and flags, perhaps something else, a count, and so many rows."""
    if box is None:
        unreadable()
    at = box.start + 4 + skip
    length = reader.film.number(at, 4) * columns * width
    if at + 4 + length > box.end:
        unreadable()
    numbers = array(_LETTERS[width], reader.film.read(at + 4, length))
    if byteorder == "little":
        numbers.byteswap()
    return numbers
