"""F09: the disk of the files is really full, as the kernel says it. Words still flow, and files go on once there is room."""

import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx

from tests.faults import small_disk
from tests.houses import House
from tests.sending import ask, begin, send
from vigil.files.tests import makers

_DISK = 2_000_000
_FILE = 1_200_000
_TYPE = "application/offset+octet-stream"


def _picture() -> bytes:
    data = makers.png(40, 40)
    return data + bytes(_FILE - len(data))


def _says_something(house: House) -> int:
    arrived = httpx.post(house.url + "/widget/api/session", json={"site": "site_demo", "language": "en", "zone": ""}).json()
    body = {"key": str(uuid4()), "text": "Is anybody there?", "language": "en"}
    return httpx.post(
        house.url + "/widget/api/conversations", json=body, headers={"authorization": f"Bearer {arrived['live']}"}
    ).status_code


def test_f09_files_are_refused_by_a_full_disk_words_are_not_and_what_came_goes_on_once_there_is_room(
    make_house: Callable[..., House], tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    house = make_house(VIGIL_FILES=str(disk / "files"), VIGIL_FILES_SPARE="0")
    house.program = (small_disk.__file__, str(_DISK), str(disk))
    house.start()
    assert house.server is not None
    is_disk = Path(f"{disk}.kind").read_text() == "disk"
    data = _picture()
    ours, others = begin(house, {"ours.png": len(data), "others.png": len(data) + 1})

    def while_others_take_the_room() -> Iterator[bytes]:
        yield data[:500_000]
        # There was room for each of the two when it began, and there is none for both.
        sent = send(house, others, data)
        assert sent.status_code == 204, sent.text
        yield data[500_000:]

    if not is_disk:
        resource.prlimit(house.server.pid, resource.RLIMIT_FSIZE, (800_000, resource.RLIM_INFINITY))
    parts = while_others_take_the_room() if is_disk else iter([data])
    headers = {"content-length": str(len(data)), "upload-offset": "0", "content-type": _TYPE}
    refused = ask(house, ours, "PATCH", content=parts, headers=headers)
    assert (refused.status_code, refused.json()["error"], refused.headers["retry-after"]) == (507, "storage_full", "60")
    stands = int(ask(house, ours, "HEAD").headers["upload-offset"])
    assert 500_000 <= stands < len(data), "what found room is kept"
    again = send(house, ours, data[stands:], stands)
    assert again.status_code == 507
    assert _says_something(house) == 201

    if is_disk:
        assert ask(house, others, "DELETE").status_code == 204
    else:
        resource.prlimit(house.server.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    stands = int(ask(house, ours, "HEAD").headers["upload-offset"])
    done = send(house, ours, data[stands:], stands)
    assert (done.status_code, done.json()["state"]) == (200, "received"), "the rest follows"
    assert "Traceback" not in house.log()
