"""Stellar secret seeds: base32 with a version and a CRC-16."""

from collections.abc import Iterator

from vigil.identifiers.codes.base32 import decode_strkey
from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised

NAME, VERSION = "stellar", 1

_SIZE, _SEED_VERSION = 56, 18 << 3


def find(seen: Normalised) -> Iterator[Span]:
    """Find secret seeds; the public account numbers of the same shape begin with G and stay."""
    for token in seen.codes:
        if len(token.text) == _SIZE and token.text[0] in "Ss":
            payload = decode_strkey(token.text.upper())
            if payload is not None and payload[0] == _SEED_VERSION:
                yield Span(token.start, token.end, "private_key")
