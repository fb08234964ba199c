"""What may stand in a letter's head, and how long to wait. Pure."""

import re
from collections.abc import Mapping
from datetime import timedelta

from vigil.kernel.post.errors import BadAddress, NotPlainArgs, NotSendable

Arg = int | str

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_LONGEST_LOCAL, _LONGEST_ADDRESS, _LONGEST_LINE = 64, 254, 200
_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]{0,47}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Whatever any program on the way might take for the end of a line, or for nothing at all.
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
_DOUBLINGS = 8


def check_address(text: str) -> str:
    """Give the address in its canonical spelling: one plain local part, the domain in lower-case ASCII. Raises BadAddress."""
    local, _at, domain = text.partition("@")
    try:
        plain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise BadAddress from None
    address = f"{local}@{plain}"
    if len(local) > _LONGEST_LOCAL or len(address) > _LONGEST_ADDRESS or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(plain):
        raise BadAddress
    return address


def check_args(args: Mapping[str, Arg], language: str) -> None:
    """Refuse whatever could be words or a secret. Raises NotPlainArgs."""
    if not _LANGUAGE.fullmatch(language):
        raise NotPlainArgs("language")
    for key, value in args.items():
        is_plain = isinstance(value, int) or (isinstance(value, str) and _SLUG.fullmatch(value))
        if not is_plain or not _KEY.fullmatch(key):
            raise NotPlainArgs(key if _KEY.fullmatch(key) else "args")


def check_line(text: str, what: str) -> None:
    """Refuse a text that could end its header line and begin another. Raises NotSendable(what).

    "=?" is refused as well: Python decodes encoded words in what it is given, and with them a line break inside.
    """
    if _BREAKS.search(text) or "=?" in text or len(text) > _LONGEST_LINE:
        raise NotSendable(what)


def wait_after(attempts: int) -> timedelta:
    """Find how long to wait after so many attempts: 1 minute, doubled each time, at most 4 hours."""
    doublings = min(max(attempts - 1, 0), _DOUBLINGS)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)
