"""Firefox and WebKit, and a house that has the page around the chat on its list. Asked for by `make browsers` alone."""

import os
from collections.abc import Callable, Iterator

import pytest

from tests.browsers.driver import Driver, Firefox, WebKit, missing
from tests.browsers.person import OPEN_SHADOWS, Person
from tests.conftest import copy_of
from tests.houses import House, drop_database
from tests.journeys import host_page
from tests.journeys.host_page import Site

# These need browsers that a fresh machine has not got, and time.
IS_ASKED_FOR = bool(os.environ.get("VIGIL_BROWSERS"))
collect_ignore_glob = [] if IS_ASKED_FOR else ["test_*.py"]
BODY = "<p>A page</p><dialog>Withdraw <button>x</button></dialog>"
BROWSERS: dict[str, Callable[[], Driver]] = {"firefox": Firefox, "webkit": WebKit}


def pytest_configure() -> None:
    """Say what is missing at once: whoever asks for these browsers gets them all or a failure, and never a skip."""
    names = missing() if IS_ASKED_FOR else []
    if names:
        what = f"These journeys need {', '.join(names)}; please install what is named"
        raise pytest.UsageError(f"{what} (Debian: apt-get install firefox-esr webkit2gtk-driver xvfb).")


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A page that holds the chat: on 127.0.0.1 the same site as the house, on localhost another one."""
    with host_page.standing() as one:
        yield one


@pytest.fixture(scope="session")
def ours(furnished: House, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house that has that page on its list."""
    folder = tmp_path_factory.mktemp("browsers")
    one = copy_of(furnished, folder / "house", **host_page.settings_for(site, folder, near(site)))
    one.start()
    one.start_worker()
    site.holds(one.url, more=OPEN_SHADOWS, body=BODY)
    yield one
    one.stop()
    drop_database(one.database_url)


def near(site: Site) -> str:
    """Tell where the page lies as a part of our own site."""
    return site.url.replace("localhost", "127.0.0.1")


@pytest.fixture(params=sorted(BROWSERS))
def driver(request: pytest.FixtureRequest) -> Iterator[Driver]:
    one = BROWSERS[request.param]()
    yield one
    one.ends()


@pytest.fixture
def person(driver: Driver) -> Person:
    return Person(driver)
