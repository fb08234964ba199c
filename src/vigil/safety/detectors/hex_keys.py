"""Private keys as hex digits. Transaction hashes look exactly the same, so the words around decide, or whoever wrote it.

The nearest telling word before the value counts, then the nearest after it. Without one, 64 digits are asked about; 128, which
are also what a digest or a signature looks like, stay.
"""

import re
from collections.abc import Iterator
from enum import Enum

from vigil.safety.findings import Question, Span
from vigil.safety.normalise import Normalised, Token
from vigil.safety.vocabulary import PRIVATE_KEY, TRANSACTION, first_start, last_end

NAME, VERSION = "hex-key", 2
HASH_OR_KEY = "transaction_hash_or_private_key"

_SIZE, _PAIR_SIZE, _BEFORE, _NEAR, _AFTER = 64, 128, 80, 40, 20
_HEX = frozenset("0123456789abcdefABCDEF")
# No wallet ever makes such a key, and every block of Bitcoin has such a hash.
_WORKED_FOR = "00000000"
_FEWEST_DIGITS = 7
_ENDED = re.compile(r"[.!?]\s|[。!?]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"']*\Z")
_LONGEST_ADDRESS = 300


class _Called(Enum):
    KEY, PUBLIC, NOTHING = range(3)


def find(seen: Normalised) -> Iterator[Span | Question]:
    """Find 64 or 128 hex digits that the words around call a private key, and ask about 64 that they call nothing."""
    for token in seen.codes:
        digits = token.text[2:] if token.text[:2] in {"0x", "0X"} else token.text
        if len(digits) not in {_SIZE, _PAIR_SIZE} or not _HEX.issuperset(digits):
            continue
        called = _called(seen, token)
        if called is _Called.KEY:
            yield Span(token.start, token.end, "private_key", "medium")
        elif called is _Called.NOTHING and len(digits) == _SIZE and _is_chance(digits) and not _is_linked(seen, token):
            yield Question(token.start, token.end, HASH_OR_KEY)


def _called(seen: Normalised, token: Token) -> _Called:
    reach = max(0, token.start - _BEFORE)
    keys, others = seen.places(PRIVATE_KEY), seen.places(TRANSACTION)
    key, other = (last_end(places, reach, token.start) for places in (keys, others))
    if other >= 0 and (token.start - other > _NEAR or _ENDED.search(seen.plain, other, token.start)):
        other = -1  # It belongs to something else.
    if key >= 0 or other >= 0:
        return _Called.KEY if key > other else _Called.PUBLIC
    until = token.end + _AFTER
    key, other = (first_start(places, token.end, until) for places in (keys, others))
    if key < 0 and other < 0:
        return _Called.NOTHING
    return _Called.KEY if key >= 0 and (other < 0 or key < other) else _Called.PUBLIC


def _is_chance(digits: str) -> bool:
    return not digits.startswith(_WORKED_FOR) and len(set(digits.lower())) >= _FEWEST_DIGITS


def _is_linked(seen: Normalised, token: Token) -> bool:
    return _ADDRESS.search(seen.lower, max(0, token.start - _LONGEST_ADDRESS), token.start) is not None
