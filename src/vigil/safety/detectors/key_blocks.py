"""Whole private keys as files hold them: PEM, OpenSSH, PGP and PuTTY; and the keystores of wallets, which are JSON."""

import re
from collections.abc import Iterator

from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised

NAME, VERSION = "key-block", 2

# What stands in the keystores of Ethereum and its relatives, and in those of Polkadot.
_STORED = ("ciphertext", "pkcs8")
_STORED_WITH = ("kdf", "cipherparams", "encoding")
_BRACE = re.compile("[{}]")
_BEGIN = re.compile(r"-{2,8} ?begin [a-z0-9 ]{0,40}private key(?: block)? ?-{2,8}|putty-user-key-file-\d")
_END = re.compile(r"-{2,8} ?end [a-z0-9 ]{0,40}private key(?: block)? ?-{2,8}|private-mac: ?[0-9a-f]*")


def find(seen: Normalised) -> Iterator[Span]:
    """Find private key blocks and keystores; one without an end is hidden to the end of the text."""
    if "private" in seen.lower:
        yield from _blocks(seen)
    if any(sign in seen.lower for sign in _STORED):
        yield from _keystores(seen.lower)


def _blocks(seen: Normalised) -> Iterator[Span]:
    at = 0
    while begin := _BEGIN.search(seen.lower, at):
        end = _END.search(seen.lower, begin.end())
        at = end.end() if end else len(seen.lower)
        yield Span(begin.start(), at, "key_file")


def _keystores(lower: str) -> Iterator[Span]:
    depth = start = 0
    for brace in _BRACE.finditer(lower):
        if brace[0] == "{":
            start = start if depth else brace.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth and _is_keystore(lower, start, brace.end()):
                yield Span(start, brace.end(), "key_file")
    if depth and _is_keystore(lower, start, len(lower)):
        yield Span(start, len(lower), "key_file")


def _is_keystore(lower: str, start: int, end: int) -> bool:
    return any(lower.find(sign, start, end) >= 0 for sign in _STORED) and any(lower.find(sign, start, end) >= 0 for sign in _STORED_WITH)
