"""The lists of words, folded for look-up, and the checksum of a phrase of BIP-39."""

import hashlib
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from mnemonic import Mnemonic

from vigil.identifiers.folding import fold

_SIZE = 2048
_PREFIX = 4
_BITS = 11
BEGINNING = 3
LENGTHS = (12, 15, 18, 21, 24)
# Lists of other standards, numbered behind those twelve: their phrases have other lengths, and other checksums or none.
FIRST_OTHER = 12
OTHERS = ("electrum", "monero", "slip39")
LOOSE = FIRST_OTHER  # Electrum's first list is of the commonest words there are
_VENDOR = Path(__file__).parent / "vendor"
_MASKS = {size: (1 << _BITS * size) - 1 for size in LENGTHS}
# Wallets of these lists let people note four letters a word; the first four letters are unique in each.
_SHORTENED = {"english", "spanish", "french", "italian", "portuguese", "czech", "russian"}


class Home(NamedTuple):
    """Where in a list a word stands, and whether it is but four letters of the word there."""

    place: int
    cut: bool


class Lists(NamedTuple):
    """Words to their places; a place is the number of the list times 2048 plus the word's index there."""

    whole: dict[str, tuple[int, ...]]
    names: dict[str, tuple[int, ...]]  # whole words, and words cut to four letters, to the numbers of the lists that hold them
    homes: dict[int, dict[str, Home]]  # the same words, list by list
    begun: dict[str, tuple[str, ...]]  # whole words by their first three letters


@cache
def lists() -> Lists:
    """Load and fold the lists that the mnemonic package ships: some 60 ms once, then free."""
    whole: dict[str, tuple[int, ...]] = {}
    cut: list[tuple[str, int, bool]] = []
    for number, name in enumerate(sorted(Mnemonic.list_languages())):
        for index, word in enumerate(Mnemonic(name).wordlist):
            folded, place = fold(word), number * _SIZE + index
            whole[folded] = (*whole.get(folded, ()), place)
            if name in _SHORTENED and len(folded) > _PREFIX:
                cut.append((folded[:_PREFIX], place, True))
    homes: dict[int, dict[str, Home]] = {}
    for word, place, is_cut in (*((word, place, False) for word, places in whole.items() for place in places), *cut):
        homes.setdefault(list_of(place), {}).setdefault(word, Home(place, is_cut))
    for number, name in enumerate(OTHERS, FIRST_OTHER):
        listed = (_VENDOR / f"{name}.txt").read_text(encoding="utf-8").split()
        homes[number] = {word: Home(number * _SIZE + index, cut=False) for index, word in enumerate(listed)}
    names: dict[str, tuple[int, ...]] = {}
    for number, words in homes.items():
        for word in words:
            names[word] = (*names.get(word, ()), number)
    begun: dict[str, tuple[str, ...]] = {}
    for word in whole:
        if len(word) >= BEGINNING:
            begun[word[:BEGINNING]] = (*begun.get(word[:BEGINNING], ()), word)
    return Lists(whole, names, homes, begun)


def list_of(place: int) -> int:
    """Name the list a place belongs to."""
    return place // _SIZE


def checksum_holds(places: Sequence[int]) -> bool:
    """Verify the BIP-39 checksum of words given by their places in one list."""
    if len(places) not in LENGTHS or places[0] >= FIRST_OTHER * _SIZE:
        return False
    return _proves(_packed(places), len(places))


def _packed(places: Sequence[int]) -> int:
    number = 0
    for place in places:
        number = number << _BITS | place % _SIZE
    return number


def _proves(number: int, size: int) -> bool:
    check_bits = size // 3
    entropy = (number >> check_bits).to_bytes(check_bits * 4, "big")
    return hashlib.sha256(entropy).digest()[0] >> (8 - check_bits) == number & (1 << check_bits) - 1


def any_window_holds(places: Sequence[int], least: Sequence[bool] = (), share: float = 0.0) -> bool:
    """Find out whether any stretch of a legal length has a right checksum.

    With `least`, one for each place, only stretches count of which at least that `share` is true.
    """
    if not places or places[0] >= FIRST_OTHER * _SIZE:
        return False
    whole, count = _packed(places), len(places)
    sums = [0, *accumulate(least)] if least else []
    for size in LENGTHS:
        tried = set()
        for at in range(count - size + 1):
            if sums and sums[at + size] - sums[at] < share * size:
                continue
            number = whole >> _BITS * (count - at - size) & _MASKS[size]
            # One word again and again makes the same stretch again and again.
            if number not in tried and _proves(number, size):
                return True
            tried.add(number)
    return False
