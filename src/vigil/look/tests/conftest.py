"""One Chromium for all tests of the shared scripts, and a fresh page and server for each."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from vigil.look.tests.fake_live import FakeLive

CHROMIUM = "/usr/bin/chromium"
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield browser
        browser.close()


@pytest.fixture
def server() -> Iterator[FakeLive]:
    server = FakeLive()
    yield server
    server.close()


@pytest.fixture
def page(chromium: Browser, server: FakeLive) -> Iterator[Page]:
    context = chromium.new_context(timezone_id="Asia/Shanghai", locale="en-GB")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(server.address)
    yield page
    context.close()
    assert problems == []
