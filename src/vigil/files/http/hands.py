"""A few threads that wait for the disk and the database, so that the event loop does not."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import Error, close_old_connections, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from vigil.kernel.live.refusals import Unavailable
from vigil.kernel.outages import is_outage

R = TypeVar("R")


class Hands:
    """Runs short pieces of work beside the event loop, each with a database connection that is known to answer."""

    def __init__(self, threads: int = 4) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="files")
        self._connections: set[BaseDatabaseWrapper] = set()

    async def run(self, work: Callable[..., R], *arguments: Any) -> R:
        """Call `work(*arguments)` in a thread. Raises Unavailable when the database is gone."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._ask, work, arguments)

    async def touch(self, work: Callable[..., R], *arguments: Any) -> R:
        """Call `work`, which touches the disk only, in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *arguments)

    def stop(self) -> None:
        """Let the threads end after what they are doing, for a second, and close their connections."""
        ending = threading.Thread(target=self._end, name="files-end", daemon=True)
        ending.start()
        ending.join(1.0)

    def _end(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        for one in self._connections:
            one.inc_thread_sharing()  # Its own thread has ended.
            one.close()

    def _ask(self, work: Callable[..., R], arguments: tuple[Any, ...]) -> R:
        close_old_connections()
        self._connections.add(connections["default"])
        try:
            return work(*arguments)
        except Error as error:
            if is_outage(error):
                raise Unavailable(retry_after=5) from error
            raise
