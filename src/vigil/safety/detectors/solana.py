"""Solana key pairs: 64 bytes whose second half is the public key of the first. A signature has the same shape.

Telling them apart costs a third of a millisecond each, so only so many are derived per text. Beyond that the last byte
decides: in a signature it is at most 16, in a key pair it is mostly more.
"""

import re
from collections.abc import Iterator

from vigil.identifiers.codes.base58 import decode_base58
from vigil.safety.ed25519 import public_half
from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised

NAME, VERSION = "solana", 1

_SIZES, _BYTES, _HALF = range(80, 89), 64, 32
_DERIVED_AT_MOST = 12
_SIGNATURE_TOP = 0x10
_ARRAY = re.compile(r"\[\s{0,8}\d{1,3}(?:\s{0,8},\s{0,8}\d{1,3}){63}\s{0,8}\]")
_LARGEST_BYTE = 255


def find(seen: Normalised) -> Iterator[Span]:
    """Find key pairs in base58 and as the list of numbers that the command-line tools write."""
    for number, (start, end, raw) in enumerate(_candidates(seen)):
        if number < _DERIVED_AT_MOST:
            if public_half(raw[:_HALF]) == raw[_HALF:]:
                yield Span(start, end, "private_key")
        elif raw[-1] > _SIGNATURE_TOP:
            yield Span(start, end, "private_key", "medium")


def _candidates(seen: Normalised) -> Iterator[tuple[int, int, bytes]]:
    for token in seen.codes:
        if len(token.text) in _SIZES:
            raw = decode_base58(token.text)
            if raw is not None and len(raw) == _BYTES:
                yield token.start, token.end, raw
    if "[" not in seen.plain:
        return
    for match in _ARRAY.finditer(seen.plain):
        numbers = [int(number) for number in match[0].strip("[] \t\r\n").split(",")]
        if max(numbers) <= _LARGEST_BYTE:
            yield match.start(), match.end(), bytes(numbers)
