"""The doors below /files/, as a browser and as an attacker use them."""

import asyncio
import re
import tracemalloc
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, MutableMapping
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests import cast
from vigil.files import commands, disk, grants, jobs, queries
from vigil.files.http.begin import begin
from vigil.files.http.gate import Gate
from vigil.files.models import File
from vigil.files.rules.quotas import KNOWN
from vigil.files.tests import makers
from vigil.files.tests.conftest import ADA
from vigil.kernel import clock, faults

pytestmark = pytest.mark.django_db(transaction=True)
MALLORY = "guest:mallory"
BYTES = {"content-type": "application/offset+octet-stream"}


class Door:
    """One gate, and those whose session is over."""

    def __init__(self) -> None:
        self.over: set[str] = set()
        self.gate = Gate(self._who_is_over)

    def _who_is_over(self, viewers: Collection[str]) -> Collection[str]:
        return self.over & set(viewers)

    def ask(self, method: str, path: str, **named: Any) -> httpx.Response:
        async def go() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self.gate), base_url="http://vigil.test") as client:
                return await client.request(method, path, **named)

        return asyncio.run(go())


@pytest.fixture
def door() -> Iterator[Door]:
    one = Door()
    with clock.set_to(lambda: cast.NIGHT):
        yield one
    one.gate.stop()


class Upload:
    """What a browser holds of an upload it has begun."""

    def __init__(self, door: Door, name: str, size: int, *, owner: str = ADA) -> None:
        self.begun = dict(begin({"name": name, "type": "", "size": size}, owner=owner, quota=KNOWN, at=cast.NIGHT))
        self.door = door
        self.mine = {"authorization": f"Bearer {self.begun['grant']}"}

    def send(self, data: bytes | AsyncIterator[bytes], offset: int, **headers: str) -> httpx.Response:
        return self.ask("PATCH", content=data, headers={"upload-offset": str(offset), **BYTES, **headers})

    def ask(self, method: str, *, headers: Mapping[str, str | bytes] | None = None, **named: Any) -> httpx.Response:
        return self.door.ask(method, self.begun["address"], headers={**self.mine, **(headers or {})}, **named)


def test_a_picture_is_sent_in_parts_checked_and_shown(door: Door) -> None:
    data = makers.png(700, 500)
    upload = Upload(door, "photo.png", len(data))
    half = len(data) // 2
    assert upload.send(data[:half], 0).headers["upload-offset"] == str(half)
    asked = upload.ask("HEAD")
    assert (asked.status_code, asked.headers["upload-offset"], asked.headers["upload-length"]) == (200, str(half), str(len(data)))
    done = upload.send(data[half:], half)
    assert (done.status_code, done.json()["state"]) == (200, "received")
    assert "link" not in done.json()
    jobs.check_file.run(public_id=upload.begun["file"])
    told = upload.ask("GET").json()
    assert (told["state"], told["width"], told["kind"]) == ("ready", 700, "picture")
    shown, small = door.ask("GET", told["link"]), door.ask("GET", told["thumbnail"])
    assert shown.content == queries.get_stored(upload.begun["file"]).path.read_bytes()
    assert (small.headers["content-type"], shown.headers["content-type"]) == ("image/webp", "image/png")
    assert small.content[8:12] == b"WEBP"


