"""What it costs to look a chat message over for secrets."""

import random
import time
from statistics import median

from bench.figures import Figure, at_most, note
from bench.phrases import AGENT, CUSTOMER, LANGUAGES, say
from bench.place import Place
from vigil.safety import commands as safety
from vigil.safety import detection
from vigil.safety.tests import hostile

_BUDGET = 50  # milliseconds of processor time for one text, whoever wrote it
_BYTES = 64 * 1024


def measure(place: Place, *, full: bool) -> list[Figure]:
    """Time the screening of messages in eleven languages, the best of three for each."""
    chance = random.Random(3)
    said = [say(book, code, chance) for code in LANGUAGES for book in (CUSTOMER, AGENT) for _ in range(200 if full else 60)]
    for text in said[:50]:
        safety.screen(text)
    took = sorted(min(_once(text) for _ in range(3)) for text in said)
    letters = median(len(text) for text in said)
    return [
        note(f"screening a message, median of {len(said):,}", f"{median(took) * 1e6:.0f} µs"),
        note("  p95 · letters in the median message", f"{took[len(took) * 95 // 100] * 1e6:.0f} µs · {letters:.0f}"),
        *_hostile(),
    ]


def _hostile() -> list[Figure]:
    """Time the dearest of the hostile shapes, at the length a message may have and at 64 kB, which no door lets in."""
    longest = {name: _cost(hostile.of_length(name, safety.LIMIT)) for name in hostile.SHAPES}
    larger = {name: _cost(hostile.of_length(name, _BYTES).encode()[:_BYTES].decode(errors="ignore")) for name in hostile.SHAPES}
    first, second = max(longest, key=longest.__getitem__), max(larger, key=larger.__getitem__)
    return [
        at_most(f"the dearest of {len(longest)} hostile texts of {safety.LIMIT:,} letters ({first})", longest[first] * 1e3, _BUDGET, "ms"),
        note(
            f"  at 64 kB, were such a text let in ({second}) · median",
            f"{larger[second] * 1e3:.0f} ms · {median(larger.values()) * 1e3:.0f} ms",
        ),
    ]


def _cost(text: str) -> float:
    took = []
    for _ in range(4):
        begun = time.process_time()
        detection.hide_secrets(text)
        took.append(time.process_time() - begun)
    return min(took)


def _once(text: str) -> float:
    begun = time.perf_counter()
    safety.screen(text)
    return time.perf_counter() - begun
