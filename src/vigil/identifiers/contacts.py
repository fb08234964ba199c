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
