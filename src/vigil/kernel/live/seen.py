"""POST /live/seen: how far somebody has received and read."""

from vigil.kernel.live.http import Receive, Scope, Send, respond
from vigil.kernel.live.posts import take_post
from vigil.kernel.live.tier import Tier


async def note_seen(tier: Tier, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 204 once it is committed. Raises a Refusal."""
    claims, door, body = await take_post(tier, scope, receive, tier.signals)
    await door.seeing.submit(door.read_seen(claims, body))
    tier.note_sign(claims)
    await respond(send, 204)
