"""A fresh page and server for each test of the shared scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from vigil.look.tests.fake_live import FakeLive


@pytest.fixture
def server() -> Iterator[FakeLive]:
    server = FakeLive()
    yield server
    server.close()


@pytest.fixture
def page(browser: Browser, server: FakeLive) -> Iterator[Page]:
    context = browser.new_context(timezone_id="Asia/Shanghai", locale="en-GB")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(server.address)
    yield page
    context.close()
    assert problems == []
