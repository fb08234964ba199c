"""Refuses to start an installation that is not safe, naming the setting and the remedy."""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from vigil.kernel.environment import env_str

_SHORTEST_KEY = 32
_FEWEST_CHARACTERS = 8
_MAPPED = IPv6Network("::ffff:0:0/96")  # all of IPv4, written as IPv6
_PRIVATE = IPv6Network("fc00::/7")
_WIDEST_V4, _WIDEST_V6 = 8, 16


def production_is_safe(app_configs: Any = None, **kwargs: Any) -> list[Error]:
    """List what production mode refuses; other modes are for laptops and tests and pass."""
    if settings.VIGIL_MODE != "production":
        return []
    return [
        Error(f"{name} {wrong}.", hint=f"{remedy[0].upper()}{remedy[1:]}.", id=f"vigil.{name}")
        for is_wrong, name, wrong, remedy in (*_unsafe_doors(), *_unsafe_insides())
        if is_wrong
    ]


def _unsafe_doors() -> Iterable[tuple[bool, str, str, str]]:
    proxies = (ip_network(entry) for entry in settings.VIGIL_TRUSTED_PROXIES)
    return (
        (not settings.VIGIL_BASE_URL.startswith("https://"), "VIGIL_BASE_URL", "is not https", "give the address customers use"),
        (
            any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS),
            "VIGIL_ALLOWED_HOSTS",
            "has a wildcard",
            "name each host",
        ),
        (
            any(map(_is_half_the_world, proxies)),
            "VIGIL_TRUSTED_PROXIES",
            "believes half the internet",
            "name the proxies, or the network they are in",
        ),
        (
            any(map(_is_half_the_world, _opened())),
            "VIGIL_OUTBOUND_ALLOW",
            "opens every network near us",
            "name the services, or the network they are in",
        ),
    )


def _opened() -> Iterable[IPv4Network | IPv6Network]:
    if not settings.VIGIL_OUTBOUND_ALLOW:
        return ()
    from vigil.kernel.http import AllowList  # Imported here: it is heavy, and few open anything.

    return (network for network, _ in AllowList.parse(settings.VIGIL_OUTBOUND_ALLOW).networks)


def _unsafe_insides() -> Iterable[tuple[bool, str, str, str]]:
    key = settings.SECRET_KEY
    is_short = len(key) < _SHORTEST_KEY
    root: Any = settings.LOGGING["root"]
    return (
        (is_short, "VIGIL_SECRET_KEY", "is missing or shorter than 32 characters", "set it, or VIGIL_SECRET_KEY_FILE"),
        (
            not is_short and (len(set(key)) < _FEWEST_CHARACTERS or key in (key + key)[1:-1]),
            "VIGIL_SECRET_KEY",
            "can be guessed: it repeats itself, or few characters",
            "draw it at random, as `openssl rand -base64 48` does",
        ),
        (not settings.VIGIL_SECOND_FACTOR, "VIGIL_SECOND_FACTOR", "is off", "leave it on: the desk asks everybody for a second factor"),
        (settings.DEBUG, "DEBUG", "is on", "leave it off"),
        (bool(env_str("VIGIL_FAULTS")), "VIGIL_FAULTS", "arms fault points", "unset it"),
        (settings.VIGIL_PSEUDO_LOCALES, "VIGIL_PSEUDO_LOCALES", "offers customers languages that are none", "unset it"),
        (
            root["level"] == "DEBUG",
            "VIGIL_LOG_LEVEL",
            "is DEBUG, at which the libraries log what they are handed",
            "take INFO or less",
        ),
        (not settings.VIGIL_SMTP_URL, "VIGIL_SMTP_URL", "is missing", "name the server that sends our own mail"),
    )


def _is_half_the_world(network: IPv4Network | IPv6Network) -> bool:
    if isinstance(network, IPv4Network):
        return network.prefixlen < _WIDEST_V4
    if network.overlaps(_MAPPED):
        return network.prefixlen - _MAPPED.prefixlen < _WIDEST_V4
    return network.prefixlen < _WIDEST_V6 and not network.subnet_of(_PRIVATE)


def relay_can_be_read(app_configs: Any = None, **kwargs: Any) -> list[Error]:
    """Read the address of the relay as the first letter would. Raises BadSetting, which does not quote it."""
    from vigil.kernel.post.smtp import parse_relay  # Imported here: only now is Django set up.

    if settings.VIGIL_SMTP_URL:
        parse_relay(settings.VIGIL_SMTP_URL, is_production=settings.PRODUCTION)
    return []


def register_all() -> None:
    """Register the checks with Django; every start runs them, and `vigil doctor` asks the same."""
    register(production_is_safe, "security")
    register(relay_can_be_read, "security")
