"""The bell: tells every process that there is something new to read, after the commit that wrote it.

Two drivers, PostgreSQL's own NOTIFY and Redis. The truth is the timeline; a bell that is lost costs seconds of delay.
`signal` carries what is never stored (typing, presence, lost rights) to all processes, this one included.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.conf import settings

from vigil.kernel.live.bell.line import Driver

MOST_BYTES = 7000


@cache
def driver() -> Driver:
    """Choose once per process: Redis where REDIS_URL is set, else PostgreSQL."""
    url = str(getattr(settings, "REDIS_URL", "") or "")
    if url:
        from vigil.kernel.live.bell.redis import RedisDriver

        return RedisDriver(url)
    from vigil.kernel.live.bell.notify import NotifyDriver

    return NotifyDriver()


def ring() -> None:
    """Wake every reader when the open transaction commits; at once where none is open. Cheap to repeat."""
    driver().ring()


def signal(payload: Mapping[str, Any]) -> None:
    """Tell every process something that is not stored. Raises ValueError above 7,000 bytes."""
    signal_many([payload])


def signal_many(payloads: Sequence[Mapping[str, Any]]) -> list[None]:
    """Tell several things at once, in order; the many form of `signal`."""
    texts = [json.dumps(payload, separators=(",", ":")) for payload in payloads]
    if any(len(text) > MOST_BYTES for text in texts):
        raise ValueError("a signal is small: ids and flags, never words")
    driver().signal(texts)
    return [None] * len(texts)


def revoke(subject: str) -> None:
    """Close the streams of `subject` in all processes when the open transaction commits."""
    signal({"revoked": subject})
