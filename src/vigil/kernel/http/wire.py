"""The wire below HTTP: a name is looked up once, judged, and connected to at exactly the address that was judged."""

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LookupTimeout
from typing import Any

import httpcore

from vigil.kernel import clock
from vigil.kernel.http.addresses import parse_address
from vigil.kernel.http.errors import OutboundFailed
from vigil.kernel.http.targets import WEB_PORTS, AllowList, check_addresses, check_host

Resolver = Callable[[str, int], Sequence[str]]

# getaddrinfo has no time limit of its own; a few threads wait for it, so that a dead name server costs us seconds only.
_LOOKUPS = ThreadPoolExecutor(max_workers=8, thread_name_prefix="lookup")
_WRITE_AT_ONCE = 16 * 1024
_MOST_ADDRESSES = 4


class Deadline:
    """The one moment by which a whole exchange must be over, on the clock that never steps."""

    def __init__(self, seconds: float) -> None:
        self._end = clock.monotonic() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Give the seconds that remain, capped. Raises OutboundFailed("timeout") when none do."""
        remaining = self._end - clock.monotonic()
        if remaining <= 0:
            raise OutboundFailed("timeout")
        return remaining if at_most is None else min(remaining, at_most)


def resolve(host: str, port: int) -> list[str]:
    """Ask the system where `host` is, in the order to try."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def settled_addresses(
    host: str, port: int, *, allow: AllowList, seconds: float, resolver: Resolver = resolve, ports: frozenset[int] = WEB_PORTS
) -> list[str]:
    """Look a name up once and give the addresses that may be connected to; for wires other than HTTP too.

    `ports` are those the wire uses without an entry in `allow`. Connect to what is returned, never to the name again.
    Raises OutboundRefused, or OutboundFailed("resolve").
    """
    check_host(host, port, allow, ports)
    if parse_address(host) is not None:
        return [host]
    lookup = _LOOKUPS.submit(resolver, host, port)
    try:
        addresses = list(lookup.result(timeout=seconds))
    except (OSError, UnicodeError, LookupTimeout):
        lookup.cancel()
        raise OutboundFailed("resolve") from None
    if not addresses:
        raise OutboundFailed("resolve")
    check_addresses(host, port, addresses, allow, ports)
    return addresses[:_MOST_ADDRESSES]


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to judged addresses only, and holds every wait to one deadline."""

    def __init__(self, *, allow: AllowList, resolver: Resolver, connect_seconds: float, deadline: Deadline) -> None:
        self._allow = allow
        self._resolver = resolver
        self._connecting = Deadline(deadline.left(connect_seconds))
        self._deadline = deadline
        self._tcp = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Open a connection to the first judged address that answers."""
        seconds = self._connecting.left()
        addresses = settled_addresses(host, port, allow=self._allow, seconds=seconds, resolver=self._resolver)
        for position, address in enumerate(addresses, start=1):
            share = self._connecting.left() / (len(addresses) - position + 1)
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return _TimedStream(self._tcp.connect_tcp(address, port, timeout=share), self._deadline, self._connecting)
        raise OutboundFailed("connect")


class _TimedStream(httpcore.NetworkStream):
    # A peer that sends a byte a second never trips a timeout per read; here every wait is what is left of the whole.

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline, connecting: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline
        self._connecting = connecting

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, timeout=self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _WRITE_AT_ONCE):
            self._inner.write(buffer[start : start + _WRITE_AT_ONCE], timeout=self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        name = server_hostname.rstrip(".") if server_hostname else None
        secured = self._inner.start_tls(ssl_context, name, timeout=self._connecting.left(timeout))
        return _TimedStream(secured, self._deadline, self._connecting)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
