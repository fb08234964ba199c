"""POST /live/signal: typing and its like, told to everybody and kept by nobody."""

from vigil.kernel.live.http import Receive, Scope, Send, respond
from vigil.kernel.live.posts import take_post
from vigil.kernel.live.tier import Tier


async def pass_signal(tier: Tier, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 204 once every process has been told. Raises a Refusal."""
    claims, door, body = await take_post(tier, scope, receive, tier.signals)
    await tier.expect_welcome(claims)
    for frame in door.read_signal(claims, body):
        await tier.tell(frame)
    await respond(send, 204)
