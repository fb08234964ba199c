"""Open streams: what one at rest weighs, how many there may be, and how fast all come back."""

import math
from contextlib import ExitStack
from statistics import median

from bench.figures import Figure, at_least, at_most, note
from bench.measures import crowd
from bench.place import Place, Serving, raise_file_limit

MANY, WEIGHED, BASE = 20_000, 5_000, 100
COMING_BACK, MISSED = 2_000, 20


def measure_idle(place: Place, *, full: bool) -> list[Figure]:
    """Open 20,000 streams, over as few processes as this machine's limit of open files allows."""
    database = crowd.gather(place, "10k")
    limit = raise_file_limit()
    processes = math.ceil(MANY / (limit - 300))
    each = MANY // processes
    guests = crowd.guests(place)
    with ExitStack() as stack:
        servings = [stack.enter_context(place.serving(database)) for _ in range(processes)]
        clients = []
        for number, serving in enumerate(servings):
            steps = [BASE, BASE + WEIGHED, each]
            client = crowd.Client(place, serving, {"act": "idle", "guests": guests[number * each : (number + 1) * each], "steps": steps})
            stack.callback(client.end)
            clients.append(client)
        return _weigh(servings, clients, each)


def _weigh(servings: list[Serving], clients: list[crowd.Client], each: int) -> list[Figure]:
    weights, opened, cpu = [], 0, 0.0
    for serving, client in zip(servings, clients, strict=True):
        client.hear()
        before = serving.memory()
        client.go_on()
        client.hear()
        weights.append((serving.memory() - before) / WEIGHED)
        client.go_on()
        opened += client.hear()["open"]
    full = sum(serving.memory() for serving in servings)
    cpu = sum(serving.cpu_seconds() for serving in servings)
    for client in clients:
        client.go_on()
        client.hear()
    return [
        at_most(f"KiB of process memory an idle stream, at {WEIGHED:,}", median(weights), 15, "KiB"),
        at_least("idle streams open at once on this machine", opened, MANY, "streams"),
        note("  processes · streams each · memory of all", f"{len(servings)} · {each:,} · {full / 1024:.0f} MiB"),
        note("  CPU to open one", f"{cpu / max(1, opened) * 1e6:.0f} µs, start included"),
    ]


def measure_coming_back(place: Place, *, full: bool) -> list[Figure]:
    """Let 2,000 clients connect in one instant, each 20 entries behind."""
    database = crowd.gather(place, "100k")
    guests = crowd.guests(place, missed=MISSED)[:COMING_BACK]
    runs = []
    with place.serving(database) as serving:
        for _ in range(5 if full else 3):
            runs.append(crowd.play(place, serving, {"act": "come_back", "guests": guests, "missed": MISSED}))
    failures = sum(many for run in runs for status, many in run["statuses"].items() if status.startswith("5"))
    entries = min(run["entries"] for run in runs)
    return [
        at_most(
            f"{COMING_BACK:,} clients, each {MISSED} entries behind: all served after", median(run["seconds"] for run in runs), 10, "s"
        ),
        note("  half of them after", f"{median(run['p50'] for run in runs):.1f} s"),
        Figure("  answers of 5xx", str(failures), "0", failures == 0),
        Figure("  entries received", f"{entries:,}", f"{COMING_BACK * MISSED:,}", entries == COMING_BACK * MISSED),
    ]
