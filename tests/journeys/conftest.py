"""What journeys on another origin's page share: that page, and a house that has it on its list."""

from collections.abc import Iterator

import pytest

from tests.conftest import copy_of
from tests.houses import House, drop_database
from tests.journeys import host_page
from tests.journeys.host_page import Site


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
