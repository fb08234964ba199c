"""Which path under /live/ does what."""

from collections.abc import Awaitable

from vigil.kernel.errors import Refusal
from vigil.kernel.live.http import Gone, Receive, Scope, Send, refuse
from vigil.kernel.live.poll import poll
from vigil.kernel.live.refusals import NotFound, WrongMethod
from vigil.kernel.live.seen import note_seen
from vigil.kernel.live.send import send_message
from vigil.kernel.live.signal import pass_signal
from vigil.kernel.live.stream import stream
from vigil.kernel.live.tier import Tier

_ROUTES = {
    "/live/stream": ("GET", stream),
    "/live/poll": ("GET", poll),
    "/live/send": ("POST", send_message),
    "/live/seen": ("POST", note_seen),
    "/live/signal": ("POST", pass_signal),
}


def handle(tier: Tier, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
    """Choose who answers; gives the stream's own coroutine, so that one at rest holds no frame more than it needs."""
    if scope["path"] == "/live/stream" and scope["method"] == "GET":
        return stream(tier, scope, receive, send)
    return _answer(tier, scope, receive, send)


async def _answer(tier: Tier, scope: Scope, receive: Receive, send: Send) -> None:
    try:
        if scope["path"] not in _ROUTES:
            raise NotFound
        method, act = _ROUTES[scope["path"]]
        if scope["method"] != method:
            raise WrongMethod
        await act(tier, scope, receive, send)
    except Refusal as refusal:
        await refuse(send, refusal, tier.language_of(scope), receive)
    except Gone:
        return
