"""The judgement of one text as plain values, for programs that ask from outside. Knows neither Django nor a database."""

from typing import Any

from vigil.safety import detection
from vigil.safety.marks import disarm


def scan(text: str) -> dict[str, Any]:
    """Tell what is secret in `text`, where it stands there, in code points, and what the text becomes without it."""
    found = detection.look(disarm(text))
    return {
        "masked": found.text,
        "findings": [
            {"kind": span.kind, "start": span.start, "end": span.end, "confidence": span.confidence}
            for span in (sighting.span for sighting in found.sightings)
        ],
        "ask": [{"start": each.start, "end": each.end, "question": each.about} for each in found.questions],
    }
