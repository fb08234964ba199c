"""The synchronous pages inside the asynchronous process."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from vigil.kernel.live.http import Receive, Scope, Send, read_body
from vigil.kernel.live.refusals import Busy, Unavailable

_MOST_WAITING = 200
_MOST_HELD = 64 * 1024 * 1024
# A page that has not begun to answer for so long asks whether the database is still there.
_PATIENCE = 0.4


class Pages:
    """Runs a WSGI application in a fixed pool of threads.

    A thread never waits for a client: the body is read to its end before a thread is taken, and the answer is queued
    without a bound (`send_queue_size=0`), so that two slow readers or writers cannot hold both threads. A thread may wait
    for a database that took its question and fell silent; nobody who asks for a page waits with it.
    """

    def __init__(self, application: Callable[..., Any], *, most_body: int, threads: int = 2) -> None:
        self._wsgi = cast(Any, WSGIMiddleware(application, workers=threads, send_queue_size=0))
        self._most_body = most_body
        self._waiting = 0
        self._held = 0
        self._left_behind: set[asyncio.Task[None]] = set()

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
            answer = _Answer(send)
            await self._wait(asyncio.create_task(self._wsgi(scope, _replay(body), answer.send)), answer, database_answers)
        finally:
            self._waiting -= 1
            self._held -= size

    async def _wait(self, task: "asyncio.Task[None]", answer: "_Answer", database_answers: Callable[[], Awaitable[bool]]) -> None:
        while not (await asyncio.wait((task,), timeout=None if answer.has_begun else _PATIENCE))[0]:
            if not answer.has_begun and not await database_answers() and not answer.has_begun:
                # The thread comes back when the operating system gives the connection up; what it then says is dropped.
                answer.is_too_late = True
                self._left_behind.add(task)
                task.add_done_callback(self._left_behind.discard)
                raise Unavailable(retry_after=5)
        task.result()

    def stop(self) -> None:
        """Let the threads end after what they are doing."""
        self._wsgi.executor.shutdown(wait=False, cancel_futures=True)


class _Answer:
    """What goes to the client, and whether any of it has."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.has_begun = False
        self.is_too_late = False

    async def send(self, message: dict[str, Any]) -> None:
        if self.is_too_late:
            return
        self.has_begun = True
        await self._send(message)


def _replay(body: bytes) -> Receive:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
