"""WebM: what a player needs is kept, by name; tags, dates, titles, programs and whatever is unknown is blanked."""

import struct
from collections.abc import Iterator

from vigil.files.workshop.ebml import Element, Reader
from vigil.files.workshop.film import Film
from vigil.files.workshop.seen import Seen
from vigil.files.workshop.unfit import unreadable

_EBML, _SEGMENT, _DOCTYPE = 0x1A45DFA3, 0x18538067, 0x4282
_SEEK_HEAD, _INFO, _TRACKS, _CLUSTER, _CUES = 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1F43B675, 0x1C53BB6B
_ENTRY, _VIDEO, _AUDIO, _COLOUR = 0xAE, 0xE0, 0xE1, 0x55B0
_TRACK_NUMBER, _TRACK_TYPE, _CODEC, _PRIVATE, _WIDTH, _HEIGHT = 0xD7, 0x83, 0x86, 0x63A2, 0xB0, 0xBA
_SCALE, _DURATION, _PROGRAMS = 0x2AD7B1, 0x4489, frozenset({0x4D80, 0x5741})
_GROUP, _BLOCK, _SIMPLE_BLOCK = 0xA0, 0xA1, 0xA3
_CODECS = {1: {b"V_VP8", b"V_VP9", b"V_AV1"}, 2: {b"A_OPUS", b"A_VORBIS"}}
_TOP = frozenset({_SEEK_HEAD, _INFO, _TRACKS, _CLUSTER, _CUES, 0x1254C367, 0x1043A770, 0x1941A469})

_KEPT: dict[int, frozenset[int]] = {
    _EBML: frozenset({0x4286, 0x42F7, 0x42F2, 0x42F3, _DOCTYPE, 0x4287, 0x4285}),
    _SEEK_HEAD: frozenset({0x4DBB}),
    0x4DBB: frozenset({0x53AB, 0x53AC}),
    _INFO: frozenset({_SCALE, _DURATION, *_PROGRAMS}),
    _TRACKS: frozenset({_ENTRY}),
    _ENTRY: frozenset(
        {
            *(_TRACK_NUMBER, 0x73C5, _TRACK_TYPE, 0xB9, 0x88, 0x55AA, 0x9C, 0x23E383, _CODEC, _PRIVATE),
            *(0x56AA, 0x56BB, _VIDEO, _AUDIO, 0x22B59C),
        }
    ),
    _VIDEO: frozenset({_WIDTH, _HEIGHT, 0x9A, 0x9D, 0x54B0, 0x54BA, 0x54B2, 0x54AA, 0x54BB, 0x54CC, 0x54DD, _COLOUR}),
    _COLOUR: frozenset({0x55B1, 0x55B2, 0x55B3, 0x55B4, 0x55B7, 0x55B8, 0x55B9, 0x55BA, 0x55BB}),
    _AUDIO: frozenset({0xB5, 0x78B5, 0x9F, 0x6264}),
    _CLUSTER: frozenset({0xE7, 0xA7, 0xAB, _SIMPLE_BLOCK, _GROUP}),
    _GROUP: frozenset({_BLOCK, 0x9B, 0xFB, 0x75A2}),
    _CUES: frozenset({0xBB}),
    0xBB: frozenset({0xB3, 0xB7}),
    0xB7: frozenset({0xF7, 0xF1, 0xF0, 0xB2, 0x5378}),
}
# Longest content of what is kept and holds one value: no place for a text to hide.
_LONGEST_VALUE = 16


def clean(film: Film) -> Seen:
    """Blank whatever no player needs. Raises Unfit."""
    reader = Reader(film)
    head, segment = _head(reader)
    parts = list(_parts(reader, segment))
    tracks, (width, height) = _tracks(reader, parts)
    milliseconds = _milliseconds(reader, parts)
    _scrub(reader, head, tracks)
    for part in parts:
        if part.name in _KEPT:
            _scrub(reader, part, tracks)
        else:
            reader.free(part)
    return Seen(width, height, milliseconds)


def _head(reader: Reader) -> tuple[Element, Element]:
    head = next(reader.inside(0, reader.film.size))
    if head.name != _EBML or head.is_open:
        unreadable()
    kinds = [reader.text(each) for each in reader.inside(head.start, head.end) if each.name == _DOCTYPE]
    segment = next(reader.inside(head.end, reader.film.size), None)
    if kinds != [b"webm"] or segment is None or segment.name != _SEGMENT:
        unreadable()
    reader.film.cut(segment.end)
    return head, segment


