"""A copy of a text as recognisers read it: without typography, without what cannot be seen, and with the way back."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from itertools import chain, repeat

from vigil.identifiers.folding import FOLDING
from vigil.identifiers.labels import Labels

# What safety leaves where a secret was. Nothing of it is a fact, and it keeps its neighbours apart.
_MARK = re.compile("⟦[^⟦⟧]{0,40}⟧")
_BEYOND = re.compile(r"[^\x00-\x7f\W\d_]")
_BLANK = "\u2588"


class Plain:
    """The copy that is read. Places in it are places of `words`; `place` leads back to the text that was given."""

    def __init__(self, text: str) -> None:
        """Fold `text`, in time linear in its length."""
        self._source = _MARK.sub(lambda mark: _BLANK * len(mark[0]), text) if "⟦" in text else text
        self._is_same = self._source.isascii()
        self.words = self._source if self._is_same else self._source.translate(FOLDING)

    @cached_property
    def lower(self) -> str:
        """The copy in lower case, place for place."""
        lower = self.words.lower()
        return lower if len(lower) == len(self.words) else "".join(c.lower() if len(c.lower()) == 1 else c for c in self.words)

    @property
    def has_letters_beyond_ascii(self) -> bool:
        """Say whether the text holds letters, plain or accented, that English does not have."""
        return not self._is_same and _BEYOND.search(self._source) is not None

    @cached_property
    def labels(self) -> Labels:
        """The words that say what stands beside them."""
        return Labels(self.lower)

    @cached_property
    def _starts(self) -> Sequence[int]:
        lengths = {char: len(FOLDING[ord(char)]) for char in set(self._source)}
        places = range(len(self._source))
        if set(lengths.values()) <= {1}:
            return places
        return list(chain.from_iterable(map(repeat, places, map(lengths.__getitem__, self._source))))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Find where a piece of the copy stands in the text that was given."""
        if self._is_same:
            return start, end
        return self._starts[start], self._starts[end - 1] + 1

    def written(self, start: int, end: int) -> str:
        """Give a piece as it was written, accents and all, with nothing but its compatibility forms resolved."""
        first, last = self.place(start, end)
        return unicodedata.normalize("NFKC", self._source[first:last])
