"""POST /live/send: a message goes in and is acknowledged after its commit."""

from vigil.kernel.live.frames import as_json
from vigil.kernel.live.http import Receive, Scope, Send, respond
from vigil.kernel.live.posts import take_post
from vigil.kernel.live.tier import Tier


async def send_message(tier: Tier, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 201 once it is committed, 200 when the same key was committed before. Raises a Refusal."""
    claims, door, body = await take_post(tier, scope, receive, tier.sends)
    sent = door.render(claims, await tier.send(door, claims, door.read_send(claims, body)))
    await respond(send, 201 if sent.is_new else 200, as_json(sent.body))
