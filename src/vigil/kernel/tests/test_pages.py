"""Whoever waits for a page whose database fell silent is told so, and waits for no thread that hangs."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import pytest

from vigil.kernel.live.refusals import Unavailable
from vigil.kernel.web.pages import Pages

_SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "GET",
    "path": "/desk/team",
    "raw_path": b"/desk/team",
    "query_string": b"",
    "root_path": "",
    "scheme": "http",
    "http_version": "1.1",
    "headers": [],
    "server": ("desk.example", 443),
    "client": ("10.0.0.1", 5),
}


async def _nothing_more() -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


class _Page:
    """A page that waits for its database until it is let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        self.let_go.wait(20)
        start_response("200 OK", [])
        return [b"late"]


def _asked(page: _Page, database_answers: Callable[[], Awaitable[bool]]) -> list[MutableMapping[str, Any]]:
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def ask() -> None:
        pages = Pages(page, most_body=1024)
        try:
            await pages(_SCOPE, _nothing_more, send, database_answers)
        finally:
            page.let_go.set()
            pages.stop()

    asyncio.run(ask())
    return sent


def test_f12_a_page_whose_database_is_silent_is_refused_and_nobody_waits_for_its_thread() -> None:
    async def silent() -> bool:
        return False

    with pytest.raises(Unavailable):
        _asked(_Page(), silent)


def test_a_slow_page_whose_database_answers_is_waited_for() -> None:
    page, questions = _Page(), 0

    async def sound() -> bool:
        nonlocal questions
        questions += 1
        if questions == 2:
            page.let_go.set()
        return True

    assert _asked(page, sound)[-1]["body"] == b"late"
    assert questions >= 2
