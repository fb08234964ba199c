"""Where the pictures and sounds lie in a file that was written while it was recorded, piece by piece."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vigil.files.workshop.boxes import Box, Reader
from vigil.files.workshop.samples import Piece
from vigil.files.workshop.unfit import unreadable


@dataclass(slots=True)
class _Header:
    """What holds for all runs of a track in one fragment (tfhd)."""

    track: int
    base: int | None
    size: int


def defaults_of(reader: Reader, movie: Box) -> dict[int, int]:
    """Tell, by track, how long a sample is that no fragment says otherwise of."""
    extends = reader.one(movie, b"mvex")
    boxes = reader.inside(extends.start, extends.end) if extends else ()
    return {reader.film.number(box.start + 4, 4): reader.film.number(box.start + 16, 4) for box in boxes if box.kind == b"trex"}


def pieces_of(reader: Reader, fragment: Box, kept: Mapping[int, int]) -> Iterator[tuple[int, Piece]]:
    """Walk what the runs of the tracks in `kept` name (their default sizes by number); other tracks' runs are freed. Raises Unfit."""
    end = fragment.at
    for box in list(reader.inside(fragment.start, fragment.end)):
        if box.kind != b"traf":
            continue
        head = _header(reader, box, fragment, kept)
        base = end if head.base is None else head.base
        end = base
        for run in [each for each in reader.inside(box.start, box.end) if each.kind == b"trun"]:
            start, length = _run(reader, run, head.size)
            begin = end if start is None else base + start
            end = begin + length
            if head.track in kept:
                yield head.track, (begin, end)
        if head.track not in kept:
            reader.free(box)


def _header(reader: Reader, box: Box, fragment: Box, kept: Mapping[int, int]) -> _Header:
    head = reader.one(box, b"tfhd")
    if head is None:
        unreadable()
    flags, track = reader.film.number(head.start + 1, 3), reader.film.number(head.start + 4, 4)
    at, base = head.start + 8, None
    if flags & 0x1:
        base, at = reader.film.number(at, 8), at + 8
    elif flags & 0x20000:
        base = fragment.at
    at += 4 * bool(flags & 0x2) + 4 * bool(flags & 0x8)
    size = reader.film.number(at, 4) if flags & 0x10 else kept.get(track, 0)
    return _Header(track, base, size)


def _run(reader: Reader, box: Box, size: int) -> tuple[int | None, int]:
    flags, count = reader.film.number(box.start + 1, 3), reader.film.number(box.start + 4, 4)
    at, start = box.start + 8, None
    if flags & 0x1:
        start, at = int.from_bytes(reader.film.read(at, 4), "big", signed=True), at + 4
    at += 4 * bool(flags & 0x4)
    if not flags & 0x200:
        return start, size * count
    columns = [bit for bit in (0x100, 0x200, 0x400, 0x800) if flags & bit]
    rows = reader.film.read(at, 4 * len(columns) * count)
    step, place = 4 * len(columns), 4 * columns.index(0x200)
    return start, sum(int.from_bytes(rows[row : row + 4], "big") for row in range(place, len(rows), step))
