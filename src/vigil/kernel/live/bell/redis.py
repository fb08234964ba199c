"""The bell over Redis or Valkey: cheaper than NOTIFY at high rates. Losing it never fails a command."""

import logging
import random
import threading
import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from vigil.kernel.live.bell.line import OnRing, OnSignal
from vigil.kernel.live.bell.notify import BELL, SIGNAL, pass_on

log = logging.getLogger(__name__)

_QUICK = 0.2
_LEAVE_ALONE = 1.0
_LOOK_UP = 2.0


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


class RedisListener:
    """Subscribes in a thread of its own; after a cut it rings once itself."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._stopping = threading.Event()
        self.is_up = False

    def start(self, on_ring: OnRing, on_signal: OnSignal) -> None:
        """Begin to listen; both are called from the listener's thread."""
        threading.Thread(target=self._run, args=(on_ring, on_signal), name="live-bell", daemon=True).start()

    def stop(self) -> None:
        """End the thread; it notices within 2 s and nobody waits for it."""
        self._stopping.set()

    def _run(self, on_ring: OnRing, on_signal: OnSignal) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                with _client(self._url, _LOOK_UP * 2) as client, client.pubsub() as heard:
                    heard.subscribe(_channel(BELL), _channel(SIGNAL))
                    self.is_up, failures = True, 0
                    on_ring()
                    self._listen(heard, on_ring, on_signal)
            except Exception as error:  # noqa: BLE001 (whatever went wrong, a listener must come back)
                failures += 1
                log.warning("the bell cannot be heard, trying again: %s", type(error).__name__)
            if self.is_up:
                self.is_up = False
                # The reader may have gone to sleep for as long as it does with a bell; awake it sleeps for less.
                on_ring()
            self._stopping.wait(min(0.25 * 2**failures, 3.0) * random.uniform(0.7, 1.3))  # noqa: S311 (spreads processes, hides nothing)

    def _listen(self, heard: Any, on_ring: OnRing, on_signal: OnSignal) -> None:
        while not self._stopping.is_set():
            message = heard.get_message(ignore_subscribe_messages=True, timeout=_LOOK_UP)
            if message is None:
                # A line that died without a word is noticed only by using it.
                heard.ping()
            elif message["type"] == "message" and message["channel"] == _channel(BELL):
                on_ring()
            elif message["type"] == "message":
                pass_on(message["data"], on_signal)
