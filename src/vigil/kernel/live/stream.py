"""GET /live/stream: what was missed, then what happens, until one side leaves."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from vigil.kernel import clock
from vigil.kernel.errors import Refusal
from vigil.kernel.live.frames import PADDING, Frame, make
from vigil.kernel.live.http import Receive, Scope, Send, refuse
from vigil.kernel.live.refusals import BadField, BadRequest, TooFast, Unavailable
from vigil.kernel.live.strict import only
from vigil.kernel.live.subscriber import MOST_FRAMES, PIECE, Subscriber
from vigil.kernel.live.tier import Tier
from vigil.kernel.live.tokens import Claims

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MISSED = 404
_NUMBER = re.compile(r"[0-9]{1,15}")
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a client asks a stream or a poll for; `wait` is in seconds."""

    watch: str | None
    after: int
    wait: int


def read_wish(scope: Scope) -> Wish:
    """Read the query. Raises UnknownField, BadField, BadRequest; a pattern in place of a name is no name."""
    try:
        fields = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=20)
    except ValueError as error:
        raise BadRequest from error
    asked = {name: values[-1] for name, values in fields.items()}
    only(asked, "watch", "after", "wait", "lang")
    watch = asked.get("watch")
    if watch is not None and not _NAME.fullmatch(watch):
        raise BadField(field="watch")
    for name in ("after", "wait"):
        if not _NUMBER.fullmatch(asked.get(name, "0")):
            raise BadField(field=name)
    return Wish(watch, int(asked.get("after", "0")), min(25, int(asked.get("wait", "25"))))


def subscribe(tier: Tier, scope: Scope) -> tuple[Claims, Subscriber]:
    """Let the bearer listen from now on, and hear of it when the client leaves. Raises a Refusal."""
    claims = tier.authenticate(scope)
    scope["vigil.language"] = claims.language
    if not tier.is_ready:
        raise Unavailable(retry_after=2)
    link = scope["vigil.connection"]
    subscriber = tier.hub.subscribe(claims, link.abort)
    link.when_lost(subscriber.lose)
    return claims, subscriber


async def missed(tier: Tier, claims: Claims, wish: Wish) -> Sequence[Frame]:
    """Read what the client has missed, oldest first; behind 500 of more, a gap frame says to ask on. Raises a Refusal."""
    try:
        frames = await tier.readers.run(tier.source.backlog, claims, wish.watch, wish.after, MOST_FRAMES + 1)
    except Refusal as refusal:
        if refusal.status == _MISSED and (wait := tier.misses.take(claims.subject)):
            raise TooFast(retry_after=wait) from refusal
        raise
    if len(frames) > MOST_FRAMES:
        return [*frames[:MOST_FRAMES], make("", "gap", {"conversation": wish.watch}, conversation=wish.watch)]
    return frames


def is_news(frame: Frame, watch: str | None, last: int) -> bool:
    """Say whether a live frame is more than what the backlog has already shown."""
    return frame.seq is None or frame.seq > last or frame.conversation != watch


async def stream(tier: Tier, scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one stream. The order matters: listen first, then read the backlog, then go live."""
    try:
        wish = read_wish(scope)
        claims, subscriber = subscribe(tier, scope)
    except Refusal as refusal:
        await refuse(send, refusal, tier.language_of(scope))
        return
    try:
        watch, last = wish.watch, await _open(tier, claims, wish, send)
        # What is not needed any more would otherwise be held for as long as the stream is open, the token among it.
        scope["headers"].clear()
        del scope, claims, receive, wish
        while subscriber.closing != "lost":
            frames = subscriber.take()
            if frames:
                piece = b"".join([frame.sse for frame in frames if is_news(frame, watch, last)])
                del frames
                if piece:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                    del piece
            elif subscriber.closing is not None:
                await send({"type": "http.response.body", "body": b""})
                break
            else:
                await subscriber.sleep()
    except Refusal as refusal:
        await refuse(send, refusal, subscriber.language)
    finally:
        tier.hub.unsubscribe(subscriber)


async def _open(tier: Tier, claims: Claims, wish: Wish, send: Send) -> int:
    """Send the first bytes and the backlog; tells the last number shown. Raises a Refusal before the first byte."""
    frames = await missed(tier, claims, wish)
    tier.note_sign(claims)
    hello = make("", "hello", {"now": clock.now().isoformat(), "ticker": 25})
    # Clients that lost one process must not come back in the same instant.
    retry = b"retry: %d\n\n" % (1000 + secrets.randbelow(4001))
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    piece, last = [retry, PADDING, hello.sse], wish.after
    size = 0
    for frame in frames:
        piece.append(frame.sse)
        size += len(frame.sse)
        if size >= PIECE:
            await send({"type": "http.response.body", "body": b"".join(piece), "more_body": True})
            piece, size = [], 0
    await send({"type": "http.response.body", "body": b"".join(piece), "more_body": True})
    return max([last, *(frame.seq for frame in frames if frame.seq is not None)])
