"""What journeys share: a second try that is a first again, another origin's page, and a house that has it on its list."""

from collections.abc import Iterator

import pytest

from tests.conftest import copy_of
from tests.houses import House, drop_database
from tests.journeys import host_page
from tests.journeys.host_page import Site

# What a whole file has put into the house all share, and would miss there.
_STAYS = {"kit", "rooms"}


@pytest.fixture(autouse=True)
def nobody_was_here(request: pytest.FixtureRequest) -> None:
    """Let a journey that is tried once more find the house all share as the first did: with its own leavings there it would fail again."""
    names = set(request.fixturenames)
    if getattr(request.node, "execution_count", 1) > 1 and "house" in names and not names & _STAYS:
        furnished: House = request.getfixturevalue("furnished")
        house: House = request.getfixturevalue("house")
        house.begin_anew(furnished.database_url)


@pytest.fixture(scope="module")
def standing() -> Iterator[Site]:
    with host_page.standing() as site:
        yield site


@pytest.fixture
def site(standing: Site) -> Site:
    standing.headers = {}
    return standing


@pytest.fixture(scope="module")
def ours(furnished: House, standing: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with that site on its list."""
    folder = tmp_path_factory.mktemp("embedding")
    one = copy_of(furnished, folder / "house", **host_page.settings_for(standing, folder))
    one.start()
    yield one
    one.stop()
    drop_database(one.database_url)
