"""Videos through the workshop: they play as before, and say nothing about who made them, where, when and with what."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vigil.files import workbench
from vigil.files.tests import makers
from vigil.files.tests.makers import box
from vigil.files.workbench import Made

Cleaner = Callable[[str, bytes], tuple[Made | str, bytes]]
_CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"moof", b"traf", b"mvex"}
_PLAYED = frozenset(
    b"ftyp moov mvhd trak tkhd edts elst mdia mdhd hdlr minf vmhd smhd dinf dref stbl stsd stts ctts stss stsc stsz stco co64 "
    b"mvex mehd trex moof mfhd traf tfhd tfdt trun mdat free".split()
)


@pytest.fixture
def clean(tmp_path: Path) -> Cleaner:
    def run(kind: str, data: bytes) -> tuple[Made | str, bytes]:
        source, target = tmp_path / "source", tmp_path / "target"
        source.write_bytes(data)
        outcome = workbench.clean(kind, source, target, tmp_path / "small")
        return outcome, target.read_bytes()

    return run


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, bytes]]:
    """Walk every box of a file and those inside it, by a reader that is not the cleaner's."""
    end = len(data) if end is None else end
    while start < end:
        size, kind = int.from_bytes(data[start : start + 4], "big"), data[start + 4 : start + 8]
        assert size >= 8
        assert start + size <= end
        yield kind, data[start + 8 : start + size]
        if kind in _CONTAINERS:
            yield from boxes(data, start + 8, start + size)
        start += size


def _is_blank(content: bytes) -> bool:
    return not content.strip(b"\0")


@pytest.mark.parametrize("name", ["phone.mp4", "iphone.mov", "hevc.mov", "recorded.mp4"])
def test_the_metadata_of_a_film_are_gone_and_every_box_left_is_one_a_player_needs(clean: Cleaner, name: str) -> None:
    data = (makers.SAMPLES / name).read_bytes()
    assert makers.TRACE in data
    outcome, cleaned = clean(name.rpartition(".")[2], data)
    assert isinstance(outcome, Made)
    assert (outcome.width, outcome.height) == (32, 32)
    for trace in (makers.TRACE, *makers.PLACE, b"Lavf", b"x264", b"x265", b"Handler"):
        assert trace not in cleaned
    for kind, content in boxes(cleaned):
        assert kind in _PLAYED
        if kind == b"free":
            assert _is_blank(content)
        if kind in {b"mvhd", b"tkhd", b"mdhd"}:
            assert _is_blank(content[4:12]), "when it was made"
        if kind == b"hdlr":
            assert _is_blank(content[12:]), "with what it was made"


@pytest.mark.parametrize("name", ["phone.mp4", "iphone.mov", "hevc.mov", "recorded.mp4", "screen.webm", "live.webm"])
def test_a_cleaned_film_has_its_pictures_where_they_were(clean: Cleaner, name: str) -> None:
    data = (makers.SAMPLES / name).read_bytes()
    outcome, cleaned = clean(name.rpartition(".")[2], data)
    assert isinstance(outcome, Made)
    assert len(cleaned) == len(data)
    same = sum(before == after for before, after in zip(data, cleaned, strict=True))
    assert same > len(data) * 0.5
    # What was cleaned is clean: a second time nothing changes.
    assert clean(name.rpartition(".")[2], cleaned)[1] == cleaned


def test_a_track_of_places_and_whatever_lies_between_the_pictures_is_blanked(clean: Cleaner) -> None:
    outcome, cleaned = clean("mov", makers.film_with_places())
    assert isinstance(outcome, Made)
    assert (outcome.width, outcome.height, outcome.milliseconds) == (480, 640, 4000)
    assert cleaned.count(b"PICTUREPICTUREPI") == 2
    for trace in (makers.TRACE, makers.TRACE[:4], makers.PLACE[0]):
        assert trace not in cleaned
    assert [kind for kind, _ in boxes(cleaned)].count(b"trak") == 1


@pytest.mark.parametrize("name", ["screen.webm", "live.webm"])
def test_the_tags_titles_and_programs_of_a_webm_are_gone(clean: Cleaner, name: str) -> None:
    data = (makers.SAMPLES / name).read_bytes()
    assert makers.TRACE in data
    outcome, cleaned = clean("webm", data)
    assert isinstance(outcome, Made)
    assert (outcome.width, outcome.height) == (32, 32)
    for trace in (makers.TRACE, *makers.PLACE, b"Lavf", b"\x44\x61\x88"):
        assert trace not in cleaned


