"""The little HTTP that live routes need: headers, answers, refusals in the reader's language."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from vigil.kernel.errors import Refusal
from vigil.kernel.live import tokens
from vigil.kernel.live.frames import as_json
from vigil.kernel.live.refusals import TokenExpired, TokenInvalid, TooLarge

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Handler = Callable[[Scope, Receive, Send], Awaitable[None]]

JSON = b"application/json"
_MOST_IGNORED = 1024 * 1024
_LINGER = 2.0


class Gone(Exception):
    """The client left while it was speaking."""


def header(scope: Scope, name: bytes) -> bytes | None:
    """Find the first header of that lower-case name."""
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value)
    return None


def language_of(scope: Scope) -> str:
    """Choose the language a client asks for, in its address, by its live token or else by its browser, among ours; else English."""
    chosen = parse_qs(scope.get("query_string", b"").decode("latin-1")[:1000]).get("lang", [])
    asked = (header(scope, b"accept-language") or b"").decode("latin-1")[:200].lower()
    for code in (*(each[:20] for each in chosen), *_spoken_by_bearer(scope), *(code for code, _ in parse_accept_lang_header(asked))):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return "en"


def _spoken_by_bearer(scope: Scope) -> list[str]:
    """Tell what the token says that was chosen; it also speaks where nobody has asked for a token yet, or it has no business."""
    kind, _, token = (header(scope, b"authorization") or b"").decode("latin-1").partition(" ")
    try:
        return [tokens.read(token.strip()).language] if kind.lower() == "bearer" else []
    except (TokenInvalid, TokenExpired):
        return []


async def respond(send: Send, status: int, body: bytes = b"", *, kind: bytes = JSON, extra: tuple[tuple[bytes, bytes], ...] = ()) -> None:
    """Send a whole answer; nothing live is ever kept by a cache."""
    headers = [(b"content-length", b"%d" % len(body)), (b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"), *extra]
    if body:
        headers.append((b"content-type", kind))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def refuse(send: Send, refusal: Refusal, language: str = "en", receive: Receive | None = None) -> None:
    """Answer with a refusal, in words of `language`; what is too large ends the connection as well."""
    with translation.override(language.lower()):
        body = as_json(refusal.as_json())
    extra: tuple[tuple[bytes, bytes], ...] = ()
    if refusal.retry_after is not None:
        extra += ((b"retry-after", b"%d" % refusal.retry_after),)
    if refusal.status == 401:
        extra += ((b"www-authenticate", b"Bearer"),)
    if not isinstance(refusal, TooLarge) or receive is None:
        await respond(send, refusal.status, body, extra=extra)
        return
    headers = [(b"content-type", JSON), (b"content-length", b"%d" % len(body)), (b"connection", b"close"), *extra]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": True})
    await _hear_out(receive)
    await send({"type": "http.response.body", "body": b""})


async def _hear_out(receive: Receive) -> None:
    """Swallow a little of what is still coming: closing at once would reset the connection before the answer is read."""
    swallowed = 0
    try:
        async with asyncio.timeout(_LINGER):
            while swallowed < _MOST_IGNORED:
                message = await receive()
                swallowed += len(message.get("body", b""))
                if not message.get("more_body"):
                    return
    except TimeoutError:
        return


async def read_body(scope: Scope, receive: Receive, most: int) -> bytes:
    """Read the whole body. Raises TooLarge above `most` bytes, Gone when the client leaves."""
    announced = header(scope, b"content-length")
    if announced is not None and int(announced) > most:
        raise TooLarge
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        if len(body) > most:
            raise TooLarge
        if not message.get("more_body"):
            return bytes(body)
