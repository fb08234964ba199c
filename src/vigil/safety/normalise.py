"""A copy of the text in which a secret cannot hide behind typography, and the way back to the original."""

import re
from functools import cached_property
from typing import NamedTuple

from vigil.identifiers.folding import FOLDING
from vigil.safety.marks import blank
from vigil.safety.vocabulary import places_of

# One token is letters of one script: a word glued to the sentence before it in another script is still a word.
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff9e\uff9f"
WORD = re.compile(f"[a-z\u00c0-\u02af\u0370-\u058f]+|[\u1100-\u11ff]+|[{_KANA}]+|[{_HAN}]+")
_ALNUM = re.compile(r"[0-9A-Za-z]{4,}")
_LONG_ALNUM = re.compile(r"[0-9A-Za-z]{20}")


class Token(NamedTuple):
    """A piece of the normalised copy and where it stands there."""

    text: str
    start: int
    end: int


class Normalised:
    """The copy that detectors read. Positions in it are positions of `plain`; `original` leads back."""

    def __init__(self, text: str) -> None:
        """Fold `text`, in time linear in its length."""
        self.text = text
        self._source = blank(text)
        self.gaps: dict[str, str] = {}  # what the detectors made of the space between words; gone with this copy
        self.labels: frozenset[str] | None = None  # which words number the lines of a list, once somebody has looked
        self._places: dict[str, list[tuple[int, int]]] = {}
        self.plain = self._source if self._source.isascii() else self._source.translate(FOLDING)

    @cached_property
    def lower(self) -> str:
        """The copy in lower case, position for position."""
        lower = self.plain.lower()
        return lower if len(lower) == len(self.plain) else "".join(c if len(c.lower()) != 1 else c.lower() for c in self.plain)

    @cached_property
    def words(self) -> list[str]:
        """The runs of letters in lower case, in order."""
        return WORD.findall(self.lower)

    @cached_property
    def word_spans(self) -> list[tuple[int, int]]:
        """Where those words stand: dearer, so ask only when the bare words gave reason to."""
        return [match.span() for match in WORD.finditer(self.lower)]

    @cached_property
    def codes(self) -> list[Token]:
        """The runs of four and more ASCII letters and digits: empty when none is long enough to begin a key."""
        if not _LONG_ALNUM.search(self.plain):
            return []
        return [Token(m[0], m.start(), m.end()) for m in _ALNUM.finditer(self.plain)]

    def places(self, words: tuple[str, ...]) -> list[tuple[int, int]]:
        """Find where these words of the vocabulary stand, once however often it is asked."""
        known = self._places.get(words[0])
        if known is None:
            known = self._places[words[0]] = places_of(words, self.lower)
        return known

    @cached_property
    def _starts(self) -> list[int]:
        starts: list[int] = []
        for index, char in enumerate(self._source):
            starts.extend([index] * len(FOLDING[ord(char)]))
        return starts

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Find the place in the original text, together with the invisible characters that hang on its end."""
        if self.plain is self._source or start >= end:
            return start, end
        first, last = self._starts[start], self._starts[end - 1] + 1
        while last < len(self._source) and not FOLDING[ord(self._source[last])]:
            last += 1
        return first, last
