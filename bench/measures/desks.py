"""Fifty agents at their desks, each with four chats, and two hundred customers; and one of the desks in a real browser."""

import json
from datetime import timedelta
from typing import Any

from bench import world
from bench.figures import Figure, at_most, note
from bench.measures import crowd, paint
from bench.measures.meter import Meter
from bench.place import Place

DESKS, CHATS = 50, 4
CUSTOMERS = DESKS * CHATS
# A thread begins with more than a page of entries, so that opening it costs as much at the end of the shift as at the beginning.
ENTRIES = 120
_SPARES = world.CROWD_ID + 5_000
SETTLING, SHORT, LONG = 25, 60, 600
CUSTOMERS_PACE, AGENTS_PACE = 30.0, 6.0


def measure(place: Place, *, full: bool) -> list[Figure]:
    """Let everybody work for a minute, or ten with `full`; then look at what one desk weighs, paints and keeps."""
    seconds = LONG if full else SHORT
    database = furnish(place)
    with place.serving(database, "run") as running:
        desks, guests = seats(place), crowd.guests(place)[:CUSTOMERS]
        plan = {"act": "shift", "desks": desks, "guests": guests, "seconds": seconds, "settling": SETTLING}
        with Meter(running) as meter:
            told = crowd.play(place, running, {**plan, "customers_pace": CUSTOMERS_PACE, "agents_pace": AGENTS_PACE})
        thirds = meter.thirds(told["begun"], told["ended"])
    return [*_actions(told, seconds), *_messages(told), *_flat(thirds), *paint.measure(place, desks[0], guests, full=full)]


def furnish(place: Place) -> str:
    """Make the shift's world: a copy of a hundred thousand, each of the fifty with four live chats and two others of one person."""
    size = "100k"
    place.run(place.world(size), "-m", "bench.filling")
    place.copy(place.world(size), crowd.DATABASE)
    url, now = place.url(crowd.DATABASE), world.utc_now()
    world.write_crowd(url, guests=CUSTOMERS + DESKS, talking=CUSTOMERS, entries=ENTRIES, now=now)
    writer = world.Writer(url, seed=11)
    with world.zeros_elsewhere(url):
        writer.talks(_spare(n, half, now - timedelta(days=2)) for n in range(DESKS) for half in range(2))
    world.settle(url)
    place.ask(
        "UPDATE conversations_conversation SET topic = 'deposit-memo', last_activity_at = now(),"
        " assignee_id = %(first)s + id %% %(teams)s + %(teams)s * ((id / %(teams)s) %% %(each)s) WHERE id >= %(crowd)s",
        crowd.DATABASE,
        {"first": world.CROWD_AGENTS[0], "teams": len(world.CROWD_TEAMS), "each": DESKS // len(world.CROWD_TEAMS), "crowd": world.CROWD_ID},
    )
    place.ask(
        "UPDATE conversations_entry SET text = 'Please write to me: somebody@example.org' WHERE seq = 2 AND conversation_id >= %(spares)s",
        crowd.DATABASE,
        {"spares": _SPARES},
    )
    place.run(crowd.DATABASE, "-m", "bench.filling")
    return crowd.DATABASE


def _spare(desk: int, half: int, begun: Any) -> world.Talk:
    team = world.CROWD_TEAMS[desk % len(world.CROWD_TEAMS)]
    number = _SPARES + half * 1_000 + desk
    return world.Talk(number, world.CROWD_ID + CUSTOMERS + desk, team, team, world.CROWD_AGENTS[desk], "en", ENTRIES, True, begun)


def seats(place: Place) -> list[dict[str, Any]]:
    """List the fifty: who, of which team, with which key to the door, which chats, and who sits beside them."""
    agents = list(world.CROWD_AGENTS[:DESKS])
    cookies = json.loads(place.run(crowd.DATABASE, "-m", "bench.signing", text=json.dumps(agents)).splitlines()[-1])
    teams = len(world.CROWD_TEAMS)
    rows = place.ask(
        f"SELECT assignee_id, public_id, id >= {_SPARES} FROM conversations_conversation WHERE id >= {world.CROWD_ID} ORDER BY id",
        crowd.DATABASE,
    )
    return [
        {
            "id": agent,
            "team": world.team_of(n + 1, world.CROWD_TEAMS),
            "colleague": agents[(n + teams) % DESKS],
            "cookie": cookie,
            "chats": [name for holder, name, is_spare in rows if holder == agent and not is_spare],
            "spares": [name for holder, name, is_spare in rows if holder == agent and is_spare],
            "entries": ENTRIES,
        }
        for n, (agent, cookie) in enumerate(zip(agents, cookies, strict=True))
    ]


def _actions(told: dict[str, Any], seconds: int) -> list[Figure]:
    actions: dict[str, Any] = told["actions"]
    ranked = sorted(actions.items(), key=lambda each: -each[1]["p95"])
    slowest, worst = ranked[0]
    name = f"{DESKS} desks, {CUSTOMERS} customers, {seconds // 60} min"
    wrong = " · ".join(f"{what} ({many})" for what, many in told["wrong"].items())
    return [
        at_most(f"{name}: p95 of the slowest action, {slowest}", worst["p95"], 100, "ms"),
        note(f"  p50 · p95 of all {told['all']['times']:,}", f"{told['all']['p50']:.1f} · {told['all']['p95']:.1f} ms"),
        *(note(f"  {what}: p50 · p95 of {one['times']:,}", f"{one['p50']:.1f} · {one['p95']:.1f} ms") for what, one in ranked),
        Figure("  what went wrong", f"{told['wrongs']} {wrong}".strip(), "0", told["wrongs"] == 0),
    ]


def _messages(told: dict[str, Any]) -> list[Figure]:
    late = told["late"]
    return [
        at_most("the furthest any desk was behind, from a customer's sending", late["most"] / 1000, 1, "s", digits=2),
        note("  p50 · p99", f"{late['p50']:.0f} · {late['p99']:.0f} ms"),
        Figure(
            "  messages · receipts at desks, in lists read anew · never received",
            f"{told['messages']:,} · {told['reached']:,}, {told['by_list']:,} · {told['lost']}",
            "0 lost",
            told["lost"] == 0,
        ),
    ]


def _flat(thirds: list[Any]) -> list[Figure]:
    first, last = thirds[0], thirds[-1]
    cpu, memory = (100 * (b / a - 1) for a, b in ((first.cpu, last.cpu), (first.memory, last.memory)))
    return [
        at_most("CPU of web and worker, last third against first", cpu, 10, "%"),
        note("  of one core, by thirds", " · ".join(f"{100 * one.cpu:.0f} %" for one in thirds)),
        at_most("memory of supervisor, web and worker, last third against first", memory, 10, "%"),
        note("  by thirds", " · ".join(f"{one.memory:.0f} MiB" for one in thirds)),
    ]
