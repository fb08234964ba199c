"""The desk's pages over HTTP, with a real session, in worlds of three sizes."""

import http.client
import json
import time
from collections.abc import Sequence
from itertools import cycle, islice
from typing import Any

from bench.figures import Figure, at_most, note
from bench.place import Place, Serving

SIZES = ("10k", "100k", "1m")


def measure(place: Place, *, full: bool) -> list[Figure]:
    """Measure the list and two threads in every world there is; the million is written with `full` only."""
    sizes = [size for size in SIZES if size != "1m" or full or place.has("bench_1m")]
    seen = {size: _visit(place, size, times=400 if full else 150) for size in sizes}
    figures: list[Figure] = []
    for size, found in seen.items():
        figures += [
            at_most(f"desk's list at {size}: p95", found["list"][1], 15, "ms"),
            note("  p50 · page", f"{found['list'][0]:.1f} ms · {found['bytes'] / 1024:.0f} KiB"),
            at_most(f"thread of 20 entries at {size}: p50", found["20"][0], 8, "ms"),
            at_most(f"thread of 500 entries at {size}: p50", found["500"][0], 40, "ms"),
            note("  p95 of both", f"{found['20'][1]:.1f} · {found['500'][1]:.1f} ms"),
            note("  queries alone, p50", " · ".join(f"{name} {took[0]:.1f}" for name, took in found["queries"].items())),
        ]
    for part, place_of in (("p50", 0), ("p95", 1)):
        ranked = [found["list"][place_of] for found in seen.values()]
        figures.append(at_most(f"list, slowest world by fastest, {part}", max(ranked) / min(ranked), 1.3, "×", digits=2))
    if "1m" not in seen:
        figures.append(note("1m", "not measured: no such world yet; --full writes it"))
    return figures


def _visit(place: Place, size: str, *, times: int) -> dict[str, Any]:
    database = place.world(size)
    inside = json.loads(place.run(database, "-m", "bench.inside").splitlines()[-1])
    with place.serving(database) as serving:
        visitor = _Visitor(serving, inside["cookie"])
        listed = visitor.visit(["/desk/team"], times)
        threads = {
            entries: visitor.visit([f"/desk/conversations/{name}" for name in inside["threads"][entries]], times // 2)
            for entries in ("20", "500")
        }
    return {"list": listed, **threads, "bytes": visitor.bytes_of["/desk/team"], "queries": inside["took"]}


class _Visitor:
    """A browser that keeps its connection."""

    def __init__(self, serving: Serving, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=30)
        self._headers = {"Cookie": cookie, "Accept-Language": "en"}
        self.bytes_of: dict[str, int] = {}

    def visit(self, paths: Sequence[str], times: int) -> tuple[float, float]:
        """Ask for the pages in turn; p50 and p95 in milliseconds, after a tenth as many that do not count."""
        took = [self._ask(path) for path in islice(cycle(paths), times + times // 10)][times // 10 :]
        took.sort()
        return took[len(took) // 2], took[len(took) * 95 // 100]

    def _ask(self, path: str) -> float:
        begun = time.perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - begun) * 1000
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        self.bytes_of[path] = len(body)
        return took
