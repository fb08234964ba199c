"""From what stands in a text to the host that a browser would go to, and the tricks that hide it."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import unquote

from publicsuffixlist import PublicSuffixList

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?=[/\\]{2})", re.IGNORECASE)
_DEFANGED = re.compile(r"\[\.\]|\(\.\)|\[dot\]|。|．|｡", re.IGNORECASE)
_INVISIBLE = re.compile("[\u0000-\u0020\u007f\u00ad\u034f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_NUMBER = re.compile(r"0x[0-9a-f]*|\d+", re.IGNORECASE)
_LABEL = re.compile(r"[^\s/\\@:?#\[\]<>\"'|^`{}%]{1,63}")
_LONGEST_HOST = 253
_LONGEST_URL = 4096
_MOST_PARTS = 4


class NoHost(ValueError):
    """There is no host in it that a browser could go to."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host as it is looked up (`ascii`) and as it is shown (`shown`, punycode decoded).

    `name` is the registrable domain's own label and `suffix` what stands behind it; `before` are the labels before both.
    All three are as shown, in small letters. `platform` is the suffix on which a provider gives names to anybody, if it is
    one. `tricks` name what was done to hide the host, in words of `judging`.
    """

    ascii: str
    shown: str
    before: tuple[str, ...]
    name: str
    suffix: str
    platform: str = ""
    is_number: bool = False
    tricks: tuple[str, ...] = ()
    # What stands before an @: a browser ignores it, a reader takes it for the host.
    userinfo: str = ""

    @property
    def registrable(self) -> str:
        """The domain that somebody has registered, as shown."""
        return f"{self.name}.{self.suffix}" if self.suffix else self.name


@cache
def _suffixes() -> tuple[PublicSuffixList, PublicSuffixList]:
    # The second knows nothing of providers that give names below their own to anybody.
    return PublicSuffixList(), PublicSuffixList(only_icann=True)


def read_host(url: str) -> Host:
    """Read the host of a URL or of a bare host as a browser does. Raises NoHost."""
    text = _INVISIBLE.sub("", url[:_LONGEST_URL])
    cleaned = _DEFANGED.sub(".", unicodedata.normalize("NFKC", text))
    tricks = ["invisible"] if len(text) != len(url[:_LONGEST_URL].strip()) else []
    authority = _authority(cleaned)
    userinfo, at, host = authority.rpartition("@")
    if at:
        tricks.append("userinfo")
    if "%" in host:
        host = unquote(host)
        tricks.append("encoded")
    return _host(host, unquote(userinfo), tricks)


def _authority(text: str) -> str:
    text = re.sub(r"^hxxp", "http", text, flags=re.IGNORECASE)
    scheme = _SCHEME.match(text)
    rest = text[scheme.end() :] if scheme else text
    # Browsers read a backslash as a slash, and do not mind how many there are.
    return re.split(r"[/\\?#]", rest.lstrip("/\\"), maxsplit=1)[0]


def _host(text: str, userinfo: str, tricks: list[str]) -> Host:
    text = unicodedata.normalize("NFKC", text).lower()
    if text.startswith("["):
        return _number(text.partition("]")[0][1:], userinfo, tricks)
    host, _, port = text.partition(":")
    host = host.rstrip(".")
    if port and not port.isdigit():
        raise NoHost(text)
    labels = host.split(".")
    if not host or len(host) > _LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        raise NoHost(text)
    if all(_NUMBER.fullmatch(label) for label in labels):
        return _number(host, userinfo, tricks)
    if len(labels) < 2:
        raise NoHost(text)
    return _named(labels, userinfo, tricks)


def _named(labels: list[str], userinfo: str, tricks: list[str]) -> Host:
    shown = [_decoded(label) for label in labels]
    ascii_form = ".".join(_encoded(label) for label in labels)
    everything, registries = _suffixes()
    suffix = everything.publicsuffix(ascii_form) or ascii_form.rpartition(".")[2]
    of_registry = registries.publicsuffix(ascii_form) or suffix
    depth = suffix.count(".") + 1
    name = shown[-depth - 1] if len(shown) > depth else ""
    return Host(
        ascii=ascii_form,
        shown=".".join(shown),
        before=tuple(shown[: -depth - 1]),
        name=name,
        suffix=".".join(shown[-depth:]),
        platform=suffix if suffix != of_registry else "",
        tricks=tuple(tricks),
        userinfo=userinfo.lower(),
    )


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").lower()
    except (UnicodeError, ValueError):
        return label


def _encoded(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _number(text: str, userinfo: str, tricks: list[str]) -> Host:
    try:
        address = str(IPv6Address(text)) if ":" in text else str(_v4(text))
    except ValueError as error:
        raise NoHost(text) from error
    if address != text:
        tricks.append("encoded")
    return Host(address, address, (), address, "", is_number=True, tricks=tuple(tricks), userinfo=userinfo.lower())


def _v4(text: str) -> IPv4Address:
    """Read an address as browsers do: fewer than four parts, hexadecimal and octal ones too."""
    parts = [
        int(part, 16) if part[:2].lower() == "0x" else int(part, 8 if part[:1] == "0" and len(part) > 1 else 10) for part in text.split(".")
    ]
    *heads, last = parts
    if len(parts) > _MOST_PARTS or any(head > 255 for head in heads):
        raise ValueError(text)
    number = last + sum(head << 8 * (3 - place) for place, head in enumerate(heads))
    return IPv4Address(number)
