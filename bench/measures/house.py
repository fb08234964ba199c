"""The whole house: how fast it comes back, and what it weighs after work."""

from statistics import median

from bench.figures import Figure, at_most, note
from bench.measures import chat, crowd
from bench.place import Place


def measure_restart(place: Place, *, full: bool) -> list[Figure]:
    """Start `vigil run` in the biggest world there is, with the database already up, until it says that it is well."""
    size = "1m" if full or place.has("bench_1m") else "100k"
    database = place.world(size)
    times = []
    for _ in range(5 if full else 3):
        with place.serving(database, "run") as running:
            times.append(running.seconds_to_ready)
    return [at_most(f"restart to serving at {size}, everything", median(times), 10, "s")]


def measure_memory(place: Place, *, full: bool) -> list[Figure]:
    """Weigh supervisor, web and worker after a flood and 1,000 streams."""
    with place.serving(crowd.gather(place, "10k"), "run") as running:
        at_start = running.memory()
        crowd.play(place, running, chat.plan(place, [chat.flood(10 if full else 6, 64)]))
        return [
            at_most("memory of supervisor, web and worker after load", running.memory() / 1024, 250, "MiB", digits=0),
            note("  at the start · processes", f"{at_start / 1024:.0f} MiB · {len(running.pids)}"),
        ]
