"""A copy of a text as recognisers read it: without typography, without what cannot be seen, and with the way back."""

import re
import unicodedata
from functools import cached_property

_ACCENTS = range(0x0300, 0x0370)
_INVISIBLE = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
_LETTERS = {"ı": "i", "đ": "d", "Đ": "D"}
_LONGEST = 4
_REMEMBERED = 30_000
# What safety leaves where a secret was. Nothing of it is a fact, and it keeps its neighbours apart.
_MARK = re.compile("⟦[^⟦⟧]{0,40}⟧")
_BLANK = "\u2588"


class Folding(dict[int, str]):
    """A table for str.translate that fills itself, up to a bound, with the characters that occur."""

    def __missing__(self, point: int) -> str:
        """Fold one code point to zero to four characters."""
        folded = self[point] = _fold(chr(point))
        if len(self) > _REMEMBERED:
            self.clear()
        return folded


def _fold(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    category = unicodedata.category(char)
    if category == "Cf" or ord(char) in _INVISIBLE or ord(char) in _ACCENTS:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in {"Pd", "Zs"} or char == "\u2212":
        return " " if category == "Zs" else "-"
    unfolded = unicodedata.normalize("NFKD", char)
    if len(unfolded) > _LONGEST:
        return char
    return "".join(part for part in unfolded if ord(part) not in _ACCENTS)


_FOLDING = Folding()


def fold(words: str) -> str:
    """Fold words of our own tables exactly as the texts they are looked for in, in lower case."""
    return words.translate(_FOLDING).lower()


class Plain:
    """The copy that is read. Places in it are places of `words`; `place` leads back to the text that was given."""

    def __init__(self, text: str) -> None:
        """Fold `text`, in time linear in its length."""
        self._source = _MARK.sub(lambda mark: _BLANK * len(mark[0]), text) if "⟦" in text else text
        self._is_same = self._source.isascii()
        self.words = self._source if self._is_same else self._source.translate(_FOLDING)

    @cached_property
    def lower(self) -> str:
        """The copy in lower case, place for place."""
        lower = self.words.lower()
        return lower if len(lower) == len(self.words) else "".join(c.lower() if len(c.lower()) == 1 else c for c in self.words)

    @cached_property
    def _starts(self) -> list[int]:
        starts: list[int] = []
        for index, char in enumerate(self._source):
            starts.extend([index] * len(_FOLDING[ord(char)]))
        return starts

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Find where a piece of the copy stands in the text that was given."""
        if self._is_same:
            return start, end
        return self._starts[start], self._starts[end - 1] + 1