def _film(*parts: bytes) -> bytes:
    return box(b"ftyp", b"isom", bytes(4), b"isom") + b"".join(parts)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("mp4", b""),
        ("mp4", _film()),
        ("mp4", _film(box(b"moov"))),
        ("mp4", _film(box(b"moov"), box(b"moov"))),
        ("mp4", b"\0\0\0\x08ftyp" + b"\xff\xff\xff\xffmoov"),
        ("mp4", _film(box(b"mdat", makers.SCRIPT))),
        ("mp4", _film(box(b"moov", box(b"trak") * 100_000))),
        ("webm", b"\x1a\x45\xdf\xa3\x80"),
        ("webm", b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x80"),
        ("webm", b"\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska\x18\x53\x80\x67\x80"),
        ("webm", b"\x1a\x45\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff"),
        ("webm", b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + b"\xec\x80" * 500_000),
    ],
)
def test_a_film_without_pictures_or_without_sense_is_refused(clean: Cleaner, kind: str, data: bytes) -> None:
    assert clean(kind, data)[0] == "unreadable"


def test_a_film_whose_pictures_lie_in_another_file_is_refused(clean: Cleaner) -> None:
    data = makers.film_with_places().replace(b"url \0\0\0\1", b"url \0\0\0\0")
    assert clean("mov", data)[0] == "unreadable"


def test_a11_a_film_of_an_hour_is_refused(clean: Cleaner) -> None:
    data = makers.film_with_places().replace(
        (1000).to_bytes(4, "big") + (4000).to_bytes(4, "big"), (1).to_bytes(4, "big") + (3600).to_bytes(4, "big")
    )
    assert clean("mov", data)[0] == "too_long"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", ["phone.mp4", "recorded.mp4", "screen.webm", "live.webm"])
def test_a_damaged_film_is_cleaned_or_refused_and_never_anything_else(clean: Cleaner, name: str, seed: int) -> None:
    data = bytearray((makers.SAMPLES / name).read_bytes())
    for step in range(12):
        data[(seed * 7919 + step * 104729) % len(data)] = (seed * 31 + step * 17) % 256
    outcome, _ = clean(name.rpartition(".")[2], bytes(data))
    assert isinstance(outcome, Made) or outcome in {"unreadable", "too_long", "too_costly"}


def test_a_webm_keeps_pictures_and_sound_and_loses_its_words_and_whatever_follows(clean: Cleaner) -> None:
    data = makers.webm_with_words()
    outcome, cleaned = clean("webm", data)
    assert isinstance(outcome, Made)
    assert (outcome.width, outcome.height, outcome.milliseconds) == (640, 480, 4000)
    for kept in (b"PICTURE", b"SOUND", b"CODEBOOKS", b"V_VP9", b"A_VORBIS"):
        assert kept in cleaned
    for gone in (makers.TRACE, b"S_TEXT/UTF8"):
        assert gone not in cleaned
    assert len(cleaned) == len(data) - len(makers.TRACE)


def test_a_webm_that_was_never_told_its_lengths_is_cleaned_all_the_same(clean: Cleaner) -> None:
    data = makers.webm_with_words().removesuffix(makers.TRACE)
    for name in ("18538067", "1f43b675"):
        at = data.index(bytes.fromhex(name)) + 4
        data = data[:at] + b"\x01" + b"\xff" * 7 + data[at + 8 :]
    outcome, cleaned = clean("webm", data)
    assert isinstance(outcome, Made)
    assert makers.TRACE not in cleaned
    assert all(kept in cleaned for kept in (b"PICTURE", b"SOUND", b"CODEBOOKS"))


def test_the_comments_of_vorbis_are_empty_and_can_still_be_read(clean: Cleaner) -> None:
    _, cleaned = clean("webm", makers.webm_with_words())
    start = cleaned.index(b"\x03vorbis") + 7
    end = cleaned.index(b"\x05vorbis")
    maker = int.from_bytes(cleaned[start : start + 4], "little")
    count = int.from_bytes(cleaned[start + 4 + maker : start + 8 + maker], "little")
    assert (count, start + 8 + maker + 1) == (0, end)
    assert cleaned[end - 1] == 1


def test_free_text_between_the_pictures_becomes_filler(clean: Cleaner) -> None:
    data = (makers.SAMPLES / "phone.mp4").read_bytes()
    assert b"x264" in data
    at = data.index(b"x264") - 16
    _, cleaned = clean("mp4", data)
    assert cleaned[at : at + 64] == b"\xff" * 64
