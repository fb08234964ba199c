"""Payment card numbers: Luhn, a range that is issued, and groups as cards print them; nothing of one is kept.

Order numbers, user numbers and telephone numbers have as many digits, so the nearest word before it may clear a number.
"""

import re
import string
from collections.abc import Iterator
from functools import lru_cache

from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised
from vigil.safety.vocabulary import CARD, NUMBERED, last_end

NAME, VERSION = "card", 1

_CHAIN = re.compile(r"(?<![0-9])[0-9]{4,19}(?:[ .\-][0-9]+)*")
_GROUP = re.compile("[0-9]+")
_FIRST_GROUP = 4
_GROUPS = {
    (4, 4, 4, 4),
    (4, 4, 4, 4, 3),
    (4, 4, 4, 4, 2),
    (4, 4, 4, 4, 1),
    (4, 6, 5),
    (4, 6, 4),
    (6, 13),
    (6, 10),
    (8, 8),
    (4, 4, 4, 1),
    (4, 4, 5),
}
_GROUPS |= {(size,) for size in range(13, 20)}
_MOST_GROUPS, _SHORTEST, _LONGEST = 5, 13, 19
_BEFORE = 40
_GLUES_BEFORE = frozenset("0123456789_+@#/$€£¥₩₽%.&-" + string.ascii_letters)
_GLUED_AFTER = re.compile(r"[0-9A-Za-z_@%/]|[.,-]\d")
# First digits (as a range of six) with the lengths that are issued under them.
_ISSUED = (
    (400000, 499999, {13, 16, 19}),
    (510000, 559999, {16}),
    (222100, 272099, {16}),
    (340000, 349999, {15}),
    (370000, 379999, {15}),
    (300000, 305999, {14, 16}),
    (360000, 369999, {14, 16, 19}),
    (380000, 399999, {14, 16, 19}),
    (352800, 358999, {16, 17, 18, 19}),
    (601100, 601199, {16, 19}),
    (644000, 659999, {16, 19}),
    (620000, 629999, {16, 17, 18, 19}),
    (810000, 829999, {16}),
    (220000, 220599, {16, 17, 18, 19}),
    (979200, 979299, {16}),
)
_MAESTRO = ((500000, 509999), (560000, 699999))
_USUAL = 16
_VALUES = bytes.maketrans(b"0123456789", bytes(range(10)))
_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))


def find(seen: Normalised) -> Iterator[Span]:
    """Find card numbers of 13 to 19 digits, in one piece or in groups."""
    plain = seen.plain
    for chain in _CHAIN.finditer(plain):
        if chain.end() - chain.start() < _SHORTEST:
            continue
        groups = [group.span() for group in _GROUP.finditer(plain, chain.start(), chain.end())]
        sizes = tuple(end - start for start, end in groups)
        skip_until = 0
        for index, (start, _) in enumerate(groups):
            if start < skip_until or sizes[index] < _FIRST_GROUP or plain[start - 1 : start] in _GLUES_BEFORE:
                continue
            end = _card_at(seen, groups, index, _counts_of(sizes[index : index + _MOST_GROUPS]))
            if end is not None:
                yield Span(start, end, "card")
                skip_until = end


@lru_cache(maxsize=4096)
def _counts_of(sizes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(count for count in range(len(sizes), 0, -1) if sizes[:count] in _GROUPS)


def _card_at(seen: Normalised, groups: list[tuple[int, int]], index: int, counts: tuple[int, ...]) -> int | None:
    plain, start = seen.plain, groups[index][0]
    for count in counts:
        end = groups[index + count - 1][1]
        digits = plain[start:end]
        if count > 1:
            between = plain[groups[index][1]]
            digits = digits.replace(between, "")
            if not digits.isdigit():
                continue  # The groups are not all set apart by the same.
        if _is_luhn(digits) and not _GLUED_AFTER.match(plain, end):
            return end if _is_likely(seen, start, digits, grouped=count > 1) else None
    return None


def _is_luhn(digits: str) -> bool:
    raw = digits.encode()
    return (sum(raw[::-2].translate(_VALUES)) + sum(raw[-2::-2].translate(_DOUBLED))) % 10 == 0


def _is_likely(seen: Normalised, start: int, digits: str, *, grouped: bool) -> bool:
    size, issued = len(digits), _is_issued(int(digits[:6]), len(digits))
    if issued is None:
        return False
    reach = max(0, start - _BEFORE)
    reach = max(reach, seen.lower.rfind("\n", reach, start) + 1)
    card, number = (last_end(seen.places(words), reach, start) for words in (CARD, NUMBERED))
    if card >= 0 or number >= 0:
        return card >= number
    # Unlabelled: bare numbers of odd lengths are order numbers more often than cards.
    return issued and (grouped or size in {15, _USUAL} or digits.startswith("62"))


def _is_issued(head: int, size: int) -> bool | None:
    """Say whether cards of that length begin so; None when no card of any length does."""
    if any(low <= head <= high and size in sizes for low, high, sizes in _ISSUED):
        return True
    return False if any(low <= head <= high for low, high in _MAESTRO) else None
