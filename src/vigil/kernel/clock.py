"""The one place that asks what time it is; everywhere else a moment is an argument."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


def _wall() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _wall


def now() -> datetime:
    """Tell the present moment, aware, in UTC."""
    return _source()


def monotonic() -> float:
    """Tell seconds on a clock that never steps; only differences mean anything."""
    return time.monotonic()


@contextmanager
def set_to(source: Callable[[], datetime]) -> Iterator[None]:
    """Read the present from `source` instead, for tests and for a demo with a fixed date."""
    global _source
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before
