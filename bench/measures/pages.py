"""The desk's pages over HTTP, with a real session, in worlds of three sizes.

Whole pages are what the first visit loads; fragments are what a click fetches from then on, and what an agent waits for all day.
"""

import http.client
import json
import time
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import cycle, islice
from typing import Any

from bench.figures import Figure, at_most, note
from bench.place import Place, Serving

SIZES = ("10k", "100k", "1m")
PARTS = ("list", "click on a list", "click on 20", "click on 500", "page of 20", "page of 500")
TURN = 10


def measure(place: Place, *, full: bool) -> list[Figure]:
    """Measure the list and two threads, whole and by a click, in every world there is; the million is written with `full` only."""
    sizes = [size for size in SIZES if size != "1m" or full or place.has("bench_1m")]
    seen = _visit(place, sizes, times=400 if full else 150)
    figures: list[Figure] = []
    for size, found in seen.items():
        figures += [
            at_most(f"desk's list at {size}, whole page: p95", found["list"][1], 15, "ms"),
            at_most(f"desk's list at {size}, what a click fetches: p95", found["click on a list"][1], 15, "ms"),
            note("  p50 of both", f"{found['list'][0]:.1f} · {found['click on a list'][0]:.1f} ms"),
            at_most(f"thread of 20 entries at {size}, what a click fetches: p50", found["click on 20"][0], 8, "ms"),
            at_most(f"thread of 500 entries at {size}, what a click fetches: p50", found["click on 500"][0], 40, "ms"),
            note("  p95 of both", f"{found['click on 20'][1]:.1f} · {found['click on 500'][1]:.1f} ms"),
            note("  whole page with a thread of 20 · of 500: p50", f"{found['page of 20'][0]:.1f} · {found['page of 500'][0]:.1f} ms"),
            *(
                note(f"  {part}: CPU of Vigil · size", f"{found['cpu'][part]:.1f} ms · {found['bytes'][part] / 1024:.0f} KiB")
                for part in PARTS
            ),
            note("  queries alone, p50", " · ".join(f"{name} {took[0]:.1f}" for name, took in found["queries"].items())),
        ]
    for part, place_of in (("p50", 0), ("p95", 1)):
        ranked = [found["list"][place_of] for found in seen.values()]
        figures.append(at_most(f"list, slowest world by fastest, {part}", max(ranked) / min(ranked), 1.3, "×", digits=2))
    if "1m" not in seen:
        figures.append(note("1m", "not measured: no such world yet; --full writes it"))
    return figures


def _visit(place: Place, sizes: Sequence[str], *, times: int) -> dict[str, dict[str, Any]]:
    """Visit all worlds by turns, so that whatever else the machine does falls on each of them alike."""
    seen: dict[str, dict[str, Any]] = {}
    with ExitStack() as stack:
        visitors = {}
        for size in sizes:
            database = place.world(size)
            inside = json.loads(place.run(database, "-m", "bench.inside").splitlines()[-1])
            visitors[size] = _Visitor(stack.enter_context(place.serving(database)), inside)
            seen[size] = {"queries": inside["took"], "cpu": {}}
        for part in PARTS:
            for visitor in visitors.values():
                visitor.visit(part, TURN)  # These do not count: first requests build what later ones find.
            took: dict[str, list[float]] = {size: [] for size in sizes}
            used = dict.fromkeys(sizes, 0.0)
            for _ in range(0, times if part == PARTS[0] else times // 2, TURN):
                for size, visitor in visitors.items():
                    before = visitor.serving.cpu_seconds()
                    took[size] += visitor.visit(part, TURN)
                    used[size] += visitor.serving.cpu_seconds() - before
            for size in sizes:
                ranked = sorted(took[size])
                seen[size][part] = ranked[len(ranked) // 2], ranked[len(ranked) * 95 // 100]
                seen[size]["cpu"][part] = used[size] / len(ranked) * 1000
    for size, visitor in visitors.items():
        seen[size]["bytes"] = visitor.bytes_of
    return seen


class _Visitor:
    """A browser that keeps its connection."""

    def __init__(self, serving: Serving, inside: dict[str, Any]) -> None:
        self.serving = serving
        self._connection = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=30)
        self._headers = {"Cookie": inside["cookie"], "Accept-Language": "en"}
        self._pages = {"list": cycle(["/desk/team"]), "click on a list": cycle(["/desk/team"])}
        for entries, names in inside["threads"].items():
            for how in ("click on", "page of"):
                self._pages[f"{how} {entries}"] = cycle([f"/desk/conversations/{name}" for name in names])
        self.bytes_of: dict[str, int] = {}

    def visit(self, part: str, times: int) -> list[float]:
        """Ask for the next pages; gives milliseconds."""
        return [self._ask(part, path) for path in islice(self._pages[part], times)]

    def _ask(self, part: str, path: str) -> float:
        # htmx says so when it asks, and is given the fragment that it puts into the page.
        headers = self._headers | ({"HX-Request": "true"} if part.startswith("click") else {})
        begun = time.perf_counter()
        self._connection.request("GET", path, headers=headers)
        answer = self._connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - begun) * 1000
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        self.bytes_of[part] = len(body)
        return took
