"""MP4 and QuickTime: what a player needs is kept, by name; every other box, track and byte is blanked."""

from vigil.files.workshop import descriptions, fragments, nals, samples
from vigil.files.workshop.boxes import Box, Reader
from vigil.files.workshop.film import Film
from vigil.files.workshop.seen import Seen
from vigil.files.workshop.unfit import Unfit, unreadable

_KEPT: dict[bytes, frozenset[bytes]] = {
    b"moov": frozenset({b"mvhd", b"trak", b"mvex"}),
    b"mvex": frozenset({b"mehd", b"trex"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia"}),
    b"edts": frozenset({b"elst"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
    b"minf": frozenset({b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl"}),
    b"dinf": frozenset({b"dref"}),
    b"stbl": frozenset({b"stsd", b"stts", b"ctts", b"cslg", b"stss", b"stsc", b"stsz", b"stco", b"co64"}),
    b"moof": frozenset({b"mfhd", b"traf"}),
    b"traf": frozenset({b"tfhd", b"tfdt", b"trun"}),
}
_BRANDS = b"isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 mp41 mp42 avc1 hvc1 hev1 M4V  dash 3gp4 3gp5 3gp6 3g2a".split(b" ")
_KNOWN = frozenset({*_BRANDS, b"qt  ", b"M4V "})
_MOST_BRANDS = 256


def clean(film: Film) -> Seen:
    """Blank whatever no player needs. Raises Unfit."""
    reader = Reader(film)
    top = _top(reader)
    movies = [box for box in top if box.kind == b"moov"]
    if len(movies) != 1 or top[0].kind != b"ftyp":
        unreadable()
    tracks = _kept_tracks(reader, movies[0])
    seen = _look(reader, movies[0], list(tracks.values()))
    defaults = fragments.defaults_of(reader, movies[0])
    kept = {number: list(samples.pieces_of(reader, track)) for number, track in tracks.items()}
    for box in top:
        if box.kind == b"moof":
            for number, piece in fragments.pieces_of(reader, box, {number: defaults.get(number, 0) for number in tracks}):
                kept[number].append(piece)
    for number, pieces in kept.items():
        nals.silence(reader, tracks[number], pieces)
    every = sorted(piece for pieces in kept.values() for piece in pieces)
    for box in top:
        _scrub_top(reader, box, every)
    return seen


def _top(reader: Reader) -> list[Box]:
    """List the boxes of the file; what some telephones hang behind the last one is no box, and is cut off."""
    found: list[Box] = []
    try:
        for box in reader.inside(0, reader.film.size):
            found.append(box)
    except Unfit:
        if not found:
            raise
    if reader.film.size > found[-1].end:
        reader.film.cut(found[-1].end)
    return found


def _kept_tracks(reader: Reader, movie: Box) -> dict[int, Box]:
    """Find the tracks of pictures and sounds, by number; places, times, faces and texts are tracks of their own, and are freed."""
    kept: dict[int, Box] = {}
    has_pictures = False
    for box in list(reader.inside(movie.start, movie.end)):
        if box.kind != b"trak":
            continue
        head, handler = reader.one(box, b"tkhd"), reader.one(box, b"mdia", b"hdlr")
        table = reader.one(box, b"mdia", b"minf", b"stbl", b"stsd")
        role = reader.film.read(handler.start + 8, 4) if handler else b""
        if head is None or table is None or not descriptions.is_known(reader, table, role):
            reader.free(box)
            continue
        is_long = reader.film.number(head.start, 1) == 1
        kept[reader.film.number(head.start + (20 if is_long else 12), 4)] = box
        has_pictures = has_pictures or role == b"vide"
    if not has_pictures:
        unreadable()
    return kept


def _look(reader: Reader, movie: Box, tracks: list[Box]) -> Seen:
    width = height = 0
    for track in tracks:
        head = reader.one(track, b"tkhd")
        if head is None:
            continue
        wide, high = (reader.film.number(head.end - back, 4) >> 16 for back in (8, 4))
        # The first and the fifth number of the matrix are nothing when the picture lies on its side.
        lies = not reader.film.number(head.end - 44, 4) and not reader.film.number(head.end - 28, 4)
        if wide * high > width * height:
            width, height = (high, wide) if lies else (wide, high)
    return Seen(width, height, _milliseconds(reader, movie))


def _milliseconds(reader: Reader, movie: Box) -> int | None:
    head = reader.one(movie, b"mvhd")
    if head is None:
        unreadable()
    is_long = reader.film.number(head.start, 1) == 1
    scale_at, width = head.start + (20 if is_long else 12), 8 if is_long else 4
    scale, length = reader.film.number(scale_at, 4), reader.film.number(scale_at + 4, width)
    whole = reader.one(movie, b"mvex", b"mehd")
    if not length and whole is not None:
        length = reader.film.number(whole.start + 4, 8 if reader.film.number(whole.start, 1) == 1 else 4)
    return length * 1000 // scale if scale and length and length < (1 << width * 8) - 1 else None


def _scrub_top(reader: Reader, box: Box, kept: list[samples.Piece]) -> None:
    if box.kind == b"ftyp":
        _scrub_brands(reader, box)
    elif box.kind == b"mdat":
        reader.film.blank_between(box.start, box.end, kept)
    elif box.kind in {b"moov", b"moof"}:
        _scrub(reader, box)
    else:
        reader.free(box)


def _scrub_brands(reader: Reader, box: Box) -> None:
    if box.end - box.start > _MOST_BRANDS:
        unreadable()
    brands = reader.film.read(box.start, box.end - box.start)
    usual = brands[:4] if brands[:4] in _KNOWN else b"isom"
    others = (brands[at : at + 4] for at in range(8, len(brands), 4))
    line = usual + bytes(4) + b"".join(brand if brand in _KNOWN else usual for brand in others)
    reader.film.put(box.start, line[: len(brands)])


def _scrub(reader: Reader, parent: Box) -> None:
    for box in list(reader.inside(parent.start, parent.end)):
        if box.kind not in _KEPT[parent.kind]:
            reader.free(box)
        elif box.kind in _KEPT:
            _scrub(reader, box)
        elif box.kind in {b"mvhd", b"tkhd", b"mdhd"}:
            reader.film.blank(box.start + 4, box.start + (20 if reader.film.number(box.start, 1) == 1 else 12))  # made, changed
        elif box.kind == b"hdlr":
            reader.film.blank(min(box.start + 12, box.end), box.end)  # the name of a program or a maker
        elif box.kind == b"dref":
            _scrub_references(reader, box)
        elif box.kind == b"stsd":
            descriptions.scrub(reader, box)


def _scrub_references(reader: Reader, box: Box) -> None:
    for entry in list(reader.inside(box.start + 8, box.end)):
        if not reader.film.number(entry.start + 3, 1) & 1:
            unreadable()  # The pictures lie in another file: on somebody's disk, or somewhere in the network.
        reader.film.blank(entry.start + 4, entry.end)
