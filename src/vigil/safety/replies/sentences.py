"""A text in its sentences, and a sentence in its clauses, in scripts with spaces and without."""

import re
from collections.abc import Iterator
from itertools import pairwise

_SENTENCE_END = re.compile(r"\.+[)\]\"'”’»]*(?=\s|\Z)|[!?\u2026]+[)\]\"'”’»]*(?=\s|\Z|[^\x00-\x7f])|[;。！？｡]+[」』”）]*|\s*\n+\s*")
_LONGEST, _OVERLAP = 1200, 200
_CLAUSE_END = re.compile(r"[,;:，、；：—–()（）]|\s-\s")
# A full stop behind these ends nothing.
_SHORTENED = re.compile(r"(?:^|\s)(?:e\.g|i\.e|etc|no|nr|mr|mrs|dr|vs|т\.е|т\.д|т\.п|и\.о|p\.ej|sr|sra|dra?|vd|vs|mis)\.\Z", re.IGNORECASE)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Give where each sentence begins and ends, without the spaces around it."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if end[0].startswith(".") and _SHORTENED.search(text, max(start, end.start() - 8), end.end()):
            continue
        yield from _trimmed(text, start, end.end())
        start = end.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    # A sentence without end was made to be slow: it is read in pieces that overlap.
    while end - start > _LONGEST:
        yield start, start + _LONGEST
        start += _LONGEST - _OVERLAP
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def clauses(text: str, start: int, end: int, breaks: re.Pattern[str]) -> list[tuple[int, int]]:
    """List the clauses of a sentence: cut at its signs, and before the words that begin a new one ("but", "and then")."""
    cuts = {place.end() for place in _CLAUSE_END.finditer(text, start, end)}
    cuts |= {place.start() for place in breaks.finditer(text, start, end) if place.start() > start}
    edges = [start, *sorted(cut for cut in cuts if start < cut < end), end]
    return list(pairwise(edges))
