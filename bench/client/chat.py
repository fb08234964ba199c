"""Messages from one side to the other: who speaks, who hears, and how long it took."""

import gc
import time
from typing import Any

from bench.client.beats import Beats
from bench.client.ears import Ears
from bench.client.mouths import Mouths
from bench.client.people import Person, agent, guest
from bench.client.shares import share


async def chat(plan: dict[str, Any]) -> dict[str, Any]:
    """Open the streams, warm up, then send at a rate or in a loop and listen."""
    guests = [guest(number, plan, one) for number, one in enumerate(plan["guests"])]
    agents = [agent(len(guests) + number, plan, one) for number, one in enumerate(plan["agents"])]
    plan["listener_of"] = _who_hears_whom(plan, guests, agents)
    ears = Ears(plan["port"])
    statuses = await ears.open([*guests[: plan["guest_streams"]], *agents[: plan["agent_streams"]]])
    beats = Beats(plan["port"], agents)
    for stream in ears.streams:
        if stream.number >= len(guests):
            stream.beaten = beats.answer
    gc.collect()
    gc.disable()
    told = []
    for phase in plan["phases"]:
        told.append(await _phase(plan, phase, ears, guests, agents))
    opened = len(ears.streams)
    ears.close()
    return {"streams": opened, "opened": dict(statuses), "phases": told}


def _who_hears_whom(plan: dict[str, Any], guests: list[Person], agents: list[Person]) -> list[list[int]]:
    """Name, for each guest, the agent whose stream is looked at; for each agent, the listening guests of the team."""
    by_team: dict[int, list[int]] = {}
    for number, one in enumerate(plan["agents"][: plan["agent_streams"]]):
        by_team.setdefault(one["team"], []).append(agents[number].number)
    guests_of: dict[int, list[int]] = {}
    for number, one in enumerate(plan["guests"][: plan["guest_streams"]]):
        guests_of.setdefault(one["team"], []).append(number)
    hears = [[by_team[one["team"]][n % len(by_team[one["team"]])]] for n, one in enumerate(plan["guests"])]
    return [*hears, *(guests_of.get(one["team"], []) for one in plan["agents"])]


async def _phase(plan: dict[str, Any], phase: dict[str, Any], ears: Ears, guests: list[Person], agents: list[Person]) -> dict[str, Any]:
    mouths = Mouths(ears, guests, agents, plan | phase)
    await mouths.connect(plan["port"], phase["connections"])
    first, begun, used = len(ears.sent_at), time.monotonic(), time.process_time()
    if "rate" in phase:
        await mouths.at_rate(phase["rate"], phase["seconds"])
    else:
        await mouths.in_a_loop(phase["connections"], phase["seconds"])
    took = time.monotonic() - begun
    await ears.settle()
    used = time.process_time() - used
    numbers = range(first, len(ears.sent_at))
    late = [ears.heard_at[n] - ears.sent_at[n] for n in numbers if ears.heard_at[n]]
    to_agents = [ears.heard_at[n] - ears.sent_at[n] for n in numbers if ears.heard_at[n] and ears.receiver[n] >= len(guests)]
    to_guests = [ears.heard_at[n] - ears.sent_at[n] for n in numbers if ears.heard_at[n] and ears.receiver[n] < len(guests)]
    stored = mouths.statuses[201]
    return {
        "connections": phase["connections"],
        "seconds": took,
        "sent": len(numbers),
        "stored": stored,
        "statuses": dict(mouths.statuses),
        "delivered": len(late),
        "doubled": ears.doubled,
        "per_second": stored / took,
        "client_cpu": used,
        "p50": share(late, 0.5),
        "p99": share(late, 0.99),
        "to_agents_p50": share(to_agents, 0.5),
        "to_guests_p50": share(to_guests, 0.5),
    }
