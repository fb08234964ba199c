"""What may come in, under which name, and how much of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.files.rules import kinds, names, quotas
from vigil.files.tests import makers


@pytest.mark.parametrize(
    ("name", "media_type", "kind"),
    [
        ("IMG_0001.HEIC", "", "heic"),
        ("IMG_0001.HEIC", "image/heic", "heic"),
        ("photo.jpg", "image/jpeg", "jpeg"),
        ("photo.JPEG", "application/octet-stream", "jpeg"),
        ("clip.mov", "video/quicktime", "mov"),
        ("screen.webm", "video/webm", "webm"),
        ("phone calls it so.png", "image/jpeg", "png"),
        ("pasted", "image/png", "png"),
    ],
)
def test_a_file_is_announced_by_its_ending_and_by_its_type_where_it_has_none(name: str, media_type: str, kind: str) -> None:
    assert kinds.announced(name, media_type) == kinds.KINDS[kind]


@pytest.mark.parametrize(
    ("name", "media_type", "why"),
    [
        ("wallet.zip", "application/zip", "archive"),
        ("photo.png.rar", "", "archive"),
        ("drawing.svg", "image/svg+xml", "page"),
        ("page.HTML", "text/html", "page"),
        ("invoice.pdf", "application/pdf", "document"),
        ("log.txt", "text/plain", "document"),
        ("invoice.pdf.exe", "", "program"),
        ("voice.mp3", "audio/mpeg", "other"),
        ("no ending", "", "other"),
        ("pasted", "image/svg+xml", "page"),
    ],
)
def test_a10_everything_else_is_refused_with_its_reason(name: str, media_type: str, why: str) -> None:
    assert kinds.announced(name, media_type) == why


@pytest.mark.parametrize("media_type", ["text/html", "text/html; image/png", "IMAGE/SVG+XML", "text/xml", "image/png; charset=x", "a/b"])
def test_v16_a_type_that_contradicts_the_name_is_refused(media_type: str) -> None:
    assert not isinstance(kinds.announced("photo.png", media_type), kinds.Kind)


def test_a10_a_file_is_recognised_by_its_first_bytes_and_by_nothing_else() -> None:
    heads = {"jpeg": makers.jpeg(), "png": makers.png(), "webp": makers.webp(), "gif": makers.gif(), "mov": makers.film_with_places()}
    for path in makers.SAMPLES.iterdir():
        heads[path.suffix[1:]] = path.read_bytes()
    for kind, data in heads.items():
        assert kinds.recognise(data[: kinds.SNIFFED]) == kinds.KINDS[kind]
    for foreign in (makers.archive(), makers.svg(), makers.SCRIPT, b"%PDF-1.7", b"MZ\x90", b"", b"\0" * 64, b"\0\0\0\x18ftypavif"):
        assert kinds.recognise(foreign[: kinds.SNIFFED]) is None


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("..\\..\\boot.png", "boot.png"),
        ("C:\\fakepath\\photo.png", "photo.png"),
        ("gpj.exe\u202egnp.png", "gpj_exegnp.png"),
        ("photo\u202egpj.exe.png", "photogpj_exe.png"),
        ("a%00.png", "a_00.png"),
        ("zero\u200bwidth.p\u200bng", "zerowidth.png"),
        ("one\x00two\r\nthree.png", "onetwothree.png"),
        ("dot．exe．png", "dot_exe.png"),
        ("<img src=x onerror=alert(1)>.png", "_img src=x onerror=alert(1)_.png"),
        ('"; filename="evil.exe.png', "_; filename=_evil_exe.png"),
        ("invoice.pdf.png", "invoice_pdf.png"),
        ("Screenshot 2024.05.06 at 10.11.12.png", "Screenshot 2024.05.06 at 10.11.12.png"),
        ("CON.png", "_CON.png"),
        ("...png", "file.png"),
        (".png", "file.png"),
        ("充值截图（1）.png", "充值截图(1).png"),
        ("снимок экрана.png", "снимок экрана.png"),
    ],
)
def test_a10_v12_v17_a_name_loses_paths_controls_markup_and_second_endings(declared: str, shown: str) -> None:
    assert names.shown(names.stem_of(names.clean_name(declared)), "png") == shown


@given(st.text(max_size=300))
def test_a10_whatever_a_name_was_it_is_one_line_and_no_path(declared: str) -> None:
    shown = names.shown(names.stem_of(names.clean_name(declared)), "png")
    assert shown
    assert not set(shown) & set('/\\:*?"<>|%\r\n\0\u202e\u2066')
    assert names.clean_name(shown) == shown


def test_a_quota_counts_files_within_ten_minutes_and_bytes_within_a_day() -> None:
    quota = quotas.Quota(files=2, bytes_a_day=100)
    assert quotas.seconds_to_wait(quotas.Spent(1, 50), 50, quota) is None
    assert quotas.seconds_to_wait(quotas.Spent(2, 0), 1, quota) == 600
    assert quotas.seconds_to_wait(quotas.Spent(0, 60), 50, quota) == 3600
    # One file that is larger than a day's share may still come first: what a kind may weigh is judged elsewhere.
    assert quotas.seconds_to_wait(quotas.Spent(0, 0), 500, quota) is None
