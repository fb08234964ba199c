"""From what the detectors found to text with marks in it: join what overlaps, replace, and keep the places right."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from vigil.safety.findings import Finding, Span
from vigil.safety.marks import mark_of


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


def masked(text: str, sightings: list[Sighting], earlier: tuple[Finding, ...]) -> tuple[str, tuple[Finding, ...]]:
    """Put marks in place of what was seen. `earlier` findings in the same text move along, or go with what hid them."""
    pieces: list[str] = []
    findings: list[Finding] = []
    waiting = list(earlier)
    at = length = 0
    for sighting in sightings:
        span, mark = sighting.span, mark_of(sighting.span.kind)
        while waiting and waiting[0].start < span.start:
            findings.append(replace(waiting[0], start=waiting[0].start - at + length))
            waiting.pop(0)
        while waiting and waiting[0].start < span.end:
            waiting.pop(0)
        pieces += (text[at : span.start], mark)
        start = length + span.start - at
        findings.append(Finding(span.kind, sighting.detector, sighting.version, start, len(mark), span.confidence))
        at, length = span.end, start + len(mark)
    findings += (replace(found, start=found.start - at + length) for found in waiting)
    return "".join((*pieces, text[at:])), tuple(findings)
