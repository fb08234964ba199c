"""What runs of faults share: houses for many clients, journals, chance that repeats."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.history import Journal
from tests.houses import House

IS_SOAK = os.environ.get("VIGIL_SOAK", "") not in {"", "0"}
_KEPT = Path(os.environ.get("VIGIL_TEST_VAR", "var/test")) / "journals"


@pytest.fixture
def own_house(make_house: Callable[..., House]) -> House:
    """A furnished house for one test, not yet started, in which every client may have an address of its own."""
    return make_house(VIGIL_TRUSTED_PROXIES="127.0.0.1")


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