def test_a10_v15_whatever_is_shown_is_a_download_that_runs_nothing(door: Door, sends: Callable[..., str]) -> None:
    name = sends("<b>Фото \u202egpj.exe.png", makers.png())
    commands.check_file(public_id=name, at=cast.NIGHT)
    headers = door.ask("GET", grants.link_to(name, ADA, at=cast.NIGHT)).headers
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "private, no-store"
    disposition = headers["content-disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert disposition.endswith(".png")
    assert not set("<>\u202e") & set(disposition)


def test_an_upload_goes_on_after_the_line_broke_and_a_repeated_part_is_told_where_to_go_on(door: Door) -> None:
    data = makers.png(700, 500)
    upload = Upload(door, "photo.png", len(data))

    async def broken(scope: MutableMapping[str, Any]) -> list[MutableMapping[str, Any]]:
        parts: Iterator[MutableMapping[str, Any]] = iter(
            [{"type": "http.request", "body": data[:100], "more_body": True}, {"type": "http.disconnect"}]
        )
        sent: list[MutableMapping[str, Any]] = []

        async def receive() -> MutableMapping[str, Any]:
            return next(parts)

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        await door.gate(scope, receive, send)
        return sent

    headers = {**BYTES, **upload.mine, "upload-offset": "0"}
    scope = {"type": "http", "method": "PATCH", "path": upload.begun["address"], "headers": _raw(headers)}
    assert asyncio.run(broken(scope)) == []
    assert upload.ask("HEAD").headers["upload-offset"] == "100"
    again = upload.send(data[:100], 0)
    assert (again.status_code, again.json()["error"]) == (409, "wrong_offset")
    assert upload.send(data[100:], 100).json()["state"] == "received"
    assert upload.send(data[100:], 100).json()["state"] == "received"
    assert upload.ask("HEAD").headers["upload-offset"] == str(len(data))


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def test_an_upload_whose_end_was_lost_is_finished_by_an_empty_part(door: Door) -> None:
    data = makers.png()
    upload = Upload(door, "photo.png", len(data))
    disk.incoming(File.objects.get().key).write_bytes(data)
    assert upload.send(b"", len(data)).json()["state"] == "received"


def test_two_windows_do_not_write_into_one_another(door: Door) -> None:
    data = makers.png(700, 500)
    upload = Upload(door, "photo.png", len(data))

    async def slowly() -> AsyncIterator[bytes]:
        yield data[:100]
        await asyncio.sleep(0.3)
        yield data[100:]

    async def both() -> list[int]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(door.gate), base_url="http://vigil.test") as client:
            headers = {**BYTES, **upload.mine, "upload-offset": "0"}
            first = asyncio.create_task(client.patch(upload.begun["address"], content=slowly(), headers=headers))
            await asyncio.sleep(0.1)
            second = await client.patch(upload.begun["address"], content=data, headers=headers)
            return [(await first).status_code, second.status_code]

    statuses = asyncio.run(both())
    assert statuses in ([200, 423], [423, 200])
    assert disk.incoming(File.objects.get().key).read_bytes() == data


def test_a10_a_lie_is_noticed_at_the_first_bytes_and_the_rest_need_not_be_sent(door: Door) -> None:
    data = makers.archive()
    upload = Upload(door, "clip.mp4", 40 * 1024 * 1024)
    refused = upload.send(data, 0)
    assert (refused.status_code, refused.json()["error"]) == (415, "not_what_it_says")
    told = upload.ask("GET").json()
    assert (told["state"], told["error"]) == ("refused", "not_what_it_says")
    assert told["message"]


def test_a11_a_stream_of_two_gigabytes_without_a_length_ends_at_the_announced_size(door: Door) -> None:
    upload = Upload(door, "clip.mp4", 1024 * 1024)
    piece = b"\0\0\0\x18ftypisom" + bytes(64 * 1024)
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while taken < 2 * 1024**3:
            taken += len(piece)
            yield piece

    tracemalloc.start()
    answer = upload.send(endless(), 0)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code == 413
    assert disk.has_come(File.objects.get().key) <= 1024 * 1024
    assert most < 20 * 1024 * 1024


def test_a11_a_length_beyond_the_announced_size_is_refused_before_it_is_read(door: Door) -> None:
    upload = Upload(door, "photo.png", 100)
    assert upload.send(b"x" * 101, 0).status_code == 413
    assert disk.has_come(File.objects.get().key) == 0


