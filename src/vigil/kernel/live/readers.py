"""A few threads with one database connection each, for reading what streams have missed."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import psycopg

from vigil.kernel.database.plain import Connection
from vigil.kernel.live.refusals import Busy, Unavailable

R = TypeVar("R")
_PATIENCE = 1.8
_MOST_WAITING = 2500


def default_parameters() -> dict[str, Any]:
    """Tell how to reach Django's default database, with limits that notice a dead one within seconds."""
    from django.db import connections

    parameters = dict(connections["default"].get_connection_params())
    for name in ("pool", "cursor_factory", "context", "prepare_threshold"):
        parameters.pop(name, None)
    quick = {"connect_timeout": 2, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 2, "tcp_user_timeout": 5000}
    return {**parameters, **quick}


def connect() -> Connection:
    """Open a connection of our own, outside Django's; every statement stands alone unless a transaction is opened."""
    return psycopg.connect(**default_parameters(), autocommit=True)


def connect_to_follow() -> Connection:
    """Open a connection for reading on and on where the timeline ends: few rows by their numbers, a hundred times a second.

    Planning the statement each time would cost PostgreSQL several times what answering it does; a plan made once has to
    be told that it will meet few rows.
    """
    parameters = default_parameters()
    settings = ("plan_cache_mode=force_generic_plan", "enable_hashjoin=off", "enable_mergejoin=off", "enable_seqscan=off")
    options = " ".join([parameters.get("options") or "", *(f"-c {setting}" for setting in settings)])
    return psycopg.connect(**{**parameters, "options": options}, autocommit=True)


class Readers:
    """Runs short reads beside the event loop; a broken connection is replaced and the read done once more."""

    def __init__(self, connect: Callable[[], Connection] = connect, *, threads: int = 2) -> None:
        self._connect = connect
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="live-reader")
        self._own = threading.local()
        self._open: set[Connection] = set()
        self._waiting = 0

    async def run(self, read: Callable[..., R], *arguments: Any) -> R:
        """Call `read(connection, *arguments)` in a thread. Raises Unavailable within 2 s when the database is gone."""
        if self._waiting >= _MOST_WAITING:
            raise Busy(retry_after=5)
        self._waiting += 1
        job = asyncio.get_running_loop().run_in_executor(self._pool, self._read, read, arguments)
        job.add_done_callback(self._done)
        # A queue that is long because many clients come back at once is not a dead database: wait for it longer.
        patience = _PATIENCE + self._waiting * 0.01
        done, _ = await asyncio.wait((job,), timeout=patience)
        if not done:
            job.cancel()
            raise Unavailable(retry_after=2)
        return job.result()

    def _done(self, job: "asyncio.Future[Any]") -> None:
        self._waiting -= 1
        if not job.cancelled():
            job.exception()

    def _read(self, read: Callable[..., R], arguments: tuple[Any, ...]) -> R:
        for last in (False, True):
            try:
                return read(self._connection(), *arguments)
            except psycopg.OperationalError as error:
                self._forget()
                if last:
                    raise Unavailable(retry_after=2) from error
        raise AssertionError("a read either answers or is refused")

    def _connection(self) -> Connection:
        mine: Connection | None = getattr(self._own, "connection", None)
        if mine is None:
            mine = self._own.connection = self._connect()
            self._open.add(mine)
        return mine

    def _forget(self) -> None:
        mine: Connection | None = getattr(self._own, "connection", None)
        if mine is not None:
            self._own.connection = None
            self._open.discard(mine)
            mine.close()

    def stop(self) -> None:
        """Let the threads end and close their connections."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for connection in tuple(self._open):
            connection.close()
        self._open.clear()
