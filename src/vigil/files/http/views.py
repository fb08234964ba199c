"""/files/view/<link>: the bytes of one ready file, for an <img>, a <video> or a download; never a page."""

import os
import re
from collections.abc import Callable, Collection
from pathlib import Path

from django.utils.http import content_disposition_header

from vigil.files import grants, queries
from vigil.files.http.hands import Hands
from vigil.files.queries import Stored
from vigil.files.refusals import FileNotFound
from vigil.kernel import clock
from vigil.kernel.live.http import Scope, Send, header
from vigil.kernel.live.refusals import Busy, WrongMethod

_PIECE = 256 * 1024
_MOST_AT_ONCE = 500
_RANGE = re.compile(rb"bytes=(\d{1,15})-(\d{1,15})?")
WhoIsOver = Callable[[Collection[str]], Collection[str]]


class Views:
    """Shows files to whoever holds a link; `who_is_over` names those of some viewers whose session has ended."""

    def __init__(self, hands: Hands, who_is_over: WhoIsOver) -> None:
        self._hands = hands
        self._who_is_over = who_is_over
        self._running = 0

    async def __call__(self, link: str, scope: Scope, send: Send) -> None:
        """Answer one request. Raises FileNotFound, WrongMethod, Busy."""
        if scope["method"] not in {"GET", "HEAD"}:
            raise WrongMethod
        if self._running >= _MOST_AT_ONCE:
            raise Busy(retry_after=2)
        self._running += 1
        try:
            stored, file, size = await self._hands.run(self._open, link)
            try:
                await self._send(stored, file, size, scope, send)
            finally:
                os.close(file)
        finally:
            self._running -= 1

    def _open(self, link: str) -> tuple[Stored, int, int]:
        view = grants.read_link(link, at=clock.now())
        if view.viewer in self._who_is_over([view.viewer]):
            raise FileNotFound
        stored = queries.get_stored(view.public_id, thumbnail=view.is_thumbnail)
        return (stored, *_opened(stored.path))

    async def _send(self, stored: Stored, file: int, size: int, scope: Scope, send: Send) -> None:
        asked = _asked(header(scope, b"range"), size)
        start, end = asked or (0, size)
        headers = [*_headers(stored), (b"content-length", b"%d" % (end - start))]
        if asked:
            headers.append((b"content-range", b"bytes %d-%d/%d" % (start, end - 1, size)))
        await send({"type": "http.response.start", "status": 206 if asked else 200, "headers": headers})
        while start < end and scope["method"] == "GET":
            piece = await self._hands.touch(os.pread, file, min(_PIECE, end - start), start)
            if not piece:
                break
            start += len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _opened(path: Path) -> tuple[int, int]:
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError as error:
        raise FileNotFound from error
    return file, os.fstat(file).st_size


def _asked(raw: bytes | None, size: int) -> tuple[int, int] | None:
    """Read which part is asked for; whatever is not one plain part of what there is gets the whole."""
    match = _RANGE.fullmatch(raw or b"")
    if match is None or int(match[1]) >= size:
        return None
    last = min(int(match[2]), size - 1) if match[2] else size - 1
    return (int(match[1]), last + 1) if last >= int(match[1]) else None


def _headers(stored: Stored) -> list[tuple[bytes, bytes]]:
    disposition = content_disposition_header(as_attachment=True, filename=stored.name) or "attachment"
    return [
        (b"content-type", stored.media_type.encode()),
        (b"content-disposition", disposition.encode("latin-1")),
        (b"content-security-policy", b"sandbox; default-src 'none'"),
        (b"x-content-type-options", b"nosniff"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"referrer-policy", b"no-referrer"),
        (b"cache-control", b"private, no-store"),
        (b"accept-ranges", b"bytes"),
    ]
