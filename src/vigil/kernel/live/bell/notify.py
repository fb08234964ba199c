"""The bell over PostgreSQL's NOTIFY: nothing more to install, and it rings exactly at the commit."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection as django_connection

from vigil.kernel.database.plain import Connection
from vigil.kernel.live.bell.line import LOOK_UP, ListenerThread, OnRing, OnSignal, pass_on
from vigil.kernel.live.readers import connect

BELL = "vigil_bell"
SIGNAL = "vigil_signal"


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


class NotifyListener(ListenerThread):
    """Listens on a connection of its own."""

    def __init__(self, connect: Callable[[], Connection] = connect) -> None:
        super().__init__()
        self._connect = connect

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        with self._connect() as connection:
            connection.execute(f"LISTEN {BELL}")
            connection.execute(f"LISTEN {SIGNAL}")
            yield connection

    def _listen(self, line: Connection, on_ring: OnRing, on_signal: OnSignal) -> None:
        while not self._stopping.is_set():
            for heard in line.notifies(timeout=LOOK_UP):
                if heard.channel == BELL:
                    on_ring()
                else:
                    pass_on(heard.payload, on_signal)
                if self._stopping.is_set():
                    return
            line.execute("SELECT 1")
