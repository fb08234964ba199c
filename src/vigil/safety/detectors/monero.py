"""Monero recovery phrases: no list is needed, because the last word repeats the one that a CRC of the others points at."""

import unicodedata
import zlib
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from vigil.safety.detectors.ordinary import ORDINARY
from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised

NAME, VERSION = "monero", 1

_LENGTHS = (25, 13)
_PREFIXES = (3, 4)  # letters of each word that its list is told apart by
_SCRIPTS = ("\u0530", "\u3041", "\u3100")  # Latin and Cyrillic come before the first, kana between the others
_SHORTEST_WORD = 3
_DISTINCT = 0.7


def find(seen: Normalised) -> Iterator[Span]:
    """Find phrases of 25 and 13 words whose checksum word is right."""
    words = seen.words
    if len(words) < min(_LENGTHS):
        return
    until = 0
    page: _Page | None = None
    for size in _LENGTHS:
        for last in _repeats(words, size):
            first = last - size + 1
            if first < until:
                continue
            page = page or _Page(seen)
            if page.holds(first, last + 1):
                yield Span(seen.word_spans[first][0], seen.word_spans[last][1], "mnemonic", "strong")
                until = last + 1


def _repeats(words: list[str], size: int) -> Iterator[int]:
    latest: dict[str, int] = {}
    short = -1  # the last word too short to be of any list
    for index, word in enumerate(words):
        if len(word) < _SHORTEST_WORD or not (word < _SCRIPTS[0] or _SCRIPTS[1] <= word < _SCRIPTS[2]):
            short = index
        elif index - short >= size and index - latest.get(word, -size) < size:
            yield index
        latest[word] = index


class _Page:
    """The words as they are written, and what is true of each: asked for a thousand stretches, worked out once."""

    def __init__(self, seen: Normalised) -> None:
        plain, spans = seen.plain, seen.word_spans
        self._seen = seen
        self._spaced = bytes(plain[left[1] : right[0]].isspace() for left, right in pairwise(spans))
        self._ordinary = bytes(map(ORDINARY.__contains__, seen.words))

    def holds(self, first: int, end: int) -> bool:
        """Say whether the words from `first` up to but not including `end` are a phrase."""
        # From the cheapest to the dearest: a hostile text asks for as many stretches as it has words.
        if 0 in self._spaced[first : end - 1] or 1 in self._ordinary[first:end]:
            return False
        words = self._seen.words[first:end]
        if len(set(words)) < len(words) * _DISTINCT:
            return False
        seen, start, stop = self._seen, self._seen.word_spans[first][0], self._seen.word_spans[end - 1][1]
        if not _stands_apart(seen.plain, start, stop):
            return False
        return any(self._checks(begun, first, end) for begun in self._beginnings) and _is_plain_case(seen, start, stop)

    def _checks(self, begun: list[bytes], first: int, end: int) -> bool:
        pointed = first + zlib.crc32(b"".join(begun[first : end - 1])) % (end - 1 - first)
        written = self._written
        return written[pointed] == written[end - 1] and len(set(begun[first:end])) == len(set(written[first:end]))

    @cached_property
    def _beginnings(self) -> tuple[list[bytes], ...]:
        begun = ([word[:size].encode() for word in self._written] for size in _PREFIXES)
        return tuple(each for number, each in enumerate(begun) if not number or any(len(word) > _PREFIXES[0] for word in self._written))

    @cached_property
    def _written(self) -> list[str]:
        seen = self._seen
        return seen.words if seen.text.isascii() else [_as_written(seen, *span) for span in seen.word_spans]


def _stands_apart(plain: str, start: int, end: int) -> bool:
    # A phrase begins or ends where something begins or ends; thirteen words from the middle of a sentence do not.
    before, after = plain[max(0, start - 4) : start].rstrip(" "), plain[end : end + 1]
    return not before or not before[-1].isalnum() or not after or after in "\r\n"


def _is_plain_case(seen: Normalised, start: int, end: int) -> bool:
    # Names and sentences begin with capitals; a phrase is written in one case throughout.
    text = seen.plain[start:end]
    return text in {seen.lower[start:end], text.upper()}


def _as_written(seen: Normalised, start: int, end: int) -> str:
    start, end = seen.original(start, end)
    return unicodedata.normalize("NFC", seen.text[start:end]).lower()
