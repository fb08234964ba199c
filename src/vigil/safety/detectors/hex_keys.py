"""Private keys as 64 hex digits. Transaction hashes look exactly the same, so the words around decide.

The nearest telling word before the value counts, then the nearest after it; without one the value stays.
"""

from collections.abc import Iterator

from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised, Token
from vigil.safety.vocabulary import PRIVATE_KEY, TRANSACTION, first_start, last_end

NAME, VERSION = "hex-key", 1

_SIZE, _BEFORE, _AFTER = 64, 80, 40
_HEX = frozenset("0123456789abcdefABCDEF")


def find(seen: Normalised) -> Iterator[Span]:
    """Find 64 hex digits that the words around call a private key."""
    for token in seen.codes:
        digits = token.text[2:] if token.text[:2] in {"0x", "0X"} else token.text
        if len(digits) == _SIZE and _HEX.issuperset(digits) and _is_called_key(seen, token):
            yield Span(token.start, token.end, "private_key", "medium")


def _is_called_key(seen: Normalised, token: Token) -> bool:
    reach = max(0, token.start - _BEFORE)
    keys, others = seen.places(PRIVATE_KEY), seen.places(TRANSACTION)
    key, other = (last_end(places, reach, token.start) for places in (keys, others))
    if key >= 0 or other >= 0:
        return key > other
    until = token.end + _AFTER
    key, other = (first_start(places, token.end, until) for places in (keys, others))
    return key >= 0 and (other < 0 or key < other)
