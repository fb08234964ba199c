"""The bell over PostgreSQL's NOTIFY: nothing more to install, and it rings exactly at the commit."""

import json
import logging
import random
import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection as django_connection

from vigil.kernel.live.bell.line import OnRing, OnSignal
from vigil.kernel.live.readers import connect
from vigil.kernel.live.source import Connection

log = logging.getLogger(__name__)

BELL = "vigil_bell"
SIGNAL = "vigil_signal"
_LOOK_UP = 2.0


class NotifyDriver:
    """Rings on Django's connection, so that the bell stands or falls with the transaction."""

    def ring(self) -> None:
        """Queue the notification; PostgreSQL sends one for a transaction, however often it is asked."""
        with django_connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {BELL}")

    def signal(self, texts: Sequence[str]) -> None:
        """Send payloads, in order; at the commit where a transaction is open."""
        with django_connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, t) FROM unnest(%s::text[]) WITH ORDINALITY AS u(t, n) ORDER BY n", [SIGNAL, list(texts)])

    def listener(self) -> "NotifyListener":
        """Make the listener of this process."""
        return NotifyListener()


class NotifyListener:
    """Listens on a connection of its own; after a cut it rings once itself, since it may have missed the bell."""

    def __init__(self, connect: Callable[[], Connection] = connect) -> None:
        self._connect = connect
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.is_up = False

    def start(self, on_ring: OnRing, on_signal: OnSignal) -> None:
        """Begin to listen; both are called from the listener's thread."""
        self._thread = threading.Thread(target=self._run, args=(on_ring, on_signal), name="live-bell", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; it notices within 2 s and nobody waits for it."""
        self._stopping.set()

    def _run(self, on_ring: OnRing, on_signal: OnSignal) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                with self._connect() as connection:
                    connection.execute(f"LISTEN {BELL}")
                    connection.execute(f"LISTEN {SIGNAL}")
                    self.is_up, failures = True, 0
                    on_ring()
                    self._listen(connection, on_ring, on_signal)
            except Exception as error:  # noqa: BLE001 (whatever went wrong, a listener must come back)
                failures += 1
                log.warning("the bell cannot be heard, trying again: %s", type(error).__name__)
            if self.is_up:
                self.is_up = False
                # The reader may have gone to sleep for as long as it does with a bell; awake it sleeps for less.
                on_ring()
            self._stopping.wait(min(0.25 * 2**failures, 3.0) * random.uniform(0.7, 1.3))  # noqa: S311 (spreads processes, hides nothing)

    def _listen(self, connection: Connection, on_ring: OnRing, on_signal: OnSignal) -> None:
        while not self._stopping.is_set():
            for heard in connection.notifies(timeout=_LOOK_UP):
                if heard.channel == BELL:
                    on_ring()
                else:
                    pass_on(heard.payload, on_signal)
                if self._stopping.is_set():
                    return
            # A line that died without a word is noticed only by using it.
            connection.execute("SELECT 1")


def pass_on(text: str, on_signal: OnSignal) -> None:
    """Hand a payload on if it is a JSON object."""
    try:
        payload: Any = json.loads(text)
    except ValueError:
        log.warning("a signal is not JSON and is dropped")
        return
    if isinstance(payload, dict):
        on_signal(payload)
