"""What journeys, faults and attacks share: real houses, and a person's browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.houses import House, drop_database, make_database


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
