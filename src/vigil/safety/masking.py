"""From what the detectors found to text with marks in it: join what overlaps, replace, and find the way back."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from vigil.safety.findings import Finding, Question, Span
from vigil.safety.marks import mark_of

# What each question is about, should the answer be that it is none that everybody may see.
_SECRETS = {"transaction_hash_or_private_key": "private_key", "recovery_phrase_or_text": "mnemonic"}


@dataclass(frozen=True, slots=True)
class Sighting:
    """A span in the original text, with the detector that saw it."""

    span: Span
    detector: str
    version: int


def joined(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Join what overlaps, in the order of the text; a joined place is named after its surest, then longest part."""
    result: list[Sighting] = []
    for sighting in sorted(sightings, key=lambda s: (s.span.start, -s.span.end)):
        if not result or sighting.span.start >= result[-1].span.end:
            result.append(sighting)
            continue
        last = result[-1]
        named = max(last, sighting, key=_weight)
        end = max(last.span.end, sighting.span.end)
        result[-1] = replace(named, span=replace(named.span, start=last.span.start, end=end))
    return result


def _weight(sighting: Sighting) -> tuple[bool, int]:
    return sighting.span.confidence == "strong", sighting.span.end - sighting.span.start


class Masked:
    """A text with marks in place of what was seen in it; `sightings` are joined and in order."""

    def __init__(self, text: str, sightings: list[Sighting]) -> None:
        """Put the marks in."""
        self.questions: tuple[Question, ...] = ()  # what is left in it and only its writer can judge; places of the original
        self._whole = text
        pieces: list[str] = []
        at = 0
        for sighting in sightings:
            pieces += (text[at : sighting.span.start], mark_of(sighting.span.kind))
            at = sighting.span.end
        pieces.append(text[at:])
        self.text = "".join(pieces)
        self.sightings = sightings
        # Where the pieces begin here: words and marks in turn.
        self._starts = [0, *accumulate(map(len, pieces))][:-1]

    def answered(self) -> "Masked":
        """Take what was asked about for secret."""
        more = [Sighting(Span(each.start, each.end, _SECRETS[each.about], "medium"), "asked", 1) for each in self.questions]
        return Masked(self._whole, joined((*self.sightings, *more)))

    def findings(self) -> tuple[Finding, ...]:
        """Tell what was taken out, and where its marks stand."""
        return tuple(
            Finding(seen.span.kind, seen.detector, seen.version, start, len(mark_of(seen.span.kind)), seen.span.confidence)
            for seen, start in zip(self.sightings, self._starts[1::2], strict=True)
        )

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Find a place of the masked text in the original; one that touches a mark has all that the mark stands for."""
        first, last = self._piece(start), self._piece(end - 1)
        return self._begin(first, start), self._end(last, end)

    def _piece(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _begin(self, piece: int, at: int) -> int:
        span = self.sightings[piece // 2].span if piece % 2 else None
        return span.start if span else self._after(piece) + at - self._starts[piece]

    def _end(self, piece: int, at: int) -> int:
        span = self.sightings[piece // 2].span if piece % 2 else None
        return span.end if span else self._after(piece) + at - self._starts[piece]

    def _after(self, piece: int) -> int:
        return self.sightings[piece // 2 - 1].span.end if piece else 0
