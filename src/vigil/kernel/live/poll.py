"""GET /live/poll: the same news for clients whose stream is held back on the way."""

import asyncio

from vigil.kernel.live.frames import Frame
from vigil.kernel.live.http import Receive, Scope, Send, respond
from vigil.kernel.live.stream import Wish, is_news, missed, read_wish, subscribe
from vigil.kernel.live.subscriber import Subscriber
from vigil.kernel.live.tier import Tier


async def poll(tier: Tier, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer at once with what was missed, else with the first news within `wait` seconds, else with none."""
    wish = read_wish(scope)
    claims, subscriber = subscribe(tier, scope)
    try:
        frames = list(await missed(tier, claims, wish))
        tier.note_sign(claims)
        if not frames:
            frames = await _first_news(subscriber, wish)
    finally:
        tier.hub.unsubscribe(subscriber)
    seen = [frame.seq for frame in frames if frame.seq is not None and frame.conversation == wish.watch]
    after = max([wish.after, *seen])
    await respond(send, 200, b'{"frames":[%b],"after":%d}' % (b",".join(frame.for_poll() for frame in frames), after))


async def _first_news(subscriber: Subscriber, wish: Wish) -> list[Frame]:
    try:
        async with asyncio.timeout(wish.wait):
            while True:
                # A keep-alive has no event and is nothing to tell.
                frames = [frame for frame in subscriber.take() if frame.event and is_news(frame, wish.watch, wish.after)]
                if frames or subscriber.closing is not None:
                    return frames
                await subscriber.sleep()
    except TimeoutError:
        return []
