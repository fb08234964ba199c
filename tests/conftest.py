"""What journeys, faults and attacks share: real houses, and a person's browser."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.houses import House, drop_database, make_database, patient_profile, shared_house


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house that nobody starts: all others are copied from it, which takes an instant. The processes of a run share it."""
    base = tmp_path_factory.getbasetemp()
    with shared_house(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) as one:
        yield one


def copy_of(furnished: House, var: Path, **settings: str) -> House:
    """Make a furnished house with state of its own, not yet started."""
    var.mkdir(exist_ok=True)
    for made in ("static", "locale"):
        (var / made).symlink_to(furnished.var / made)
    return House(var, make_database(template=furnished.database_url), settings=settings)


@pytest.fixture(scope="session")
def house(furnished: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house that all journeys share: never kill it; take `own_house` for that."""
    var = tmp_path_factory.mktemp("house")
    one = copy_of(furnished, var, VIGIL_PROFILE=str(patient_profile(var)))
    one.start()
    yield one
    one.stop()
    drop_database(one.database_url)


@pytest.fixture
def make_house(furnished: House, tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Make furnished houses, not yet started; they are stopped and thrown away at the end."""
    made: list[House] = []

    def make(**settings: str) -> House:
        one = copy_of(furnished, tmp_path / f"house-{len(made)}", **settings)
        made.append(one)
        return one

    yield make
    for one in made:
        one.stop()
        drop_database(one.database_url)


@pytest.fixture
def own_house(make_house: Callable[..., House]) -> House:
    """A furnished house for one test, not yet started; kill it as you like."""
    return make_house()


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
