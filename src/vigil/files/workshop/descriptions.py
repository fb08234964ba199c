"""How each track of an MP4 or QuickTime file is coded: kept for what players know, without makers' names."""

from vigil.files.workshop.boxes import Box, Reader
from vigil.files.workshop.unfit import unreadable

_FORMS = {
    b"vide": frozenset({b"avc1", b"avc3", b"hvc1", b"hev1", b"vp08", b"vp09", b"av01", b"mp4v"}),
    b"soun": frozenset({b"mp4a", b"Opus", b"alac", b".mp3", b"fLaC", b"ac-3", b"ec-3", b"samr", b"sawb"}),
}
_SOUNDS = _FORMS[b"soun"]
_KEPT = frozenset(b"avcC hvcC vpcC av1C esds dOps dfLa alac wave frma chan dac3 dec3 damr pasp colr clap btrt fiel enda mp4a".split(b" "))
# Where the boxes of a description begin, from its start: pictures, and sounds by the version QuickTime gives them.
_PICTURE = 86
_SOUND = {0: 36, 1: 52, 2: 72}


def is_known(reader: Reader, table: Box, role: bytes) -> bool:
    """Say whether every description of a track is one that players know, for its role."""
    entries = list(reader.inside(table.start + 8, table.end))
    return bool(entries) and all(entry.kind in _FORMS.get(role, ()) for entry in entries)


def scrub(reader: Reader, table: Box) -> None:
    """Blank the names of makers and programs, and every box that no player needs."""
    for entry in list(reader.inside(table.start + 8, table.end)):
        is_sound = entry.kind in _SOUNDS
        head = _SOUND.get(reader.film.number(entry.at + 16, 2), 0) if is_sound else _PICTURE
        if not head or entry.at + head > entry.end:
            unreadable()
        reader.film.blank(entry.at + 20, entry.at + 24)
        if not is_sound:
            reader.film.blank(entry.at + 50, entry.at + 82)
        _scrub_parts(reader, entry.at + head, entry.end)


def _scrub_parts(reader: Reader, start: int, end: int) -> None:
    for box in list(reader.inside(start, end)):
        is_profile = box.kind == b"colr" and reader.film.read(box.start, 4) not in {b"nclx", b"nclc"}
        if box.kind not in _KEPT or is_profile:
            reader.free(box)
        elif box.kind == b"wave":
            _scrub_parts(reader, box.start, box.end)
