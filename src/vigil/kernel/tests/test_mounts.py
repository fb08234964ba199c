"""What is mounted beside the live tier stands behind the same front door."""

import asyncio
from typing import Any, cast

import httpx
import pytest

from vigil.kernel.live.http import Receive, Scope, Send, respond
from vigil.kernel.web.router import Router


class Mounted:
    """Answers everything, and knows whether it was told to stop."""

    def __init__(self) -> None:
        self.stopped = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await respond(send, 200, b'"mounted"')

    def stop(self) -> None:
        self.stopped = True


def _ask(path: str, **headers: str) -> httpx.Response:
    nobody: Any = cast(Any, None)
    router = Router(nobody, nobody, allowed_hosts=["desk.example"], origins=["https://desk.example"], mounts={"/files/": Mounted()})

    async def go() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(cast(Any, router)), base_url="https://desk.example") as client:
            return await client.patch(path, headers=headers)

    return asyncio.run(go())


def test_what_lies_below_its_path_is_answered_by_what_is_mounted() -> None:
    assert _ask("/files/anything").text == '"mounted"'
    assert _ask("/files/anything", origin="https://desk.example").status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://desk.example"])
def test_a01_a_page_of_another_origin_does_not_reach_what_is_mounted(origin: str) -> None:
    assert _ask("/files/anything", origin=origin).status_code == 403


def test_a17_a_foreign_host_does_not_reach_what_is_mounted() -> None:
    assert _ask("/files/anything", host="evil.example").status_code == 400
