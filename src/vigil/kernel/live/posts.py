"""What all live posts have in common: who asks, how often, and a body that means one thing only."""

from typing import Any

from vigil.kernel.live.doors import Door
from vigil.kernel.live.http import JSON, Receive, Scope, header, read_body
from vigil.kernel.live.limits import Buckets
from vigil.kernel.live.refusals import NotJson, TooFast
from vigil.kernel.live.strict import read_object
from vigil.kernel.live.tier import Tier
from vigil.kernel.live.tokens import Claims

MOST_BODY = 64 * 1024  # No text in it has more letters; safety says how long words may be, in a sentence that helps.


async def take_post(tier: Tier, scope: Scope, receive: Receive, buckets: Buckets) -> tuple[Claims, Door, dict[str, Any]]:
    """Let a post in. Raises TokenInvalid, TokenExpired, NotJson, TooFast, TooLarge, BadRequest."""
    claims = tier.authenticate(scope)
    scope["vigil.language"] = claims.language
    door = tier.door_of(claims)
    kind = (header(scope, b"content-type") or b"").split(b";")[0].strip().lower()
    # Only this type makes a browser ask first before it sends across origins; a form can send text/plain.
    if kind != JSON:
        raise NotJson
    wait = buckets.take(claims.subject)
    if wait:
        raise TooFast(retry_after=wait)
    return claims, door, read_object(await read_body(scope, receive, MOST_BODY))
