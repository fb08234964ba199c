"""The synchronous pages inside the asynchronous process."""

from collections.abc import Callable
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from vigil.kernel.live.http import Receive, Scope, Send, read_body
from vigil.kernel.live.refusals import Busy

_MOST_WAITING = 200
_MOST_HELD = 64 * 1024 * 1024


class Pages:
    """Runs a WSGI application in a fixed pool of threads.

    A thread never waits for a client: the body is read to its end before a thread is taken, and the answer is queued
    without a bound (`send_queue_size=0`), so that two slow readers or writers cannot hold both threads.
    """

    def __init__(self, application: Callable[..., Any], *, most_body: int, threads: int = 2) -> None:
        self._wsgi = cast(Any, WSGIMiddleware(application, workers=threads, send_queue_size=0))
        self._most_body = most_body
        self._waiting = 0
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises TooLarge, Busy, Gone."""
        if self._waiting >= _MOST_WAITING or self._held >= _MOST_HELD:
            raise Busy(retry_after=2)
        self._waiting += 1
        size = 0
        try:
            body = await read_body(scope, receive, self._most_body)
            size = len(body)
            self._held += size
            await self._wsgi(scope, _replay(body), send)
        finally:
            self._waiting -= 1
            self._held -= size

    def stop(self) -> None:
        """Let the threads end after what they are doing."""
        self._wsgi.executor.shutdown(wait=False, cancel_futures=True)


def _replay(body: bytes) -> Receive:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
