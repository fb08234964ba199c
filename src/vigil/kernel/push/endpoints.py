"""Where a push may go: to the services of the browsers, by name. Pure."""

from collections.abc import Iterable
from urllib.parse import urlsplit

_LONGEST = 1000


class BadEndpoint(ValueError):
    """An endpoint is at no push service that we know."""


def judge_endpoint(endpoint: str, hosts: Iterable[str], *, may_be_plain: bool = False) -> None:
    """Let pass what lies at one of the hosts; one with a dot before it is every name below. Raises BadEndpoint.

    `may_be_plain` lets http pass as well, for a stand-in on this machine.
    """
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise BadEndpoint from None
    is_plain = may_be_plain and parts.scheme == "http"
    if not endpoint.isascii() or not endpoint.isprintable() or len(endpoint) > _LONGEST or "\\" in endpoint or " " in endpoint:
        raise BadEndpoint
    if "@" in parts.netloc or not ((parts.scheme == "https" and port in {None, 443}) or is_plain):
        raise BadEndpoint
    if not any(host.endswith(known) if known.startswith(".") else host == known for known in hosts):
        raise BadEndpoint