@pytest.mark.parametrize("method", ["HEAD", "GET", "PATCH", "DELETE"])
@pytest.mark.parametrize("grant", ["", "nonsense", "mallorys"])
def test_a02_a25_without_its_grant_an_upload_does_not_exist(door: Door, method: str, grant: str) -> None:
    upload, other = Upload(door, "photo.png", 100), Upload(door, "mine.png", 100, owner=MALLORY)
    shown = {"": {}, "nonsense": {"authorization": "Bearer x.y"}, "mallorys": other.mine}[grant]
    headers: dict[str, Any] = {**BYTES, "upload-offset": "0", **shown}
    answers = [door.ask(method, path, headers=headers) for path in (upload.begun["address"], "/files/uploads/" + "0" * 26)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert upload.ask("HEAD").headers["upload-offset"] == "0"


def test_a_grant_ends_after_an_hour(door: Door) -> None:
    upload = Upload(door, "photo.png", 100)
    with clock.set_to(lambda: cast.NIGHT + timedelta(minutes=61)):
        assert upload.ask("HEAD").status_code == 404


def test_what_is_given_up_is_gone(door: Door) -> None:
    upload = Upload(door, "photo.png", 100)
    upload.send(makers.png()[:60], 0)
    assert upload.ask("DELETE").status_code == 204
    assert upload.ask("DELETE").status_code == 204
    assert upload.ask("HEAD").status_code == 404
    assert not File.objects.exists()


@pytest.mark.parametrize("content_type", [b"text/plain", b"application/json", b"application/x-www-form-urlencoded"])
def test_a27_a_part_that_does_not_say_what_it_is_is_refused(door: Door, content_type: bytes) -> None:
    upload = Upload(door, "photo.png", 100)
    assert upload.ask("PATCH", content=b"x", headers={"upload-offset": b"0", "content-type": content_type}).status_code == 400
    assert upload.ask("POST", content=b"x").status_code == 405


@pytest.mark.parametrize("offset", [b"", b"-1", b"+1", b"1.0", b"\xc2\xb2", b"9" * 17])
def test_a27_an_offset_that_is_no_number_is_refused(door: Door, offset: bytes) -> None:
    upload = Upload(door, "photo.png", 100)
    assert upload.ask("PATCH", content=b"x", headers={**BYTES, "upload-offset": offset}).status_code == 400


@pytest.fixture
def ready(sends: Callable[..., str]) -> str:
    name = sends("photo.png", makers.png(1000, 600))
    commands.check_file(public_id=name, at=cast.NIGHT)
    return name


def test_a26_a_link_ends_with_its_five_minutes_with_the_session_and_with_the_file(door: Door, ready: str) -> None:
    link = grants.link_to(ready, ADA, at=cast.NIGHT)
    assert door.ask("GET", link).status_code == 200
    with clock.set_to(lambda: cast.NIGHT + timedelta(minutes=5)):
        assert door.ask("GET", link).status_code == 404
    door.over.add(ADA)
    assert door.ask("GET", link).status_code == 404
    door.over.clear()
    commands.forget_files(public_ids=[ready])
    assert door.ask("GET", link).status_code == 404


def test_a26_a_link_with_another_name_or_a_longer_life_is_nobodys(door: Door, ready: str) -> None:
    link = grants.link_to(ready, ADA, at=cast.NIGHT)
    longer = grants.link_to(ready, ADA, at=cast.later(60))
    signature = link.rpartition(":")[2]
    forged = longer.rpartition(":")[0] + ":" + signature
    grant = grants.write_grant(ready, ADA, at=cast.NIGHT)
    for path in (
        link + "x",
        forged,
        "/files/view/",
        "/files/view/" + grant,
        "/files/view/" + "x" * 5000,
        "/files/../secret.key",
        "/files/",
    ):
        assert door.ask("GET", path).status_code == 404
    assert door.ask("POST", link).status_code == 405


def test_f05_nothing_is_shown_before_its_verdict(door: Door, sends: Callable[..., str]) -> None:
    name = sends("photo.png", makers.png())
    link = grants.link_to(name, ADA, at=cast.NIGHT)
    assert door.ask("GET", link).status_code == 404
    File.objects.update(state="checking")
    assert door.ask("GET", link).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-1", 206, slice(0, 2)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=5-999999999", 206, slice(5, None)),
        ("bytes=9-2", 200, slice(None)),
        ("bytes=999999999-", 200, slice(None)),
        ("x", 200, slice(None)),
    ],
)
def test_a_film_is_shown_from_any_place(door: Door, ready: str, asked: str, status: int, part: slice) -> None:
    whole = queries.get_stored(ready).path.read_bytes()
    answer = door.ask("GET", grants.link_to(ready, ADA, at=cast.NIGHT), headers={"range": asked})
    assert (answer.status_code, answer.content) == (status, whole[part])
    assert answer.headers["content-length"] == str(len(answer.content))
    if status == 206:
        start = part.start
        assert answer.headers["content-range"] == f"bytes {start}-{start + len(answer.content) - 1}/{len(whole)}"


def test_f09_a_full_disk_says_so_keeps_what_came_and_takes_the_rest_later(door: Door) -> None:
    data = makers.png(700, 500)
    upload = Upload(door, "photo.png", len(data))
    upload.send(data[:1000], 0)
    faults.arm("files.before_write=oserror:ENOSPC@1")
    full = upload.send(data[1000:], 1000, **{"accept-language": "ru"})
    assert (full.status_code, full.json()["error"]) == (507, "storage_full")
    assert "места" in full.json()["message"]
    assert full.headers["retry-after"]
    assert upload.ask("HEAD").headers["upload-offset"] == "1000"
    assert upload.send(data[1000:], 1000).json()["state"] == "received"


def test_why_a_file_was_not_taken_is_said_in_the_language_of_the_chat_and_not_of_the_browser(door: Door) -> None:
    upload = Upload(door, "photo.png", 4000)
    browser = {"accept-language": "en-US,en;q=0.9"}
    ask = upload.begun["address"] + "?lang=ru"
    refused = door.ask("PATCH", ask, content=b"x" * 4000, headers={**upload.mine, **BYTES, "upload-offset": "0", **browser})
    told = door.ask("GET", ask, headers={**upload.mine, **browser}).json()
    assert (refused.status_code, told["state"]) == (415, "refused")
    for said in (refused.json()["message"], told["message"]):
        assert re.search("[а-я]{4}", said), said
    assert "message" in upload.ask("GET", headers={"accept-language": "ja"}).json()
    assert re.search("[ぁ-ん]", upload.ask("GET", headers={"accept-language": "ja"}).json()["message"])
