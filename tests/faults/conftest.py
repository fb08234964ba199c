"""Houses that are made in an instant: one is furnished, the others are copies of its database."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.faults.history import Journal
from tests.houses import House, drop_database, make_database

IS_SOAK = os.environ.get("VIGIL_SOAK", "") not in {"", "0"}
_KEPT = Path(os.environ.get("VIGIL_TEST_VAR", "var/test")) / "journals"


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house that nobody starts: others are copied from it."""
    one = House(tmp_path_factory.mktemp("furnished"), make_database())
    one.furnish()
    yield one
    drop_database(one.database_url)


@pytest.fixture
def make_house(furnished: House, tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Make furnished houses, not yet started; they are stopped and thrown away at the end."""
    made: list[House] = []

    def make(**settings: str) -> House:
        var = tmp_path / f"house-{len(made)}"
        var.mkdir()
        (var / "static").symlink_to(furnished.var / "static")
        one = House(var, make_database(template=furnished.database_url), settings={"VIGIL_TRUSTED_PROXIES": "127.0.0.1", **settings})
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
def journal(request: pytest.FixtureRequest) -> Iterator[Journal]:
    """The journal of one run; the seed is the parameter of the test where it has one, and it is kept whatever happens."""
    seed = getattr(request.node, "callspec", None)
    number = int(seed.params.get("seed", 1)) if seed is not None else 1
    _KEPT.mkdir(parents=True, exist_ok=True)
    one = Journal(_KEPT / f"{request.node.name[:60]}-{number}.jsonl".replace("/", "-"), number)
    yield one
    one.write()


@pytest.fixture
def dice(journal: Journal) -> random.Random:
    """Chance that the seed repeats."""
    return random.Random(journal.seed)


def server_connection(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    """Connect to a house's database for what the test itself changes there."""
    return psycopg.connect(url, autocommit=True)
