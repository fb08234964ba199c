"""Messages from one side to the other, at a quiet rate and at the most there is."""

from statistics import median
from typing import Any

from bench.figures import Figure, at_least, at_most, note
from bench.measures import crowd
from bench.place import Place, Serving

GUEST_STREAMS, AGENT_STREAMS = 960, 40
RATE = 200


def plan(place: Place, phases: list[dict[str, Any]]) -> dict[str, Any]:
    """Write the load client's plan: 960 guests and 40 agents of ten teams listen."""
    who = {"guests": crowd.guests(place)[: crowd.TALKING], "agents": crowd.agents()}
    return {"act": "chat", **who, "guest_streams": GUEST_STREAMS, "agent_streams": AGENT_STREAMS, "phases": phases}


def quiet(seconds: float, rate: int = RATE) -> dict[str, Any]:
    """Describe a phase at a fixed rate, a quarter of it agents' replies to customers."""
    return {"rate": rate, "seconds": seconds, "connections": 64, "reply_every": 4}


def flood(seconds: float, connections: int) -> dict[str, Any]:
    """Describe a phase in which every connection sends as fast as it is answered, a tenth of it agents' replies."""
    return {"seconds": seconds, "connections": connections, "reply_every": 10}


def measure(place: Place, serving: Serving, *, full: bool) -> list[Figure]:
    """Measure latency at 200 messages a second, then the most that is stored and delivered."""
    times = 5 if full else 3
    told = crowd.play(place, serving, plan(place, [quiet(3), *[quiet(8) for _ in range(times)]]))
    figures = _latency(told["phases"][1:], told["streams"])
    return figures + _most(place, serving, full=full)


def _latency(runs: list[dict[str, Any]], streams: int) -> list[Figure]:
    p50, p99 = (median(run[name] for run in runs) for name in ("p50", "p99"))
    sent, stored, delivered = (sum(run[name] for run in runs) for name in ("sent", "stored", "delivered"))
    to_agents, to_guests = (median(run[name] for run in runs) for name in ("to_agents_p50", "to_guests_p50"))
    name = f"{RATE} messages/s, {streams:,} streams, request to receipt"
    return [
        at_most(f"{name}: p50", p50, 5, "ms", aim="3"),
        at_most(f"{name}: p99", p99, 25, "ms", aim="10"),
        note("  p50 to agents · to customers", f"{to_agents:.1f} · {to_guests:.1f} ms"),
        Figure("  sent · stored · delivered", f"{sent:,} · {stored:,} · {delivered:,}", "all equal", sent == stored == delivered),
    ]


def _most(place: Place, serving: Serving, *, full: bool) -> list[Figure]:
    used = serving.cpu_seconds(), crowd.postgres_cpu(place)
    phases = [flood(3, 16), *(flood(6 if full else 4, connections) for connections in (32, 64, 128, 256))]
    told = crowd.play(place, serving, plan(place, phases))["phases"]
    ours, theirs = serving.cpu_seconds() - used[0], crowd.postgres_cpu(place) - used[1]
    best = max(told, key=lambda run: run["per_second"])
    stored, delivered, doubled = (sum(run[name] for run in told) for name in ("stored", "delivered", "doubled"))
    total = max(1, stored)
    refused = sum(many for run in told for status, many in run["statuses"].items() if status != "201")
    by_connections = " · ".join(f"{run['connections']}: {run['per_second']:.0f}" for run in told)
    cpu = " · ".join(f"{seconds / total * 1e6:.0f} µs" for seconds in (ours, theirs, sum(run["client_cpu"] for run in told)))
    is_whole = stored == delivered and not doubled
    return [
        at_least("most messages stored and delivered", best["per_second"], 1000, "/s", aim="4,000"),
        note("  p50 · p99 then", f"{best['p50']:.0f} · {best['p99']:.0f} ms, {best['connections']} connections"),
        note("  by connections", by_connections),
        Figure("  stored · delivered · twice", f"{stored:,} · {delivered:,} · {doubled}", "equal, none twice", is_whole),
        note("  refused", str(refused)),
        note("  CPU a message: Vigil · PostgreSQL · client", cpu),
    ]
