"""The outermost application: who answers which path, and what no request may do."""

from collections.abc import Awaitable, Collection, Mapping, Sequence
from typing import Any, Protocol

from django.http.request import split_domain_port, validate_host

from vigil.kernel.errors import Refusal
from vigil.kernel.live.http import Gone, Receive, Scope, Send, header, language_of, refuse
from vigil.kernel.live.refusals import BadRequest, ForeignOrigin
from vigil.kernel.live.routes import handle
from vigil.kernel.live.tier import Tier
from vigil.kernel.web.health import Health
from vigil.kernel.web.pages import Pages

_MOST_HOSTS = 100


class Mount(Protocol):
    """A bare application below a path of its own, for what pages cannot do: bodies that are taken as they come."""

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]: ...

    def stop(self) -> None: ...


class Router:
    """Sends /live/ to the live tier, /healthz to the health report, mounted paths to theirs and everything else to the pages.

    `allowed_hosts` are Django's patterns; `origins` are our own, written exactly as a browser writes them
    ("https://support.example"). No CORS header is ever sent: pages of other sites have no business here.
    """

    def __init__(
        self,
        tier: Tier,
        pages: Pages,
        *,
        allowed_hosts: Sequence[str],
        origins: Collection[str],
        mounts: Mapping[str, Mount] | None = None,
    ) -> None:
        self._tier = tier
        self._pages = pages
        self._mounts = dict(mounts or {})
        self._health = Health(tier)
        self._allowed_hosts = list(allowed_hosts)
        self._known_hosts: set[bytes] = set()
        self._origins = {origin.encode() for origin in origins}

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Choose; gives the chosen coroutine itself, so that a stream at rest holds no frame of ours."""
        if scope["type"] != "http":
            return self._live_on(receive, send)
        try:
            self._check_host(scope)
            if scope["path"].startswith("/live/"):
                self._check_origin(scope)
                return handle(self._tier, scope, receive, send)
            for prefix, mount in self._mounts.items():
                if scope["path"].startswith(prefix):
                    self._check_origin(scope)
                    return mount(scope, receive, send)
        except Refusal as refusal:
            return refuse(send, refusal, language_of(scope))
        if scope["path"] == "/healthz":
            return self._health(scope, receive, send)
        return self._show(scope, receive, send)

    def _check_host(self, scope: Scope) -> None:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1:
            raise BadRequest
        # A load balancer asks for our health by address; the answer depends on no host.
        if scope["path"] != "/healthz" and hosts[0] not in self._known_hosts:
            domain, _ = split_domain_port(hosts[0].decode("latin-1"))
            if not domain or not validate_host(domain, self._allowed_hosts):
                raise BadRequest
            # Nearly every request names one of a few; a pattern of ours may allow endless others.
            if len(self._known_hosts) < _MOST_HOSTS:
                self._known_hosts.add(hosts[0])

    def _check_origin(self, scope: Scope) -> None:
        """The widget's frame is our own origin, so any other that names itself has no business here."""
        origin = header(scope, b"origin")
        if origin is not None and origin not in self._origins:
            raise ForeignOrigin

    async def _show(self, scope: Scope, receive: Receive, send: Send) -> None:
        # WSGI writes X-Real_IP and X-Real-IP alike; the one with an underscore could only be a disguise.
        scope["headers"] = [(name, value) for name, value in scope["headers"] if b"_" not in name]
        try:
            await self._pages(scope, receive, send, self._health.database_answers)
        except Refusal as refusal:
            await refuse(send, refusal, language_of(scope), receive)
        except Gone:
            return

    async def _live_on(self, receive: Receive, send: Send) -> None:
        """Start and stop together with the server."""
        while True:
            message: Any = await receive()
            if message["type"] == "lifespan.startup":
                await self._tier.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self._pages.stop()
                for mount in self._mounts.values():
                    mount.stop()
                await self._tier.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return
            else:
                return
