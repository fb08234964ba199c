"""One request, one answer, within limits."""

import functools
import json as jsonlib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpcore
from django.conf import settings

from vigil.kernel.http.errors import OutboundFailed, OutboundRefused
from vigil.kernel.http.targets import AllowList, Target, parse_url
from vigil.kernel.http.wire import Deadline, PinnedBackend, Resolver, resolve

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Limits:
    """How long and how much: seconds on the wall, bytes of body."""

    connect_seconds: float = 5.0
    total_seconds: float = 10.0
    body_bytes: int = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """What came back, whatever its status. Header names are lower case; of a repeated header the last is kept."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_success(self) -> bool:
        """Say whether the status is 2xx; a redirect is not followed and is no success."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    def json(self) -> Any:
        """Read the body as JSON. Raises OutboundFailed("protocol") when it is none."""
        try:
            return jsonlib.loads(self.body)
        except (ValueError, RecursionError):
            raise OutboundFailed("protocol") from None


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    limits: Limits | None = None,
    read_body: bool = True,
    allow: AllowList | None = None,
    resolver: Resolver = resolve,
    tls: ssl.SSLContext | None = None,
) -> Answer:
    """Send one request to a public address and give the answer; redirects are answers, not instructions.

    `read_body=False` stops after status and headers, for receivers whose words do not matter. `allow` stands in for the
    operator's VIGIL_OUTBOUND_ALLOW. Not repeated by itself: after OutboundFailed the other side may have acted.

    Raises OutboundRefused (for good) or OutboundFailed (try later); neither carries what the other side said.
    """
    bounds = limits or Limits()
    opened = allow if allow is not None else _operators_allow_list()
    target = parse_url(url, opened)
    if method not in _METHODS:
        raise OutboundRefused("request")
    deadline = Deadline(bounds.total_seconds)
    backend = PinnedBackend(allow=opened, resolver=resolver, connect_seconds=bounds.connect_seconds, deadline=deadline)
    pool = httpcore.ConnectionPool(ssl_context=tls or _public_certificates(), network_backend=backend, retries=0)
    with (
        _translated_errors(),
        pool,
        pool.stream(method, _core_url(target), headers=_wire_headers(target, headers), content=body) as response,
    ):
        found = _answer_headers(response)
        content = _read(response, found, bounds.body_bytes) if read_body and method != "HEAD" else b""
        return Answer(response.status, found, content)


def get(url: str, **options: Any) -> Answer:
    """Fetch a URL; options and errors as in `request`."""
    return request("GET", url, **options)


def post_json(url: str, payload: Any, *, headers: Mapping[str, str] | None = None, **options: Any) -> Answer:
    """Post a value as JSON in UTF-8; options and errors as in `request`."""
    body = jsonlib.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    return request("POST", url, headers={"content-type": "application/json", **(headers or {})}, body=body, **options)


@functools.cache
def _public_certificates() -> ssl.SSLContext:
    import httpx  # Imported here: most processes start without ever calling anybody, and it is heavy.

    # Built once: reading the bundle costs 20 ms. An operator's own authority comes in through SSL_CERT_FILE.
    return httpx.create_ssl_context()


def _operators_allow_list() -> AllowList:
    return AllowList.parse(getattr(settings, "VIGIL_OUTBOUND_ALLOW", ()))


def _core_url(target: Target) -> httpcore.URL:
    return httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)


def _wire_headers(target: Target, headers: Mapping[str, str] | None) -> list[tuple[bytes, bytes]]:
    given = {name.lower(): value for name, value in (headers or {}).items()}
    if given.keys() & {"host", "content-length", "transfer-encoding", "connection", "accept-encoding"}:
        raise OutboundRefused("request")
    shown = f"[{target.host}]" if ":" in target.host else target.host
    default_port = {"http": 80, "https": 443}[target.scheme]
    host = shown if target.port == default_port else f"{shown}:{target.port}"
    lines = {"host": host, "user-agent": "vigil", "accept": "*/*", "accept-encoding": "identity", "connection": "close", **given}
    try:
        return [(name.encode("ascii"), value.encode("latin-1")) for name, value in lines.items()]
    except UnicodeEncodeError:
        raise OutboundRefused("request") from None


def _answer_headers(response: httpcore.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}


def _read(response: httpcore.Response, headers: Mapping[str, str], most: int) -> bytes:
    if headers.get("content-encoding", "identity").lower() != "identity":
        # We asked for plain bytes; a packed body could grow a thousandfold on our side.
        raise OutboundFailed("encoding")
    declared = headers.get("content-length", "")
    if declared.isdigit() and int(declared[:20]) > most:
        raise OutboundFailed("too_large")
    content = bytearray()
    for chunk in response.iter_stream():
        content += chunk
        if len(content) > most:
            raise OutboundFailed("too_large")
    return bytes(content)


@contextmanager
def _translated_errors() -> Iterator[None]:
    try:
        yield
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
        raise OutboundFailed(_connect_reason(error)) from None
    except httpcore.TimeoutException:
        raise OutboundFailed("timeout") from None
    except httpcore.LocalProtocolError:
        raise OutboundRefused("request") from None
    except httpcore.RemoteProtocolError:
        raise OutboundFailed("protocol") from None
    except httpcore.NetworkError:
        raise OutboundFailed("connection_lost") from None


def _connect_reason(error: Exception) -> str:
    cause = error.__cause__ or error.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return "certificate"
    if isinstance(cause, ssl.SSLError):
        return "tls"
    return "connect_timeout" if isinstance(error, httpcore.ConnectTimeout) else "connect"
