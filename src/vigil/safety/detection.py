"""Every detector over one text, and again over what they left, until nothing is found."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from vigil.safety.detectors import base58_keys, cards, hex_keys, key_blocks, mnemonic, monero, otpauth, solana, stellar, unspaced
from vigil.safety.findings import Finding, Span
from vigil.safety.masking import Masked, Sighting, joined
from vigil.safety.normalise import Normalised


class Detector(NamedTuple):
    """One recogniser: what it is called in findings, the version of its judgement, and the judgement."""

    name: str
    version: int
    find: Callable[[Normalised], Iterable[Span]]


DETECTORS: tuple[Detector, ...] = tuple(
    Detector(module.NAME, module.VERSION, module.find)
    for module in (mnemonic, unspaced, monero, base58_keys, stellar, solana, hex_keys, cards, key_blocks, otpauth)
)
_ROUNDS = 3


def hide_secrets(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Replace every secret by its mark. Text that still shows one after three looks is hidden as a whole."""
    found = look(text)
    return found.text, found.findings()


def look(text: str) -> Masked:
    """Find every secret, and what shows only once those are gone; their places are those of `text`."""
    found = Masked(text, [])
    for _ in range(_ROUNDS):
        more = [*_sightings(found.text)]
        if not more:
            return found
        found = Masked(text, joined((*found.sightings, *(_in_original(found, sighting) for sighting in more))))
    if not any(True for _ in _sightings(found.text)):
        return found
    return Masked(text, [Sighting(Span(0, len(text), "unknown", "medium"), "rescan", 1)])


def _in_original(found: Masked, sighting: Sighting) -> Sighting:
    start, end = found.original(sighting.span.start, sighting.span.end)
    return replace(sighting, span=replace(sighting.span, start=start, end=end))


def _sightings(text: str) -> Iterator[Sighting]:
    seen = Normalised(text)
    for detector in DETECTORS:
        for span in detector.find(seen):
            start, end = seen.original(span.start, span.end)
            yield Sighting(Span(start, end, span.kind, span.confidence), detector.name, detector.version)
