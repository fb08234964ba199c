"""Pages go out packed to the person who asked for them; what others can have fetched goes out as it is."""

import gzip
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from vigil.kernel.web.packing import Packing, packed_for_all

WORDS = b"<p>Has my deposit arrived?</p>" * 200
ASKED = {"Accept-Encoding": "gzip, br", "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "none"}


def _answer(response: Any = None, **told: str) -> HttpResponse:
    def show(request: HttpRequest) -> HttpResponse:
        found: HttpResponse = response or HttpResponse(WORDS)
        return found

    return Packing(show)(
        RequestFactory().get("/desk/", headers={**ASKED, **{name.replace("_", "-"): value for name, value in told.items()}})
    )


@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_a_page_that_a_person_asked_for_is_packed(site: str) -> None:
    answer = _answer(Sec_Fetch_Site=site)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert len(answer.content) < len(WORDS) / 5
    assert gzip.decompress(answer.content) == WORDS


def test_the_same_page_is_not_always_as_long() -> None:
    assert len({len(_answer().content) for _ in range(40)}) > 5


@pytest.mark.parametrize(
    "told",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": ""},
        {"Sec_Fetch_Dest": "empty"},
        {"Sec_Fetch_Dest": "iframe"},
        {"Accept_Encoding": "br"},
        {"Accept_Encoding": "br, gzip;q=0"},
        {"Accept_Encoding": "gzip; q=0.0, br"},
    ],
)
def test_what_another_site_or_a_script_asks_for_goes_out_as_it_is(told: dict[str, str]) -> None:
    answer = _answer(**told)
    assert answer.content == WORDS
    assert "Content-Encoding" not in answer.headers
    assert "Sec-Fetch-Site" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(b"<p>short</p>"),
        HttpResponse(WORDS, content_type="application/json"),
        HttpResponse(WORDS, headers={"Content-Encoding": "br"}),
        StreamingHttpResponse(iter([WORDS])),
    ],
    ids=["short", "no page", "packed already", "a stream"],
)
def test_what_is_no_page_to_be_packed_is_left_alone(response: Any) -> None:
    before = dict(response.headers)
    assert dict(_answer(response).headers) == before


def test_what_is_the_same_for_everybody_is_packed_as_small_as_it_gets_and_always_alike() -> None:
    view = packed_for_all(lambda request: HttpResponse("the same for everybody; " * 200, content_type="text/javascript"))
    packed = [view(RequestFactory().get("/", headers={"Accept-Encoding": "br, gzip"})) for _ in range(2)]
    assert packed[0].content == packed[1].content
    assert gzip.decompress(packed[0].content) == b"the same for everybody; " * 200
    assert (packed[0]["Content-Encoding"], packed[0]["Vary"]) == ("gzip", "Accept-Encoding")
    assert int(packed[0]["Content-Length"]) == len(packed[0].content)
    plain = view(RequestFactory().get("/", headers={"Accept-Encoding": "gzip;q=0"}))
    assert plain.content.startswith(b"the same")
    assert not plain.has_header("Content-Encoding")
    assert plain["Vary"] == "Accept-Encoding"
