"""What a look at some words brought up: plain frozen values that hold no word of the secret."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    # Not when it runs: what only finds secrets needs neither Django nor a database.
    from vigil.kernel.text import MaskedText

Confidence = Literal["strong", "medium"]


@dataclass(frozen=True, slots=True)
class Span:
    """One secret inside the normalised copy: from `start` up to but not including `end`."""

    start: int
    end: int
    kind: str
    confidence: Confidence = "strong"


@dataclass(frozen=True, slots=True)
class Question:
    """Something that may be a secret or may be public: only whoever wrote it can tell; `about` names the two."""

    start: int
    end: int
    about: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One secret that was taken out: which kind, who saw it, and where its mark now stands in the masked text."""

    kind: str
    detector: str
    version: int
    start: int
    length_in_masked_text: int
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Screened:
    """Sealed words and what was taken out of them, in the order of the text."""

    text: "MaskedText"
    findings: tuple[Finding, ...]
