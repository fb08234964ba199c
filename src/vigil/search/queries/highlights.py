"""Where in a conversation stands what was searched for: cut from the words as they are stored now, never from the index."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vigil.kernel.database.plain import ask
from vigil.languages.lexemes import Term, cut
from vigil.safety.queries import plain_words
from vigil.search.reading import read_words

_LATEST = 40
_LENGTH = 120  # characters
_BEFORE = 36
# The newest words first, and no further than anybody would scroll.
_SAID = """
SELECT asked.id, e.seq, e.kind, e.author_kind, e.language, e.text
  FROM json_to_recordset(%(asked)s::json) AS asked(id bigint)
  CROSS JOIN LATERAL (SELECT seq, kind, author_kind, language, text FROM conversations_entry
                       WHERE conversation_id = asked.id AND text IS NOT NULL AND kind <> 'tagged' ORDER BY seq DESC LIMIT %(most)s) AS e
 ORDER BY asked.id, e.seq DESC
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that were found, in parts; the flag of each says that it was searched for. `author` is customer, agent or system."""

    parts: tuple[tuple[str, bool], ...]
    language: str
    seq: int
    kind: str
    author: str


def passages_of(conversation_ids: Iterable[int], terms: Sequence[Term]) -> dict[int, Passage]:
    """Give for each conversation in which one stands, among its 40 latest words, the passage that holds most of the terms."""
    asked = json.dumps([{"id": each} for each in conversation_ids])
    said, sought = defaultdict(list), _Sought(terms)
    for conversation, *line in ask(_SAID, {"asked": asked, "most": _LATEST}) if terms else ():
        said[conversation].append(line)
    return {conversation: passage for conversation, lines in said.items() if (passage := _best(lines, sought))}


def highlight(text: str, language: str, terms: Sequence[Term]) -> tuple[tuple[str, bool], ...]:
    """Cut a line into parts that were searched for and parts that were not."""
    return _parts(text, _hits(text, language, _Sought(terms))[0])


class _Sought:
    """What was searched for; remembers of each word that was looked at what it meets, for people say the same words again and again."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Look for these."""
        self.terms = terms
        self._known: dict[tuple[str, ...], tuple[int, ...]] = {}

    def met_by(self, lexemes: tuple[str, ...]) -> tuple[int, ...]:
        """Tell which of the terms are met."""
        met = self._known.get(lexemes)
        if met is None:
            met = self._known[lexemes] = tuple(place for place, term in enumerate(self.terms) if term.is_met_by(lexemes))
        return met


def _best(lines: Sequence[Sequence[str | int]], sought: _Sought) -> Passage | None:
    best, most = None, 0
    for seq, kind, author, language, text in lines:
        words = " ".join(read_words(plain_words(str(text)), str(author)).split())
        spans, met = _hits(words, str(language), sought)
        if met > most:
            best, most = Passage(_around(words, spans), str(language), int(seq), str(kind), str(author)), met
        if most == len(sought.terms):
            break
    return best


def _hits(text: str, language: str, sought: _Sought) -> tuple[list[tuple[int, int]], int]:
    spans: list[tuple[int, int]] = []
    met: set[int] = set()
    for piece in cut(text, language):
        found = sought.met_by(piece.lexemes)
        if not found:
            continue
        met.update(found)
        start, end = piece.start, min(piece.end, len(text))
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans, len(met)


def _around(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """Show what stands around the place where most hits are near one another."""
    first = max(spans, key=lambda span: sum(span[0] <= other[0] < span[0] + _LENGTH - _BEFORE for other in spans))[0]
    start = 0 if first <= _BEFORE else text.find(" ", first - _BEFORE, first) + 1 or first - _BEFORE // 3
    end = min(len(text), start + _LENGTH)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
    shown = _parts(text[start:end], inside)
    return ((("… ", False),) if start else ()) + shown + (((" …", False),) if end < len(text) else ())


def _parts(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    parts = ((text[a:b], place % 2 == 1) for place, (a, b) in enumerate(pairwise(edges)))
    return tuple(part for part in parts if part[0])
