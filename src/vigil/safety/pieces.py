"""Pieces of a recovery phrase: a few list words and nothing else. One alone is nothing; several in a row are a phrase."""

from collections.abc import Iterable

from vigil.safety.detectors.ordinary import EVERYDAY
from vigil.safety.detectors.runs import labels
from vigil.safety.marks import MARK
from vigil.safety.normalise import Normalised
from vigil.safety.wordlists import FIRST_OTHER, lists

_LONGEST = 240  # letters
_FEWEST, _MOST = 2, 11
_EVERYDAY_SHARE = 3
_ENOUGH = 8


def count_in_piece(text: str) -> int:
    """Count the words of a text that is nothing but words of one list, numbered or not; 0 for every other text."""
    if len(text) > _LONGEST:
        return 0
    seen = Normalised(text)
    if len(seen.words) > 2 * _MOST:
        return 0
    skipped = labels(seen)
    words = [word for word in seen.words if word not in skipped]
    if not _FEWEST <= len(words) <= _MOST or sum(word in EVERYDAY for word in words) * _EVERYDAY_SHARE > len(words):
        return 0
    names = lists().names
    shared = set(names.get(words[0], ())).intersection(*(names.get(word, ()) for word in words[1:]))
    return len(words) if any(name < FIRST_OTHER for name in shared) else 0


def complete(count: int, earlier: Iterable[str]) -> bool:
    """Say whether a piece of so many words makes a phrase with the stored words before it, the latest first."""
    for text in earlier:
        if any(mark[1] == "mnemonic" for mark in MARK.finditer(text)):
            return True
        before = count_in_piece(text)
        if not before:
            return False
        count += before
        if count >= _ENOUGH:
            return True
    return False
