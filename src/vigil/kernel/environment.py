"""Typed readers of the environment; nonsense is refused at start-up, by name."""

import os
import re
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

_NAME = r"[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)*"
# As Django's ALLOWED_HOSTS: a name, all names below one, an IPv6 address in brackets, or anything at all.
_HOST = re.compile(rf"\*|\.?{_NAME}|\[[0-9a-f:.]+\]", re.IGNORECASE)
_OWN_HOST = re.compile(rf"{_NAME}|[0-9a-f]*:[0-9a-f:.]+", re.IGNORECASE)
_USUAL_PORTS = {"http": 80, "https": 443}


# Every setting that begins with our name; a secret one may be given as a file, under its name and _FILE.
SETTINGS = frozenset(
    {
        "VIGIL_ALLOWED_HOSTS",
        "VIGIL_BASE_URL",
        "VIGIL_FAULTS",
        "VIGIL_FILES",
        "VIGIL_FILES_SPARE",
        "VIGIL_HOST",
        "VIGIL_LOG_LEVEL",
        "VIGIL_MAIL_FROM",
        "VIGIL_MODE",
        "VIGIL_OUTBOUND_ALLOW",
        "VIGIL_PORT",
        "VIGIL_PROFILE",
        "VIGIL_PSEUDO_LOCALES",
        "VIGIL_PUSH_HOSTS",
        "VIGIL_SECOND_FACTOR",
        "VIGIL_SECRET_KEY",
        "VIGIL_SITE_SECRETS",
        "VIGIL_SMTP_URL",
        "VIGIL_TOPICS",
        "VIGIL_TRUSTED_PROXIES",
        "VIGIL_VAR",
    }
)
# What else begins so: a pipe to the supervisor, and two words for whoever tests.
_OTHERS = frozenset({"VIGIL_LIFELINE", "VIGIL_SOAK", "VIGIL_BROWSERS"})


class BadSetting(Exception):
    """A setting has a value that cannot be meant; the message names the setting and what it takes."""


def find_strangers() -> dict[str, str]:
    """Find names in the environment that begin like ours and that nobody reads, each with the setting that is likely meant, or nothing."""
    strange = [name for name in os.environ if name.startswith("VIGIL_") and name.removesuffix("_FILE") not in SETTINGS | _OTHERS]
    return {name: next(iter(get_close_matches(name, SETTINGS, n=1, cutoff=0.8)), "") for name in sorted(strange)}


def env_str(name: str, default: str = "") -> str:
    """Read a line of text; white space around it is dropped."""
    return os.environ.get(name, default).strip()


def env_bool(name: str, default: bool) -> bool:
    """Read yes or no: 1/0, true/false, yes/no, on/off."""
    raw = env_str(name).lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} takes yes or no, not {raw!r}")


def env_int(name: str, default: int, *, least: int, most: int) -> int:
    """Read a whole number between `least` and `most`, both included."""
    raw = env_str(name)
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise BadSetting(f"{name} takes a whole number, not {raw!r}") from None
    if not least <= value <= most:
        raise BadSetting(f"{name} takes a number from {least} to {most}, not {value}")
    return value


def env_list(name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Read a list parted by commas; empty parts are dropped."""
    raw = env_str(name)
    return tuple(part.strip() for part in raw.split(",") if part.strip()) if raw else default


def env_hosts(name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """Read host names, parted by commas, without scheme and port; `.example` is every name below, `*` is any."""
    hosts = env_list(name, default)
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise BadSetting(f"{name} takes host names such as support.example, parted by commas, not {host!r}")
    return hosts


def env_networks(name: str) -> tuple[str, ...]:
    """Read IP addresses and networks, parted by commas; a network is named by its first address."""
    entries = env_list(name)
    for entry in entries:
        try:
            ip_network(entry)
        except ValueError:
            raise BadSetting(f"{name} takes addresses and networks such as 10.0.0.4 or 10.0.0.0/24, not {entry!r}") from None
    return entries


def env_origin(name: str, default: str) -> str:
    """Read an address without a path; gives it in the one spelling in which browsers write an origin. The message quotes nothing."""
    raw = env_str(name)
    if not raw:
        return default
    refusal = BadSetting(f"{name} takes an address without a path, such as https://support.example")
    try:
        parts = urlsplit(raw)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise refusal from None
    if parts.scheme not in _USUAL_PORTS or not _OWN_HOST.fullmatch(host) or "@" in parts.netloc:
        raise refusal
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise refusal
    place = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{place}" + ("" if port in {None, _USUAL_PORTS[parts.scheme]} else f":{port}")


def env_path(name: str, default: Path) -> Path:
    """Read a path; `~` is the home folder."""
    raw = env_str(name)
    return Path(raw).expanduser() if raw else default


def env_secret(name: str) -> str:
    """Read a secret from NAME, or from the file that NAME_FILE names. Empty when neither is set."""
    file = env_str(f"{name}_FILE")
    if not file:
        return env_str(name)
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE cannot be read: {error.strerror}") from None
