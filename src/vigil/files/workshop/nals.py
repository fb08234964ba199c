"""Words between the pictures: H.264 and H.265 let a camera put any text among them, a place or its maker's settings.

Each such unit is made into filler of the same length, which decoders skip.
"""

from collections.abc import Iterable

from vigil.files.workshop.boxes import Box, Reader
from vigil.files.workshop.samples import Piece
from vigil.files.workshop.unfit import unreadable

_CONFIGURATIONS = {b"avc1": b"avcC", b"avc3": b"avcC", b"hvc1": b"hvcC", b"hev1": b"hvcC"}
# Which byte of the configuration says, in its last two bits, how long the length before each unit is.
_LENGTH_AT = {b"avcC": 4, b"hvcC": 21}
_FREE_TEXT = frozenset({4, 5})  # payloads registered by somebody, and by nobody
_HEAD = 3


def silence(reader: Reader, track: Box, pieces: Iterable[Piece]) -> None:
    """Make every unit of free text in a track's pieces into filler; tracks coded otherwise have none."""
    table = reader.one(track, b"mdia", b"minf", b"stbl", b"stsd")
    entry = next(reader.inside(table.start + 8, table.end), None) if table else None
    wanted = _CONFIGURATIONS.get(entry.kind) if entry else None
    if entry is None or wanted is None:
        return
    configuration = next((box for box in reader.inside(entry.at + 86, entry.end) if box.kind == wanted), None)
    if configuration is None:
        return
    if wanted == b"hvcC":
        _silence_configuration(reader, configuration)
    prefix = 1 + (reader.film.number(configuration.start + _LENGTH_AT[wanted], 1) & 3)
    for start, end in pieces:
        _walk(reader, start, end, prefix, is_new=wanted == b"hvcC")


def _walk(reader: Reader, start: int, end: int, prefix: int, *, is_new: bool) -> None:
    while start + prefix + _HEAD < end:
        head = reader.film.read(start, prefix + _HEAD)
        length = int.from_bytes(head[:prefix], "big")
        unit = start + prefix
        if unit + length > end:
            return  # No player reads on from here either.
        if length > _HEAD and _is_free_text(head[prefix:], is_new=is_new):
            _fill(reader, unit, unit + length, is_new=is_new)
        start = unit + length


def _silence_configuration(reader: Reader, box: Box) -> None:
    """H.265 may keep such units beside its parameters too, in groups by their kind."""
    at = box.start + 23
    for _ in range(reader.film.number(at - 1, 1)):
        at, count = at + 3, reader.film.number(at + 1, 2)
        for _ in range(count):
            start, end = at + 2, at + 2 + reader.film.number(at, 2)
            if end > box.end:
                unreadable()
            if end - start > _HEAD and _is_free_text(reader.film.read(start, _HEAD), is_new=True):
                _fill(reader, start, end, is_new=True)
            at = end


def _is_free_text(head: bytes, *, is_new: bool) -> bool:
    if is_new:
        return head[0] >> 1 & 0x3F in {39, 40} and head[2] in _FREE_TEXT
    return head[0] & 0x1F == 6 and head[1] in _FREE_TEXT


def _fill(reader: Reader, start: int, end: int, *, is_new: bool) -> None:
    head = b"\x4c\x01" if is_new else b"\x0c"
    reader.film.put(start, head + b"\xff" * (end - start - len(head) - 1) + b"\x80")
