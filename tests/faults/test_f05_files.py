"""F05: the server is killed while a file comes in; what came stays, the rest follows, and it is shown whole."""

import io
import random
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from tests.houses import House
from tests.sending import ask, begin, send, until_settled


def _large_picture() -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", (1000, 1000), random.Random(5).randbytes(3_000_000)).save(out, "PNG")
    return out.getvalue()


def test_f05_a_server_killed_in_the_middle_of_an_upload_goes_on_where_it_was(own_house: House) -> None:
    data = _large_picture()
    own_house.start()
    (upload,) = begin(own_house, {"photo.png": len(data)})

    def until_killed() -> Iterator[bytes]:
        yield data[:1_500_000]
        time.sleep(0.5)
        own_house.kill()
        yield data[1_500_000:]

    headers = {"content-length": str(len(data)), "upload-offset": "0", "content-type": "application/offset+octet-stream"}
    with pytest.raises(httpx.TransportError):
        ask(own_house, upload, "PATCH", content=until_killed(), headers=headers)
    own_house.start()
    offset = int(ask(own_house, upload, "HEAD").headers["upload-offset"])
    assert 0 < offset <= 1_500_000
    assert send(own_house, upload, data[offset:], offset).json()["state"] == "received"
    # Nobody has judged it yet: no worker runs.
    assert "link" not in ask(own_house, upload).json()
    own_house.start_worker()
    told = until_settled(own_house, upload)
    shown = httpx.get(own_house.url + told["link"])
    assert (shown.status_code, Image.open(io.BytesIO(shown.content)).size) == (200, (1000, 1000))
    lie = {path.parent.parent.name for path in Path(own_house.var / "files").rglob("*") if path.is_file()}
    assert lie == {"ready"}, "what was uploaded is gone once something was made of it"
