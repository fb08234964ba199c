"""A file's way from its announcement to its verdict, and out again."""

import hashlib
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tests import cast
from vigil.files import commands, disk, jobs, queries, refusals, workbench
from vigil.files.models import File
from vigil.files.queries import FileRow
from vigil.files.rules.kinds import MEGABYTE
from vigil.files.rules.names import LONGEST
from vigil.files.rules.quotas import KNOWN, STRANGER, Quota
from vigil.files.tests import makers
from vigil.files.tests.conftest import ADA
from vigil.kernel import faults
from vigil.kernel.errors import Refusal
from vigil.kernel.jobs import TryLater
from vigil.safety.tests import makers as secrets

pytestmark = pytest.mark.django_db
MALLORY = "guest:mallory"
Sends = Callable[..., str]


def begins(name: str = "photo.png", media_type: str = "", size: int = 100, *, owner: str = ADA, quota: Quota = KNOWN) -> FileRow:
    return commands.begin_upload(owner=owner, name=name, media_type=media_type, size=size, quota=quota, at=cast.NIGHT)


def checked(public_id: str) -> FileRow:
    commands.check_file(public_id=public_id, at=cast.later())
    return queries.list_files([public_id])[0]


@pytest.mark.parametrize(
    ("name", "media_type", "refusal"),
    [
        ("wallet.zip", "application/zip", refusals.ArchiveRefused),
        ("logo.svg", "image/svg+xml", refusals.PageRefused),
        ("page.html", "text/html", refusals.PageRefused),
        ("statement.pdf", "application/pdf", refusals.DocumentRefused),
        ("setup.exe", "", refusals.ProgramRefused),
        ("voice.mp3", "audio/mpeg", refusals.KindRefused),
    ],
)
def test_a10_a11_what_may_not_come_in_is_refused_before_a_byte_is_sent(name: str, media_type: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as caught:
        begins(name, media_type)
    assert caught.value.status == 415
    assert not File.objects.exists()


@pytest.mark.parametrize(
    ("name", "size", "refusal"),
    [
        ("photo.png", 20 * MEGABYTE + 1, refusals.PictureTooLarge),
        ("clip.mov", 50 * MEGABYTE + 1, refusals.VideoTooLarge),
        ("photo.png", 0, refusals.FileEmpty),
    ],
)
def test_a11_too_much_and_nothing_are_refused_before_a_byte_is_sent(name: str, size: int, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        begins(name, size=size)
    begins(name, size=20 * MEGABYTE)


def test_a_stranger_begins_ten_files_in_ten_minutes_and_fifty_megabytes_a_day() -> None:
    for _ in range(10):
        begins(quota=STRANGER)
    with pytest.raises(refusals.TooManyFiles) as caught:
        begins(quota=STRANGER)
    assert caught.value.retry_after == 600
    begins(owner=MALLORY, name="clip.mov", size=40 * MEGABYTE, quota=STRANGER)
    with pytest.raises(refusals.TooManyFiles):
        begins(owner=MALLORY, name="clip.mov", size=20 * MEGABYTE, quota=STRANGER)


def test_a06_a_secret_in_a_name_is_hidden_before_it_is_stored() -> None:
    phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow"
    row = begins(f"{phrase}.png")
    assert "sausage" not in row.name
    assert "hidden:mnemonic" in row.name


def test_a_picture_becomes_ready_and_what_was_uploaded_is_gone(sends: Sends, folder: Path) -> None:
    name = sends("IMG_1.png", makers.png(1300, 700))
    assert queries.list_files([name])[0].state == "received"
    with pytest.raises(refusals.FileNotFound):
        queries.get_stored(name)
    row = checked(name)
    assert (row.state, row.kind, row.width, row.height, row.has_thumbnail) == ("ready", "png", 1300, 700, True)
    stored, small = queries.get_stored(name), queries.get_stored(name, thumbnail=True)
    assert row.size == stored.path.stat().st_size
    assert File.objects.get().sha256 == hashlib.sha256(stored.path.read_bytes()).hexdigest()
    assert (stored.media_type, small.media_type) == ("image/png", "image/webp")
    files = {path for path in folder.rglob("*") if path.is_file()}
    assert files == {stored.path, small.path}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_a_picture_of_an_iphone_is_shown_as_the_jpeg_that_it_became(sends: Sends) -> None:
    row = checked(sends("IMG_0001.HEIC", (makers.SAMPLES / "iphone.heic").read_bytes()))
    assert (row.name, row.media_type, row.state) == ("IMG_0001.jpg", "image/jpeg", "ready")


def test_a_jpeg_that_calls_itself_png_is_taken_for_what_it_is(sends: Sends) -> None:
    row = checked(sends("screen.png", makers.jpeg()))
    assert (row.name, row.media_type, row.state) == ("screen.jpg", "image/jpeg", "ready")


@pytest.mark.parametrize("data", [makers.archive(), makers.svg(), makers.SCRIPT, makers.film_with_places(), b"MZ" + bytes(100)])
def test_a10_a_file_that_is_not_what_its_name_says_is_refused_and_dropped(data: bytes, sends: Sends, folder: Path) -> None:
    with pytest.raises(refusals.NotWhatItSays):
        sends("photo.png", data)
    assert File.objects.get().state == "refused"
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a11_a_bomb_is_refused_with_its_reason_and_dropped(sends: Sends, folder: Path) -> None:
    row = checked(sends("photo.png", makers.huge_png()))
    assert (row.state, row.refusal) == ("refused", "too_many_pixels")
    assert isinstance(row.reason, refusals.TooManyPixels)
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_nothing_is_checked_before_all_of_it_has_come() -> None:
    row = begins(size=100)
    disk.incoming(File.objects.get().key).write_bytes(makers.png()[:50])
    with pytest.raises(refusals.WrongOffset) as caught:
        commands.finish_upload(public_id=row.public_id, owner=ADA, at=cast.NIGHT)
    assert caught.value.params["offset"] == 50


def test_finishing_and_checking_twice_change_nothing(sends: Sends) -> None:
    name = sends("photo.png", makers.png())
    first = checked(name)
    assert commands.finish_upload(public_id=name, owner=ADA, at=cast.later(9)) == first
    assert checked(name) == first


def test_a25_an_upload_of_somebody_else_does_not_exist(sends: Sends) -> None:
    name = sends("photo.png", makers.png())
    checked(name)
    with pytest.raises(refusals.FileNotFound):
        queries.get_own(name, MALLORY)
    with pytest.raises(refusals.FileNotFound):
        commands.finish_upload(public_id=name, owner=MALLORY, at=cast.NIGHT)
    with pytest.raises(refusals.FileNotFound):
        commands.keep_files(public_ids=[name], owner=MALLORY, at=cast.NIGHT)
    commands.give_up(public_id=name, owner=MALLORY)
    assert queries.get_own(name, ADA).is_ready


def test_only_ready_files_are_kept_and_in_the_order_asked_for(sends: Sends) -> None:
    names = [sends("a.png", makers.png()), sends("b.png", makers.png())]
    with pytest.raises(refusals.FileNotReady):
        commands.keep_files(public_ids=names, owner=ADA, at=cast.NIGHT)
    for name in names:
        checked(name)
    for order in (names, names[::-1]):
        rows = commands.keep_files(public_ids=order, owner=ADA, at=cast.later())
        assert [row.public_id for row in rows] == order
    refused = sends("c.png", makers.huge_png())
    checked(refused)
    with pytest.raises(refusals.FileNotFound):
        commands.keep_files(public_ids=[refused], owner=ADA, at=cast.NIGHT)


def test_what_is_given_up_is_gone_but_what_is_kept_stays_until_it_is_erased(sends: Sends, folder: Path) -> None:
    kept, given_up = sends("a.png", makers.png()), sends("b.png", makers.png())
    for name in (kept, given_up):
        checked(name)
    commands.keep_files(public_ids=[kept], owner=ADA, at=cast.NIGHT)
    commands.give_up(public_id=kept, owner=ADA)
    commands.give_up(public_id=given_up, owner=ADA)
    assert [row.public_id for row in queries.list_files([given_up, kept])] == [kept]
    commands.forget_files(public_ids=[kept])
    assert not File.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def _age(path: Path, minutes: float) -> None:
    moment = (cast.NIGHT - timedelta(minutes=minutes)).timestamp()
    os.utime(path, (moment, moment))


def test_f05_an_upload_that_stands_still_is_swept_within_the_hour_and_one_that_goes_on_is_not() -> None:
    lost, alive = begins(), begins()
    keys = dict(File.objects.values_list("public_id", "key"))
    for row, minutes in ((lost, 1), (alive, -40)):
        disk.incoming(keys[row.public_id]).write_bytes(b"x")
        _age(disk.incoming(keys[row.public_id]), minutes)
    assert commands.sweep(at=cast.later(51)) == 1
    assert [row.public_id for row in queries.list_files([lost.public_id, alive.public_id])] == [alive.public_id]
    assert not disk.incoming(keys[lost.public_id]).exists()


def test_f05_bytes_without_a_row_are_swept_and_others_are_not(sends: Sends) -> None:
    name = sends("photo.png", makers.png())
    checked(name)
    stored = queries.get_stored(name)
    orphans = [disk.incoming("orphan"), disk.making("orphan"), disk.ready("orphan"), disk.incoming(stored.path.name)]
    for path in (*orphans, stored.path):
        path.touch()
        _age(path, 30)
    fresh = disk.making("fresh")
    fresh.touch()
    _age(fresh, 1)
    assert commands.sweep(at=cast.NIGHT) == 4
    assert not any(path.exists() for path in orphans)
    assert stored.path.exists()
    assert fresh.exists()


def test_a_file_that_nobody_sent_is_swept_after_a_day(sends: Sends) -> None:
    unsent, kept = sends("a.png", makers.png()), sends("b.png", makers.png())
    for name in (unsent, kept):
        checked(name)
    commands.keep_files(public_ids=[kept], owner=ADA, at=cast.NIGHT)
    commands.sweep(at=cast.later(23 * 60))
    assert len(queries.list_files([unsent, kept])) == 2
    commands.sweep(at=cast.later(25 * 60))
    assert [row.public_id for row in queries.list_files([unsent, kept])] == [kept]


def test_f09_without_room_a_file_is_refused_before_it_is_sent(settings: Settings) -> None:
    settings.VIGIL_FILES_SPARE = 10**9
    with pytest.raises(refusals.StorageFull) as caught:
        begins()
    assert (caught.value.status, bool(caught.value.retry_after)) == (507, True)


def test_f09_a_full_disk_lets_a_file_wait_for_its_verdict_and_words_come_in(sends: Sends) -> None:
    cast.open_the_desk()
    name = sends("photo.png", makers.png())
    faults.arm("files.before_making=oserror:ENOSPC@1")
    with pytest.raises(TryLater):
        jobs.check_file.run(public_id=name)
    assert queries.list_files([name])[0].state == "checking"
    assert cast.opens(cast.ada(), "My words still arrive")
    jobs.check_file.run(public_id=name)
    assert queries.list_files([name])[0].is_ready


def test_f29_a_workshop_that_is_killed_or_hangs_has_refused_the_file(sends: Sends, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for number, deed in enumerate(("import os; os.kill(os.getpid(), 9)", "import time; time.sleep(60)", "while True: pass")):
        program = tmp_path / f"workshop-{number}"
        program.write_text(f"#!/usr/bin/env python3\nimport resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\n{deed}\n")
        program.chmod(0o700)
        monkeypatch.setattr("sys.executable", str(program))
        monkeypatch.setattr(workbench, "PATIENCE_SECONDS", 3.0)
        row = checked(sends("photo.png", makers.png()))
        assert (row.state, row.refusal) == ("refused", "too_costly")


def test_a_file_that_the_disk_has_lost_is_refused(sends: Sends) -> None:
    name = sends("photo.png", makers.png())
    disk.incoming(File.objects.get().key).unlink()
    assert checked(name).refusal == "unreadable"


def test_i7_a_secret_in_a_long_name_is_seen_before_the_name_is_shortened() -> None:
    phrase = " ".join(secrets.phrase("english", 7))
    named = begins(f"photo of the words that I wrote down when I made my wallet {phrase}.png").name
    assert "hidden:mnemonic" in named
    assert not set(phrase.split()[:3]) & set(named.split())
    assert len(begins("a very long name " * 40 + ".png").name) <= LONGEST + len(".png")
