"""One HTTP connection: what uvicorn does, and the patience it has none of.

The parser itself refuses folded headers, bare line feeds, a length given twice, a length beside a transfer coding and
junk in chunk extensions. This class adds what it lets through.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEADER_BYTES = 32 * 1024
MOST_HEADERS = 100
# Whoever sends a body slower than this in every stretch of patience is not sending, but holding.
LEAST_PROGRESS = 16 * 1024


class _Refused(Exception):
    """Stops the parser; the answer has been chosen."""


class Connection(HttpToolsProtocol):
    """Cuts clients that hold a connection open without using it: one number here, one sweeper for all of them."""

    def __init__(self, *arguments: Any, patience: float = 30.0, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.patience = patience
        self._due: float | None = None
        self._stuck: float | None = None
        self._in_headers = False
        self._header_bytes = 0
        self._progress = 0
        # What a line of the access log would say, a proxy in front says as well, and ours would name people's addresses.
        self.access_log = False
        self._refusal: HTTPStatus | None = None
        self._on_lost: Callable[[], None] | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=32 * 1024)
        self._due = self.loop.time() + self.patience

    def data_received(self, data: bytes) -> None:
        if self._due is None and (self.cycle is None or self.cycle.response_complete):
            self._due = self.loop.time() + self.patience
        went_on = self._in_headers
        super().data_received(data)
        if went_on and self._in_headers and self.parser is not None and not self.transport.is_closing():
            self._header_bytes += len(data)
            if self._header_bytes > MOST_HEADER_BYTES:
                self._refusal = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                self.send_400_response("")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        scope: Any = self.scope
        scope["vigil.connection"] = self
        self._in_headers = True
        self._header_bytes = self._progress = 0

    def on_headers_complete(self) -> None:
        self._refusal = self._judge()
        if self._refusal is not None:
            raise _Refused
        self._in_headers = False
        super().on_headers_complete()

    def _judge(self) -> HTTPStatus | None:
        if len(self.headers) > MOST_HEADERS or len(self.url) + sum(len(n) + len(v) + 4 for n, v in self.headers) > MOST_HEADER_BYTES:
            return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        if not self.url.startswith(b"/") or self.parser.should_upgrade():
            # A whole address would name a host beside the Host header; there is nothing to upgrade to.
            return HTTPStatus.BAD_REQUEST
        names = [name for name, _ in self.headers]
        if b"transfer-encoding" in names:
            # One way to say where a body ends leaves nothing to disagree about with a proxy in front.
            return HTTPStatus.BAD_REQUEST if b"content-length" in names else HTTPStatus.LENGTH_REQUIRED
        return None

    def on_body(self, body: bytes) -> None:
        self._progress += len(body)
        if self._progress >= LEAST_PROGRESS:
            self._progress = 0
            self._due = self.loop.time() + self.patience
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._due = None
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer with the refusal that was chosen, and hang up."""
        status = self._refusal or HTTPStatus.BAD_REQUEST
        body = status.phrase.encode()
        head = b"HTTP/1.1 %d %b\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\nconnection: close\r\n\r\n"
        self._due = None
        self.transport.write(head % (status.value, body, len(body)) + body)
        self.transport.close()

    def when_lost(self, call: Callable[[], None]) -> None:
        """Call once when the client is gone; at once if it already is."""
        self._on_lost = call
        if self.transport.is_closing() or self.parser is None:
            call()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._due = self._stuck = None
        call, self._on_lost = self._on_lost, None
        if call is not None:
            call()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stuck = self.loop.time() + self.patience

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stuck = None

    def abort(self) -> None:
        """Hang up at once; what was not taken is dropped."""
        self.transport.abort()

    def sweep(self, at: float) -> None:
        """Hang up if the client has been slower than patience allows; `at` is the loop's time."""
        if self._stuck is not None and at >= self._stuck:
            self.abort()
        elif self._due is not None and at >= self._due and not self.flow.read_paused:
            answered = self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete
            if answered:
                self.abort()
            else:
                self._refusal = HTTPStatus.REQUEST_TIMEOUT
                self.send_400_response("")
