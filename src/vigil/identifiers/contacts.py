"""Where somebody can be reached: mail addresses and telephone numbers."""

import re
from collections.abc import Iterator

from vigil.identifiers.facts import Fact
from vigil.identifiers.plain import Plain

_BEFORE_AT = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z._%+-]{0,62}[0-9A-Za-z_])?\Z")
_AFTER_AT = re.compile(r"@((?:[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?\.){1,8}[A-Za-z]{2,24})(?![0-9A-Za-z@])")
_LONGEST_NAME = 64


def find_emails(plain: Plain) -> Iterator[Fact]:
    """Find mail addresses as they are written in chats: an ordinary name, and a domain with a dot."""
    at = plain.words.find("@")
    while at >= 0:
        before = _BEFORE_AT.search(plain.words, max(0, at - _LONGEST_NAME), at)
        after = _AFTER_AT.match(plain.words, at)
        if before and after:
            yield Fact("email", f"{before[0]}@{after[1].lower()}", before.start(), after.end())
        at = plain.words.find("@", at + 1)


_INTERNATIONAL = re.compile(r"(?<![0-9A-Za-z+])(?:\+|00)(?=[1-9])((?:[ .()-]{0,2}\d){8,15})(?![0-9A-Za-z])")
_LOCAL = re.compile(r"(?<![0-9A-Za-z+_.@-])\(?\d(?:[ .()-]{0,2}\d){6,14}(?![0-9A-Za-z_@])")
_LONGEST_E164 = 15


def find_phones(plain: Plain) -> Iterator[Fact]:
    """Find telephone numbers: with + and a country's code, or beside a label. The value has digits only, after the +."""
    for phone in _INTERNATIONAL.finditer(plain.words) if "+" in plain.words or "00" in plain.words else ():
        is_plus = plain.words[phone.start()] == "+"
        if is_plus or plain.labels.naming(phone.start(), phone.end()) == "phone":
            # "+44 (0)20": the bracketed zero is dialled at home only.
            yield Fact("phone", "+" + _digits(phone[1].replace("(0)", "", 1)), phone.start(), phone.end())
    if plain.labels.has("phone"):
        for phone in _LOCAL.finditer(plain.words):
            if plain.labels.naming(phone.start(), phone.end()) == "phone" and len(_digits(phone[0])) <= _LONGEST_E164:
                yield Fact("phone", _digits(phone[0]), phone.start(), phone.end())


def _digits(written: str) -> str:
    return "".join(char for char in written if char.isdigit())
