"""The synchronous pages inside the asynchronous process."""

import asyncio
import contextvars
import io
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, cast
from wsgiref.types import WSGIApplication

from a2wsgi.wsgi import build_environ

from vigil.kernel.live.http import Receive, Scope, Send, read_body
from vigil.kernel.live.refusals import Busy, Unavailable

log = logging.getLogger(__name__)

_MOST_WAITING = 200
_MOST_HELD = 64 * 1024 * 1024
# A page that has not begun to answer for so long asks whether the database is still there.
_PATIENCE = 0.4


@dataclass(frozen=True, slots=True)
class _Page:
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Pages:
    """Runs a WSGI application in a fixed pool of threads.

    A thread never waits for a client: the body is read to its end before a thread is taken, and the answer is handed over
    whole, so that two slow readers or writers cannot hold both threads. Each hop between a thread and the loop waits
    for the interpreter; a page makes two of them. A thread may wait for a database that took its question and fell
    silent; nobody who asks for a page waits with it.
    """

    def __init__(self, application: WSGIApplication, *, most_body: int, threads: int = 2) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        self._most_body = most_body
        self._waiting = 0
        self._held = 0
        self._left_behind: set[asyncio.Future[_Page]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send, database_answers: Callable[[], Awaitable[bool]]) -> None:
        """Answer one request. Raises TooLarge, Busy, Gone, and Unavailable when the database fell silent meanwhile."""
        if self._waiting >= _MOST_WAITING or self._held >= _MOST_HELD:
            raise Busy(retry_after=2)
        self._waiting += 1
        size = 0
        try:
            body = await read_body(scope, receive, self._most_body)
            size = len(body)
            self._held += size
            environ = build_environ(cast(Any, scope), cast(Any, io.BytesIO(body)))
            context = contextvars.copy_context()
            asked = asyncio.get_running_loop().run_in_executor(self._threads, context.run, self._make, environ)
            page = await self._wait(asked, database_answers)
        finally:
            self._waiting -= 1
            self._held -= size
        await send({"type": "http.response.start", "status": page.status, "headers": page.headers})
        await send({"type": "http.response.body", "body": page.body})

    def _make(self, environ: Any) -> _Page:
        begun: list[tuple[int, list[tuple[bytes, bytes]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
            written = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
            begun[:] = [(int(status.split(" ", 1)[0]), written)]

        pieces = self._application(environ, start_response)
        try:
            body = b"".join(pieces)
        finally:
            if hasattr(pieces, "close"):
                pieces.close()
        return _Page(*begun[0], body)

    async def _wait(self, asked: "asyncio.Future[_Page]", database_answers: Callable[[], Awaitable[bool]]) -> _Page:
        while not (await asyncio.wait((asked,), timeout=_PATIENCE))[0]:
            if not await database_answers() and not asked.done():
                # The thread comes back when the operating system gives the connection up; what it then says is dropped.
                self._left_behind.add(asked)
                asked.add_done_callback(self._forget)
                raise Unavailable(retry_after=5)
        return asked.result()

    def _forget(self, asked: "asyncio.Future[_Page]") -> None:
        self._left_behind.discard(asked)
        if not asked.cancelled() and (error := asked.exception()) is not None:
            log.warning("a page that nobody waits for any more failed: %s", type(error).__name__)

    def stop(self) -> None:
        """Let the threads end after what they are doing."""
        self._threads.shutdown(wait=False, cancel_futures=True)
