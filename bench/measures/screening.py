"""What it costs to look a chat message over for secrets."""

import random
import time
from statistics import median

from bench.figures import Figure, note
from bench.phrases import AGENT, CUSTOMER, LANGUAGES, say
from bench.place import Place
from vigil.safety import commands as safety


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
    ]


def _once(text: str) -> float:
    begun = time.perf_counter()
    safety.screen(text)
    return time.perf_counter() - begun
