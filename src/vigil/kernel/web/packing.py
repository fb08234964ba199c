"""Packs what is the same for everybody, and whole pages on their way to the person who asked for them; nothing else."""

import gzip
import re
import secrets
from collections.abc import Callable
from functools import lru_cache, wraps
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

_LEAST = 1024
# A tenth of the computing that the best would take, for a page a fifth longer.
_LEVEL = 1
_MOST_PADDING = 128
_ACCEPTS = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_ASKED_FOR_BY = ("Accept-Encoding", "Sec-Fetch-Dest", "Sec-Fetch-Site")


class Packing:
    """Packs a page if the browser vouches that its own person, or a page of ours, asked for it to be shown by itself.

    How long a packed page is tells something of what is in it to whoever listens on the line, writes words that stand there beside
    a secret, and can have the page fetched again and again. Another site's page cannot, nor can a customer whose message makes the
    desk fetch a fragment: those go out as they are.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, packed where that is safe."""
        response = self._answer(request)
        if not _is_page(response):
            return response
        patch_vary_headers(response, _ASKED_FOR_BY)
        if _is_asked_for_by_a_person(request):
            response.content = _packed(response.content)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))
        return response


def _is_page(response: HttpResponse) -> bool:
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return is_html and not response.streaming and not response.has_header("Content-Encoding") and len(response.content) >= _LEAST


def _is_asked_for_by_a_person(request: HttpRequest) -> bool:
    told = request.headers
    is_page = told.get("Sec-Fetch-Dest") == "document" and told.get("Sec-Fetch-Site") in {"none", "same-origin"}
    return is_page and bool(_ACCEPTS.search(told.get("Accept-Encoding", "")))


def packed_for_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Pack what is the same for everybody, as small as it gets: nothing in it is secret, so its length may tell what it likes."""

    @wraps(view)
    def answer(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        response = view(request, *arguments, **named)
        patch_vary_headers(response, ["Accept-Encoding"])
        if len(response.content) >= _LEAST and _ACCEPTS.search(request.headers.get("Accept-Encoding", "")):
            response.content = _packed_once(response.content)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))
        return response

    return answer


@lru_cache(maxsize=128)
def _packed_once(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _packed(content: bytes) -> bytes:
    """Pack a page under a name of chance length, so that the same page is seldom as long twice."""
    packed = BytesIO()
    name = "-" * secrets.randbelow(_MOST_PADDING)
    with gzip.GzipFile(name, "wb", _LEVEL, packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()
