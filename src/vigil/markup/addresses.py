"""Which addresses a link may lead to, and which words may stand on it."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from vigil.identifiers.folding import fold

LONGEST = 1000
_SCHEMES = {"http", "https"}
_HOST = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
# In any script, and with any of the dots that browsers take for one.
_LOOKS_LIKE_A_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?[.。])+[^\W\d_]{2,}")
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zs", "Zl", "Zp"}
_KEPT = "%/?#[]@!$&'()*+,;=:~-._"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a link really leads: `href` in plain letters, and the `host` that a reader is shown."""

    href: str
    host: str


def judge(raw: str) -> Address | None:
    """Read an address as a browser will, or give None for one that nobody should follow from here.

    Only http and https, only a name with a dot in it, nobody's name or password before it, nothing invisible anywhere. A name in
    other letters is written as the network knows it (xn--…), so that it cannot pass for one in ours.
    """
    if len(raw) > LONGEST or "\\" in raw or "⟦" in raw or any(unicodedata.category(char) in _HIDDEN for char in raw):
        return None
    try:
        parts = urlsplit(raw)
        host, port = (parts.hostname or "").encode("idna").decode().lower(), parts.port
    except ValueError:  # UnicodeError is one, too.
        return None
    if parts.scheme not in _SCHEMES or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    shown = host if port is None else f"{host}:{port}"
    rest = "".join((parts.path, f"?{parts.query}" if parts.query else "", f"#{parts.fragment}" if parts.fragment else ""))
    return Address(f"{parts.scheme}://{shown}{quote(rest, safe=_KEPT)}", shown)


def may_stand_on(words: str, address: Address) -> bool:
    """Say whether words may stand on a link: not when there are none to be seen, nor when they name another place than it leads to."""
    seen = fold(words)
    if not seen.strip():
        return False
    own = address.host.partition(":")[0].removeprefix("www.")
    return all(found.replace("。", ".").removeprefix("www.") == own for found in _LOOKS_LIKE_A_HOST.findall(seen))
