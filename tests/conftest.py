"""What journeys, faults and attacks share: real houses and a real browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.houses import House, drop_database, make_database

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _furnished(var: Path) -> House:
    house = House(var, make_database())
    house.furnish()
    return house


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house that all journeys share: never kill it; take `own_house` for that."""
    one = _furnished(tmp_path_factory.mktemp("house"))
    one.start()
    yield one
    one.stop()
    drop_database(one.database_url)


@pytest.fixture
def own_house(tmp_path: Path) -> Iterator[House]:
    """A furnished house for one test, not yet started; kill it as you like."""
    one = _furnished(tmp_path)
    yield one
    one.stop()
    drop_database(one.database_url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium: the one the environment names, Debian's, or Playwright's own."""
    found = (
        os.environ.get("VIGIL_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    )
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield one
        one.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One person's browser."""
    one = browser.new_context(locale="en-GB", timezone_id="Europe/London", viewport={"width": 1440, "height": 900})
    yield one
    one.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One page of one person's browser."""
    return context.new_page()
