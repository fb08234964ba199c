"""Pictures through the workshop: what comes out is painted anew, and nothing but pixels survives."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from vigil.files import workbench
from vigil.files.tests import makers
from vigil.files.workbench import Made

Cleaner = Callable[[str, bytes], tuple[Made | str, bytes]]


@pytest.fixture
def clean(tmp_path: Path) -> Cleaner:
    def run(kind: str, data: bytes) -> tuple[Made | str, bytes]:
        source, target = tmp_path / "source", tmp_path / "target"
        source.write_bytes(data)
        outcome = workbench.clean(kind, source, target, tmp_path / "small")
        return outcome, target.read_bytes()

    return run


def _opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(("kind", "data"), [("jpeg", makers.jpeg()), ("png", makers.png()), ("webp", makers.webp()), ("gif", makers.gif())])
def test_nothing_that_a_camera_or_a_program_wrote_beside_the_pixels_is_left(clean: Cleaner, kind: str, data: bytes) -> None:
    assert makers.TRACE in data
    outcome, cleaned = clean(kind, data)
    assert isinstance(outcome, Made)
    assert makers.TRACE not in cleaned
    image = _opened(cleaned)
    assert (image.format, image.size) == (_opened(data).format, _opened(data).size)
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment", "XML:com.adobe.xmp"} & set(image.info)


def test_a_picture_of_an_iphone_becomes_an_upright_jpeg(clean: Cleaner) -> None:
    outcome, cleaned = clean("heic", (makers.SAMPLES / "iphone.heic").read_bytes())
    assert isinstance(outcome, Made)
    image = _opened(cleaned)
    assert image.format == "JPEG"
    assert (outcome.width, outcome.height) == image.size
    assert makers.TRACE not in cleaned
    assert not image.getexif()


@pytest.mark.parametrize(("orientation", "red_at"), [(1, (2, 20)), (3, (57, 20)), (6, (20, 2)), (8, (20, 57))])
def test_a_photograph_stands_upright_although_its_orientation_is_gone(clean: Cleaner, orientation: int, red_at: tuple[int, int]) -> None:
    _, cleaned = clean("jpeg", makers.jpeg(orientation=orientation))
    pixel = _opened(cleaned).getpixel(red_at)
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200
    assert pixel[2] < 60


@pytest.mark.parametrize("mode", ["L", "P", "RGB", "RGBA", "I;16", "LA", "1"])
def test_every_way_of_writing_a_png_is_painted(clean: Cleaner, mode: str) -> None:
    outcome, _ = clean("png", makers.png(mode=mode))
    assert isinstance(outcome, Made)
    assert (outcome.width, outcome.height) == (60, 40)


def test_a_picture_larger_than_a_thumbnail_has_one_and_a_small_one_has_none(clean: Cleaner, tmp_path: Path) -> None:
    small, _ = clean("png", makers.png())
    assert isinstance(small, Made)
    assert not small.has_thumbnail
    large, _ = clean("png", makers.png(1300, 700))
    assert isinstance(large, Made)
    assert large.has_thumbnail
    assert _opened((tmp_path / "small").read_bytes()).size == (640, 345)


def test_an_animation_keeps_its_frames_and_their_time(clean: Cleaner) -> None:
    _, cleaned = clean("gif", makers.gif(5))
    image = _opened(cleaned)
    assert getattr(image, "n_frames", 1) == 5
    assert image.info["duration"] == 40


@pytest.mark.parametrize("name", list(makers.polyglots()))
def test_a10_v15_a_picture_that_is_also_a_page_or_an_archive_is_only_a_picture_afterwards(clean: Cleaner, name: str) -> None:
    data = makers.polyglots()[name]
    _, cleaned = clean(name.split("-", maxsplit=1)[0], data)
    assert b"<script" not in cleaned
    assert b"PK\x03\x04" not in cleaned


def test_a11_v57_a_picture_of_fifty_thousand_pixels_each_way_is_refused_by_its_header(clean: Cleaner) -> None:
    began = time.process_time()
    assert clean("png", makers.huge_png())[0] == "too_many_pixels"
    assert time.process_time() - began < 1
    assert clean("png", makers.huge_png(8_000, 5_001))[0] == "too_many_pixels"


def test_a11_v57_a_webp_is_judged_before_its_decoder_takes_memory_for_it(clean: Cleaner) -> None:
    head = b"RIFF\xff\xff\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (16_000).to_bytes(3, "little") * 2
    assert clean("webp", head + bytes(100))[0] == "too_many_pixels"


def test_a11_v57_an_animation_of_ten_thousand_frames_is_refused(clean: Cleaner) -> None:
    assert clean("gif", makers.endless_gif(10_000))[0] == "too_many_frames"
    assert isinstance(clean("gif", makers.endless_gif(20))[0], Made)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif", "heic"])
def test_v57_only_the_decoder_of_its_kind_looks_at_a_picture(clean: Cleaner, kind: str) -> None:
    tiff = io.BytesIO()
    Image.new("RGB", (8, 8)).save(tiff, "TIFF")
    for foreign in (tiff.getvalue(), makers.svg(), makers.archive(), b""):
        assert clean(kind, foreign)[0] == "unreadable"


def test_a_picture_cut_short_is_refused(clean: Cleaner) -> None:
    assert clean("jpeg", makers.jpeg(400, 300)[:700])[0] == "unreadable"
    assert clean("png", makers.png(400, 300)[:200])[0] == "unreadable"


def test_a_picture_of_more_than_twenty_four_million_pixels_is_halved(clean: Cleaner) -> None:
    outcome, cleaned = clean("png", makers.png(6200, 4000, "L"))
    assert isinstance(outcome, Made)
    assert _opened(cleaned).size == (outcome.width, outcome.height) == (3100, 2000)
