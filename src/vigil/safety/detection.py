"""Every detector over one text, and again over what they left, until nothing is found."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from vigil.safety.detectors import base58_keys, cards, hex_keys, key_blocks, mnemonic, monero, otpauth, solana, stellar, unspaced
from vigil.safety.findings import Finding, Span
from vigil.safety.marks import mark_of
from vigil.safety.masking import Sighting, joined, masked
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
    findings: tuple[Finding, ...] = ()
    for _ in range(_ROUNDS):
        sightings = joined(_sightings(text))
        if not sightings:
            return text, findings
        text, findings = masked(text, sightings, findings)
    if not any(True for _ in _sightings(text)):
        return text, findings
    whole = mark_of("unknown")
    return whole, (Finding("unknown", "rescan", 1, 0, len(whole), "medium"),)


def _sightings(text: str) -> Iterator[Sighting]:
    seen = Normalised(text)
    for detector in DETECTORS:
        for span in detector.find(seen):
            start, end = seen.original(span.start, span.end)
            yield Sighting(Span(start, end, span.kind, span.confidence), detector.name, detector.version)
