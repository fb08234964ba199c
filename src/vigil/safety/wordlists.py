"""The BIP-39 lists, folded for look-up, and the checksum of a phrase."""

import hashlib
from functools import cache
from typing import NamedTuple

from mnemonic import Mnemonic

from vigil.safety.folding import fold_word

_SIZE = 2048
_PREFIX = 4
LENGTHS = (12, 15, 18, 21, 24)
# Wallets of these lists let people note four letters a word; the first four letters are unique in each.
_SHORTENED = {"english", "spanish", "french", "italian", "portuguese", "czech", "russian"}


class Home(NamedTuple):
    """Where a word belongs: the number of the list, its place there, and whether it is but four letters of that word."""

    name: int
    place: int
    cut: bool


class Lists(NamedTuple):
    """Words to their places; a place is the number of the list times 2048 plus the word's index there."""

    whole: dict[str, tuple[int, ...]]
    homes: dict[str, tuple[Home, ...]]  # of whole words and of words cut to four letters, at most one in each list


@cache
def lists() -> Lists:
    """Load and fold the lists that the mnemonic package ships: some 60 ms once, then free."""
    whole: dict[str, tuple[int, ...]] = {}
    cut: list[tuple[str, int]] = []
    for number, name in enumerate(sorted(Mnemonic.list_languages())):
        for index, word in enumerate(Mnemonic(name).wordlist):
            folded, place = fold_word(word), number * _SIZE + index
            whole[folded] = (*whole.get(folded, ()), place)
            if name in _SHORTENED and len(folded) > _PREFIX:
                cut.append((folded[:_PREFIX], place))
    homes = {word: tuple(Home(list_of(place), place, cut=False) for place in places) for word, places in whole.items()}
    for short, place in cut:
        others = homes.get(short, ())
        if all(home.name != list_of(place) for home in others):
            homes[short] = (*others, Home(list_of(place), place, cut=True))
    return Lists(whole, homes)


def list_of(place: int) -> int:
    """Name the list a place belongs to."""
    return place // _SIZE


def checksum_holds(places: list[int]) -> bool:
    """Verify the BIP-39 checksum of words given by their places in one list."""
    if len(places) not in LENGTHS:
        return False
    number = 0
    for place in places:
        number = number << 11 | place % _SIZE
    check_bits = len(places) // 3
    entropy = (number >> check_bits).to_bytes(check_bits * 4, "big")
    return hashlib.sha256(entropy).digest()[0] >> (8 - check_bits) == number & (1 << check_bits) - 1


def any_window_holds(places: list[int]) -> bool:
    """Find out whether any stretch of a legal length has a right checksum."""
    return any(checksum_holds(places[at : at + size]) for size in LENGTHS for at in range(len(places) - size + 1))