def _parts(reader: Reader, segment: Element) -> Iterator[Element]:
    """Walk the parts of the file; one whose length was not written ends where the next begins."""
    at = segment.start
    while at < segment.end:
        part = next(reader.inside(at, segment.end))
        if part.is_open:
            if part.name != _CLUSTER:
                unreadable()
            end = part.start
            for element in reader.inside(part.start, segment.end, stops=_TOP):
                end = element.end
            part = Element(part.name, part.at, part.start, end, is_open=True)
        yield part
        at = part.end


def _tracks(reader: Reader, parts: list[Element]) -> tuple[set[int], tuple[int, int]]:
    """Find the numbers of the tracks that are kept, and the size of the picture; other tracks are freed. Raises Unfit."""
    kept: set[int] = set()
    size = (0, 0)
    for part in parts:
        for entry in list(reader.inside(part.start, part.end)) if part.name == _TRACKS else ():
            inside = {each.name: each for each in reader.inside(entry.start, entry.end)} if entry.name == _ENTRY else {}
            if not _is_known(reader, inside):
                reader.free(entry)
                continue
            kept.add(reader.number(inside[_TRACK_NUMBER]))
            size = max(size, _size(reader, inside.get(_VIDEO)))
    if size == (0, 0):
        unreadable()
    return kept, size


def _is_known(reader: Reader, entry: dict[int, Element]) -> bool:
    if not entry.keys() >= {_TRACK_NUMBER, _TRACK_TYPE, _CODEC}:
        return False
    return reader.text(entry[_CODEC]) in _CODECS.get(reader.number(entry[_TRACK_TYPE]), ())


def _size(reader: Reader, video: Element | None) -> tuple[int, int]:
    if video is None:
        return (0, 0)
    values = {each.name: reader.number(each) for each in reader.inside(video.start, video.end) if each.name in {_WIDTH, _HEIGHT}}
    return values.get(_WIDTH, 0), values.get(_HEIGHT, 0)


def _milliseconds(reader: Reader, parts: list[Element]) -> int | None:
    values = {each.name: each for part in parts if part.name == _INFO for each in reader.inside(part.start, part.end)}
    if _DURATION not in values:
        return None
    raw = reader.film.read(values[_DURATION].start, values[_DURATION].end - values[_DURATION].start)
    if len(raw) not in {4, 8}:
        unreadable()
    length: float = struct.unpack(">f" if len(raw) == 4 else ">d", raw)[0]
    scale = reader.number(values[_SCALE]) if _SCALE in values else 1_000_000
    return int(length * scale / 1_000_000) if 0 < length < 2**40 else None


def _scrub(reader: Reader, parent: Element, tracks: set[int]) -> None:
    for element in list(reader.inside(parent.start, parent.end)):
        if element.name not in _KEPT[parent.name]:
            reader.free(element)
        elif element.name in {_SIMPLE_BLOCK, _BLOCK}:
            if _track_of(reader, element) not in tracks:
                reader.free(element)
        elif element.name in _KEPT:
            _scrub(reader, element, tracks)
        elif element.name in _PROGRAMS:
            reader.film.blank(element.start, element.end)
        elif element.name == _PRIVATE:
            _scrub_private(reader, element)
        elif element.end - element.start > _LONGEST_VALUE:
            unreadable()


def _track_of(reader: Reader, block: Element) -> int:
    if block.end - block.start < 4:
        unreadable()
    first = reader.film.number(block.start, 1)
    return first & 0x7F if first & 0x80 else reader.film.number(block.start, 2) & 0x3FFF


def _scrub_private(reader: Reader, element: Element) -> None:
    """Empty the comments that Vorbis keeps among what a decoder needs to begin; the others keep none there."""
    raw = reader.film.read(element.start, element.end - element.start)
    at = raw.find(b"\x03vorbis")
    end = raw.find(b"\x05vorbis", at)
    if at < 0 or end < 0 or raw[:1] != b"\x02":
        return
    room = end - at - 16  # behind the name: a length, the maker's name, the number of comments, one closing bit
    if room < 0:
        unreadable()
    reader.film.put(element.start + at + 7, room.to_bytes(4, "little") + bytes(room + 4) + b"\x01")
