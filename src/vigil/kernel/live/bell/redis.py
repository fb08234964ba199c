"""The bell over Redis or Valkey: cheaper than NOTIFY at high rates. Losing it never fails a command."""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from vigil.kernel.live.bell.line import LOOK_UP, ListenerThread, OnRing, OnSignal, pass_on
from vigil.kernel.live.bell.notify import BELL, SIGNAL

log = logging.getLogger(__name__)

_QUICK = 0.2
_LEAVE_ALONE = 1.0


def _client(url: str, timeout: float) -> Any:
    import redis

    return redis.Redis.from_url(url, socket_timeout=timeout, socket_connect_timeout=timeout, decode_responses=True, retry=None)


def _channel(name: str) -> str:
    # One Redis may serve several installations; the database's name keeps them apart.
    return f"{settings.DATABASES['default'].get('NAME', '')}:{name}"


class RedisDriver:
    """Publishes after the commit, best effort; a Redis that does not answer is left alone for a second."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection = _client(url, _QUICK)
        self._down_until = 0.0

    def ring(self) -> None:
        """Publish once the transaction is committed."""
        transaction.on_commit(partial(self._publish, BELL, [""]), robust=True)

    def signal(self, texts: Sequence[str]) -> None:
        """Publish payloads once the transaction is committed, in order."""
        transaction.on_commit(partial(self._publish, SIGNAL, texts), robust=True)

    def _publish(self, name: str, texts: Sequence[str]) -> None:
        if time.monotonic() < self._down_until:
            return
        try:
            for text in texts:
                self._connection.publish(_channel(name), text)
        except Exception as error:  # noqa: BLE001 (losing the bell must never fail what rang it)
            self._down_until = time.monotonic() + _LEAVE_ALONE
            log.warning("the bell cannot be rung: %s", type(error).__name__)

    def listener(self) -> "RedisListener":
        """Make the listener of this process."""
        return RedisListener(self._url)


class RedisListener(ListenerThread):
    """Subscribes on a connection of its own."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        with _client(self._url, LOOK_UP * 2) as client, client.pubsub() as heard:
            heard.subscribe(_channel(BELL), _channel(SIGNAL))
            yield heard

    def _listen(self, line: Any, on_ring: OnRing, on_signal: OnSignal) -> None:
        while not self._stopping.is_set():
            message = line.get_message(ignore_subscribe_messages=True, timeout=LOOK_UP)
            if message is None:
                line.ping()
            elif message["type"] == "message" and message["channel"] == _channel(BELL):
                on_ring()
            elif message["type"] == "message":
                pass_on(message["data"], on_signal)
