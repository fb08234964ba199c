"""How much of what is secret is hidden, and how much of what is public stays: generated secrets, and labelled texts from a folder.

A folder holds `secrets.jsonl` (value, type, lang?), `negatives.jsonl` (the same) and `in_context.jsonl` (text, lang, spans and keep as
[start, end, type]); what is missing is left out. Nothing of it is kept.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure, at_least, note
from bench.place import Place
from vigil.safety import detection
from vigil.safety.scanning import scan
from vigil.safety.tests.sampling import leaks, samples

_GENERATED = 10_000
_OUTCOMES = ("hidden", "asked", "in part", "missed", "kept", "asked about", "masked")


def measure(place: Place, *, full: bool) -> list[Figure]:
    """Hide generated secrets of every kind and, where a folder was named, judge the texts in it."""
    made: Counter[str] = Counter()
    left: Counter[str] = Counter()
    took = 0.0
    for one in samples(6, _GENERATED):
        begun = time.process_time()
        masked = detection.look(one.text).text
        took += time.process_time() - begun
        made[one.kind] += 1
        left[one.kind] += leaks(one, masked)
    figures = [
        at_least(f"generated secrets hidden, of {made.total():,}", made.total() - left.total(), made.total(), "texts"),
        note("  such texts a second on one core, each looked at twice", f"{made.total() / took:,.0f}"),
        *(note(f"  {kind}", f"{made[kind] - left[kind]:,} of {made[kind]:,}") for kind in sorted(made) if left[kind]),
    ]
    return figures + ([*_labelled(place.data)] if place.data else [])


def _labelled(folder: Path) -> Iterator[Figure]:
    counts: dict[tuple[str, str], Counter[str]] = {}
    for name, text, language, spans, keep in _rows(folder):
        found = scan(text)
        hidden = {at for each in found["findings"] for at in range(each["start"], each["end"])}
        asked = hidden | {at for each in found["ask"] for at in range(each["start"], each["end"])}
        for start, end, kind in spans:
            places = [at for at in range(start, end) if not text[at].isspace()]
            outcome = _secret(sum(at in hidden for at in places), sum(at in asked for at in places), len(places))
            counts.setdefault((f"{name}: {kind}", language), Counter())[outcome] += 1
        for start, end, kind in keep:
            outcome = "masked" if hidden & {*range(start, end)} else "asked about" if asked & {*range(start, end)} else "kept"
            counts.setdefault((f"{name}: {kind}", language), Counter())[outcome] += 1
    for (title, language), outcomes in sorted(counts.items()):
        said = " · ".join(f"{outcome} {outcomes[outcome]:,}" for outcome in _OUTCOMES if outcomes[outcome])
        yield note(f"{title}{f', {language}' if language else ''}", said)


def _secret(hidden: int, asked: int, size: int) -> str:
    return "hidden" if hidden == size else "asked" if asked == size else "in part" if hidden else "missed"


def _rows(folder: Path) -> Iterator[tuple[str, str, str, list[Any], list[Any]]]:
    for name in ("secrets", "negatives", "in_context"):
        path = folder / f"{name}.jsonl"
        if not path.exists():
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            language = row.get("lang", "")
            if name == "in_context":
                yield name, row["text"], language, row["spans"], row["keep"]
            else:
                whole = [[0, len(row["value"]), row["type"]]]
                yield name, row["value"], language, whole * (name == "secrets"), whole * (name == "negatives")
