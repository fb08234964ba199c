"""Every detector over one text, and again over what they left, until nothing is found."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from vigil.safety.detectors import (
    assigned,
    base58_keys,
    cards,
    codes,
    hex_keys,
    key_blocks,
    mnemonic,
    monero,
    otpauth,
    passwords,
    solana,
    stellar,
    tokens,
    unspaced,
)
from vigil.safety.findings import Finding, Question, Span
from vigil.safety.masking import Masked, Sighting, joined
from vigil.safety.normalise import Normalised


class Detector(NamedTuple):
    """One recogniser: what it is called in findings, the version of its judgement, and the judgement."""

    name: str
    version: int
    find: Callable[[Normalised], Iterable[Span | Question]]


DETECTORS: tuple[Detector, ...] = tuple(
    Detector(module.NAME, module.VERSION, module.find)
    for module in (
        mnemonic,
        unspaced,
        monero,
        base58_keys,
        stellar,
        solana,
        hex_keys,
        cards,
        key_blocks,
        otpauth,
        tokens,
        assigned,
        passwords,
        codes,
    )
)
_ROUNDS = 3
MOST = 64


def hide_secrets(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Replace every secret by its mark. Text that still shows one after three looks is hidden as a whole."""
    found = look(text)
    return found.text, found.findings()


def look(text: str) -> Masked:
    """Find every secret, and what shows only once those are gone; their places are those of `text`.

    A text with more than MOST of them is one great secret: to look at each would be dear, and would leave nothing worth reading.
    """
    found = Masked(text, [])
    for _ in range(_ROUNDS + 1):
        more, questions = _sightings(found.text)
        if len(more) > MOST:
            commonest = Counter(sighting.span.kind for sighting in more).most_common(1)[0][0]
            return Masked(text, [Sighting(Span(0, len(text), commonest, "medium"), "many", 1)])
        if not more:
            found.questions = tuple(_asked(found, question) for question in questions)
            return found
        found = Masked(text, joined((*found.sightings, *(_in_original(found, sighting) for sighting in more))))
    return Masked(text, [Sighting(Span(0, len(text), "unknown", "medium"), "rescan", 1)])


def _asked(found: Masked, question: Question) -> Question:
    start, end = found.original(question.start, question.end)
    return replace(question, start=start, end=end)


def _in_original(found: Masked, sighting: Sighting) -> Sighting:
    start, end = found.original(sighting.span.start, sighting.span.end)
    return replace(sighting, span=replace(sighting.span, start=start, end=end))


def _sightings(text: str) -> tuple[list[Sighting], list[Question]]:
    seen = Normalised(text)
    sightings: list[Sighting] = []
    questions: list[Question] = []
    for detector in DETECTORS:
        for each in detector.find(seen):
            start, end = seen.original(each.start, each.end)
            if isinstance(each, Span):
                sightings.append(Sighting(replace(each, start=start, end=end), detector.name, detector.version))
                if len(sightings) > MOST:
                    return sightings, []
            elif len(questions) < MOST:
                questions.append(replace(each, start=start, end=end))
    return sightings, questions
