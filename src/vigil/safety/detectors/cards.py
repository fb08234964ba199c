"""Payment card numbers: Luhn, a range that is issued, and groups as cards print them; nothing of one is kept.

Order numbers, user numbers and telephone numbers have as many digits, so the nearest word before it may clear a number.
"""

import re
from collections.abc import Iterator

from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised
from vigil.safety.vocabulary import CARD, NUMBERED, last_of

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
_GLUED_BEFORE = re.compile(r"[0-9A-Za-z_+@#/$€£¥₩₽%.&-]\Z")
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
_DOUBLED = str.maketrans("0123456789", "0246813579")


def find(seen: Normalised) -> Iterator[Span]:
    """Find card numbers of 13 to 19 digits, in one piece or in groups."""
    for chain in _CHAIN.finditer(seen.plain):
        if chain.end() - chain.start() < _SHORTEST:
            continue
        groups = [group.span() for group in _GROUP.finditer(seen.plain, chain.start(), chain.end())]
        sizes = [end - start for start, end in groups]
        skip_until = 0
        for index, (start, _) in enumerate(groups):
            if start < skip_until or sizes[index] < _FIRST_GROUP:
                continue
            end = _card_at(seen, groups[index : index + _MOST_GROUPS], tuple(sizes[index : index + _MOST_GROUPS]))
            if end is not None:
                yield Span(start, end, "card")
                skip_until = end


def _card_at(seen: Normalised, groups: list[tuple[int, int]], sizes: tuple[int, ...]) -> int | None:
    plain, start = seen.plain, groups[0][0]
    for count in range(len(groups), 0, -1):
        if sizes[:count] not in _GROUPS:
            continue
        taken, end = groups[:count], groups[count - 1][1]
        digits = "".join(plain[a:b] for a, b in taken)
        if _is_luhn(digits) and len({plain[b] for _, b in taken[:-1]}) <= 1 and not _is_glued(plain, start, end):
            return end if _is_likely(seen.lower, start, digits, grouped=count > 1) else None
    return None


def _is_glued(plain: str, start: int, end: int) -> bool:
    return bool(_GLUED_BEFORE.search(plain[max(0, start - 1) : start]) or _GLUED_AFTER.match(plain, end))


def _is_luhn(digits: str) -> bool:
    return (sum(map(int, digits[::-2])) + sum(map(int, digits[-2::-2].translate(_DOUBLED)))) % 10 == 0


def _is_likely(lower: str, start: int, digits: str, *, grouped: bool) -> bool:
    head, size = int(digits[:6]), len(digits)
    issued = any(low <= head <= high and size in sizes for low, high, sizes in _ISSUED)
    if not issued and not any(low <= head <= high for low, high in _MAESTRO):
        return False
    reach = max(lower.rfind("\n", 0, start) + 1, start - _BEFORE)
    card, number = (last_of(words, lower, reach, start) for words in (CARD, NUMBERED))
    if card >= 0 or number >= 0:
        return card >= number
    # Unlabelled: bare numbers of odd lengths are order numbers more often than cards.
    return issued and (grouped or size in {15, _USUAL} or digits.startswith("62"))
