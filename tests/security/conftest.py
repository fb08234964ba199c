"""The house that is attacked: one for all, over real sockets, never killed."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import copy_of
from tests.faults.clients import Customer
from tests.faults.history import Journal
from tests.houses import House, drop_database


@pytest.fixture(scope="session")
def target(furnished: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A furnished house that stands behind a proxy it trusts, so that every guest may come from an address of their own."""
    one = copy_of(furnished, tmp_path_factory.mktemp("target"), VIGIL_TRUSTED_PROXIES="127.0.0.1")
    one.start()
    yield one
    one.stop()
    drop_database(one.database_url)


@pytest.fixture
def dice() -> random.Random:
    """Chance, for addresses and keys of tests."""
    return random.Random()  # noqa: S311 (not a secret)


@pytest.fixture
def guest(target: House, tmp_path: Path) -> Callable[[str], Customer]:
    """Make guests of the house under attack; each is somebody new."""
    journal = Journal(tmp_path / "journal.jsonl", 1)
    return lambda name: Customer(name, target, journal, random.Random())  # noqa: S311 (an address for a test, not a secret)
