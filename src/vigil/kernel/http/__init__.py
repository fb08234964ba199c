"""The one way out to the web: every HTTP request of this program to somebody else's address leaves through here.

Owns where a request may go, how long it may take and how much it may bring back. It follows no redirect, keeps no
cookie, uses no proxy, and tells nobody what the other side said when something fails.
"""

from vigil.kernel.http.addresses import is_public
from vigil.kernel.http.client import Answer, Limits, get, post_json, request
from vigil.kernel.http.errors import OutboundError, OutboundFailed, OutboundRefused
from vigil.kernel.http.targets import AllowList, Target, parse_url
from vigil.kernel.http.wire import Resolver, resolve, settled_addresses

__all__ = [
    "AllowList",
    "Answer",
    "Limits",
    "OutboundError",
    "OutboundFailed",
    "OutboundRefused",
    "Resolver",
    "Target",
    "get",
    "is_public",
    "parse_url",
    "post_json",
    "request",
    "resolve",
    "settled_addresses",
]
