"""Where a request may go: one reading of a URL, and what the operator has opened. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Self

from vigil.kernel.http.addresses import is_name_inside, is_odd_spelling, is_public, parse_address
from vigil.kernel.http.errors import OutboundRefused

_PORTS = {"http": 80, "https": 443}
WEB_PORTS = frozenset(_PORTS.values())
_LONGEST_URL = 2048
_MOST_PORT = 65535
# What a URL may be written in; a host in another script must come as xn--…, or as letters and digits of that script.
_FORBIDDEN = re.compile(r"[\s\\\x00-\x1f\x7f\u2028\u2029]")
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.?", re.ASCII)
_AUTHORITY = re.compile(r"[/?#]")
_WITH_PORT = re.compile(r"(?P<place>\[[^\]]+\]|[^:\[\]]+):(?P<port>\d{1,5})")


@dataclass(frozen=True)
class Target:
    """One place a request goes to, already in its canonical spelling."""

    scheme: str
    host: str
    port: int
    path: str


@dataclass(frozen=True)
class AllowList:
    """What the operator has opened although it lies inside: networks and host names, each with or without a port.

    An entry without a port opens the ports that are usual for the wire: 80 and 443 for the web.
    """

    networks: tuple[tuple[IPv4Network | IPv6Network, int | None], ...] = ()
    names: tuple[tuple[str, int | None], ...] = ()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> Self:
        """Read entries such as "10.1.0.0/16", "127.0.0.1:8025", "[fd00::5]:443" or "ldap.corp.internal:8443".

        A network opens its addresses, a name opens whatever addresses it has; a port opens that port there. Raises ValueError
        with the first entry that is neither.
        """
        networks: list[tuple[IPv4Network | IPv6Network, int | None]] = []
        names: list[tuple[str, int | None]] = []
        for entry in filter(None, (raw.strip().lower() for raw in entries)):
            match = _WITH_PORT.fullmatch(entry)
            place = (match["place"] if match else entry).strip("[]")
            port = int(match["port"]) if match else None
            if port is not None and not 1 <= port <= _MOST_PORT:
                raise ValueError(entry)
            try:
                networks.append((ip_network(place), port))
            except ValueError:
                # What is meant as a network and is none would be a name that nothing ever has.
                if is_odd_spelling(place) or not _HOST.fullmatch(place):
                    raise ValueError(entry) from None
                names.append((place.rstrip("."), port))
        return cls(tuple(networks), tuple(names))

    def opens_name(self, host: str, port: int, ports: frozenset[int]) -> bool:
        """Say whether the host is named here for this port, or without a port where the port is one of `ports`."""
        return any(host.rstrip(".") == name and _opens(allowed, port, ports) for name, allowed in self.names)

    def opens_address(self, address: str, port: int, ports: frozenset[int]) -> bool:
        """Say whether the address lies in a network that is open for this port, as `opens_name`."""
        parsed = parse_address(address)
        return parsed is not None and any(
            parsed.version == network.version and parsed in network and _opens(allowed, port, ports) for network, allowed in self.networks
        )

    def names_port(self, port: int) -> bool:
        """Say whether any entry opens this port by its number."""
        return any(allowed == port for _, allowed in (*self.networks, *self.names))


def _opens(allowed: int | None, port: int, ports: frozenset[int]) -> bool:
    return port in ports if allowed is None else port == allowed


def parse_url(url: str, allow: AllowList) -> Target:
    """Read a URL once, for judging and for connecting alike. Raises OutboundRefused; touches no network.

    Ports other than 80 and 443 pass only where an entry of `allow` names them; whether that entry is about this place is
    decided when the address is known.
    """
    import httpx  # Imported here: most processes start without ever calling anybody, and it is heavy.

    if len(url) > _LONGEST_URL or _FORBIDDEN.search(url):
        raise OutboundRefused("url")
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise OutboundRefused("url") from None
    if parsed.scheme not in _PORTS:
        raise OutboundRefused("scheme")
    if parsed.userinfo or "@" in _AUTHORITY.split(url, maxsplit=3)[2]:
        raise OutboundRefused("userinfo")
    host = parsed.raw_host.decode("ascii").lower()
    port = parsed.port or _PORTS[parsed.scheme]
    check_host(host, port, allow)
    return Target(parsed.scheme, host, port, parsed.raw_path.decode("ascii"))


def check_host(host: str, port: int, allow: AllowList, ports: frozenset[int] = WEB_PORTS) -> None:
    """Refuse a host by what can be seen without asking anybody where it is. Raises OutboundRefused."""
    if port not in ports and not allow.names_port(port):
        raise OutboundRefused("port")
    if is_odd_spelling(host):
        raise OutboundRefused("address_spelling")
    if parse_address(host) is not None:
        check_addresses(host, port, [host], allow, ports)
    elif not _HOST.fullmatch(host):
        raise OutboundRefused("url")
    elif is_name_inside(host) and not allow.opens_name(host, port, ports):
        raise OutboundRefused("name_inside")


def check_addresses(host: str, port: int, addresses: Iterable[str], allow: AllowList, ports: frozenset[int] = WEB_PORTS) -> None:
    """Refuse unless every address may be reached on this port. Raises OutboundRefused.

    One bad address among good ones refuses the whole name: which of them is used would be the name server's choice.
    """
    for address in addresses:
        if allow.opens_name(host, port, ports) or allow.opens_address(address, port, ports):
            continue
        if not is_public(address):
            raise OutboundRefused("address_inside")
        if port not in ports:
            raise OutboundRefused("port")
