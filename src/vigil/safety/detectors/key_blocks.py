"""Whole private keys as files hold them: PEM, OpenSSH, PGP and PuTTY."""

import re
from collections.abc import Iterator

from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised

NAME, VERSION = "key-block", 1

_BEGIN = re.compile(r"-{2,8} ?begin [a-z0-9 ]{0,40}private key(?: block)? ?-{2,8}|putty-user-key-file-\d")
_END = re.compile(r"-{2,8} ?end [a-z0-9 ]{0,40}private key(?: block)? ?-{2,8}|private-mac: ?[0-9a-f]*")


def find(seen: Normalised) -> Iterator[Span]:
    """Find private key blocks; one without an end is hidden to the end of the text."""
    if "private" not in seen.lower:
        return
    at = 0
    while begin := _BEGIN.search(seen.lower, at):
        end = _END.search(seen.lower, begin.end())
        at = end.end() if end else len(seen.lower)
        yield Span(begin.start(), at, "key_block")
