"""Words to a browser whose page is shut, by way of its maker's push service, which carries them and cannot read them.

RFC 8030 says how they are handed over, RFC 8291 how they are sealed, RFC 8292 how we say who we are. Only to the services of
the browsers we know: an endpoint comes out of somebody's browser, and might be any address.
"""

from vigil.kernel.push.encrypting import NotAKey, encrypt, read_key
from vigil.kernel.push.endpoints import BadEndpoint, judge_endpoint
from vigil.kernel.push.handing import Ended, PushFailed, Reader, Sender, hand_over
from vigil.kernel.push.vapid import authorization, make_key, public_key

__all__ = [
    "BadEndpoint",
    "Ended",
    "NotAKey",
    "PushFailed",
    "Reader",
    "Sender",
    "authorization",
    "encrypt",
    "hand_over",
    "judge_endpoint",
    "make_key",
    "public_key",
    "read_key",
]
