"""Which addresses belong to the public internet. Pure: no lookups, no settings."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# Written out, because `ipaddress.is_global` answers differently from one patch release of Python to the next.
# Source: IANA special-purpose address registries for IPv4 and IPv6.
_CLOSED_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers (CGNAT)
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # looks public, is the inside of every Azure machine
        "169.254.0.0/16",  # link-local, where clouds keep their credentials
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
# Outside of this everything in IPv6 is something else: mapped and compatible IPv4, NAT64, local, link-local, multicast.
_OPEN_V6 = IPv6Network("2000::/3")
_CLOSED_V6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_INSIDE_SUFFIXES = ("localhost", "local", "internal", "home.arpa", "lan", "intranet", "corp", "localdomain", "onion")
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)

Address = IPv4Address | IPv6Address


def parse_address(text: str) -> Address | None:
    """Read an address in its one plain spelling; None for a name and for every odd spelling."""
    try:
        return ip_address(text)
    except (AddressValueError, ValueError):
        return None


def is_public(address: str | Address) -> bool:
    """Say whether `address` is a machine on the public internet, reachable by the address it shows.

    Anything that is not an address in its plain spelling is not public, nor is an address with a zone.
    """
    parsed = parse_address(address) if isinstance(address, str) else address
    if isinstance(parsed, IPv4Address):
        return not any(parsed in network for network in _CLOSED_V4)
    if isinstance(parsed, IPv6Address):
        return parsed.scope_id is None and parsed in _OPEN_V6 and not any(parsed in network for network in _CLOSED_V6)
    return False


def is_name_inside(name: str) -> bool:
    """Say whether a host name can only mean something near us: one word, or a zone that is never public."""
    plain = name.rstrip(".").lower()
    return "." not in plain or any(plain == zone or plain.endswith("." + zone) for zone in _INSIDE_SUFFIXES)


def is_odd_spelling(host: str) -> bool:
    """Say whether `host` is an address that some programs read and others do not: 0x7f.1, 2130706433, 0177.0.0.1.

    A last label that is a number is never a name (URL Standard, "ends in a number").
    """
    last = host.rstrip(".").rpartition(".")[2]
    return bool(_NUMBER.fullmatch(last)) and (host.endswith(".") or parse_address(host) is None)
