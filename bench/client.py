"""The load client, a process of its own: reads a plan as JSON, plays customers and agents, prints what it saw as JSON."""

import asyncio
import gc
import json
import random
import sys
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from secrets import token_hex
from typing import Any
from uuid import uuid4

import uvloop
from django.conf import settings

from bench.phrases import AGENT, CUSTOMER, LANGUAGES, say
from bench.place import raise_file_limit
from bench.wire import Poster, Stream
from vigil.kernel import clock
from vigil.kernel.live.tokens import claims_for, mint

OPENING_AT_ONCE = 200
_ADDRESSES = 8  # Loopback addresses to come from, so that ports do not run out.
_SETTLE_SECONDS = 10.0
PATIENCE_SECONDS = 300.0


@dataclass(slots=True)
class Person:
    """A guest or an agent of the plan, with the head of their posts."""

    number: int
    conversation: str
    stream: bytes
    post: bytes


def guest(number: int, plan: dict[str, Any], one: dict[str, Any]) -> Person:
    """Make a guest with a token as the widget's session hands it out."""
    detail = {
        "customer": one["id"],
        "site": "site_demo",
        "conversations": {one["conversation"]: one["team"]} if one["conversation"] else {},
    }
    claims = claims_for(f"guest:{one['session']}", [f"p:{one['id']}"], "widget", at=clock.now(), detail=detail)
    watch = f"?watch={one['conversation']}&after={one['after']}" if one["conversation"] else ""
    return _person(number, plan, one["conversation"], mint(claims), watch)


def agent(number: int, plan: dict[str, Any], one: dict[str, Any]) -> Person:
    """Make an agent with a token as the desk hands it out."""
    who = {"agent": one["id"], "role": "agent", "teams": [one["team"]], "name": "Agent", "public_name": "Agent", "watch": {}}
    claims = claims_for(f"agent:{one['id']}:0", [f"a:{one['id']}", f"t:{one['team']}"], "desk", at=clock.now(), detail=who)
    return _person(number, plan, "", mint(claims), "")


def _person(number: int, plan: dict[str, Any], conversation: str, token: str, watch: str) -> Person:
    common = f"HTTP/1.1\r\nhost: 127.0.0.1:{plan['port']}\r\nauthorization: Bearer {token}\r\n"
    stream = f"GET /live/stream{watch} {common}accept: text/event-stream\r\n\r\n".encode()
    return Person(number, conversation, stream, f"POST /live/send {common}content-type: application/json\r\ncontent-length: ".encode())


class Ears:
    """Holds the streams and knows when which message was heard by whom it was for."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.streams: list[Stream] = []
        self.sent_at: list[float] = []
        self.receiver: list[int] = []
        self.heard_at: list[float] = []
        self.doubled = 0

    def expect(self, receiver: int) -> int:
        """Announce a message that is sent now; gives its number."""
        self.receiver.append(receiver)
        self.heard_at.append(0.0)
        self.sent_at.append(time.monotonic())
        return len(self.sent_at) - 1

    def hear(self, stream: Stream, number: int, at: float) -> None:
        """Note the arrival of a message, if it was for this stream."""
        if number < len(self.receiver) and self.receiver[number] == stream.number:
            if self.heard_at[number]:
                self.doubled += 1
            else:
                self.heard_at[number] = at

    async def open(self, people: Sequence[Person], *, at_once: int = OPENING_AT_ONCE) -> Counter[int]:
        """Open a stream for each of them; counts the statuses."""
        gate = asyncio.Semaphore(at_once)
        statuses: Counter[int] = Counter()

        async def one(person: Person) -> None:
            async with gate:
                stream = await connect_stream(self._port, person, self.hear)
                self.streams.append(stream)
                statuses[await stream.opened] += 1

        await asyncio.gather(*(one(person) for person in people))
        return statuses

    async def settle(self) -> None:
        """Wait until every message has been heard, as long as something may still come."""
        until = time.monotonic() + _SETTLE_SECONDS
        while time.monotonic() < until and not all(self.heard_at):
            await asyncio.sleep(0.05)

    def close(self) -> None:
        """Leave all streams."""
        for stream in self.streams:
            stream.close()


async def connect_stream(port: int, person: Person, heard: Any) -> Stream:
    """Open one stream from one of a few addresses of this machine."""
    source = (f"127.0.0.{2 + person.number % _ADDRESSES}", 0)
    loop = asyncio.get_running_loop()
    _, stream = await loop.create_connection(lambda: Stream(person.number, person.stream, heard), "127.0.0.1", port, local_addr=source)
    return stream


# The same words twice are kept once; numbers begin anew with each run.
_RUN = token_hex(3)


class Mouths:
    """Posts messages over kept-alive connections, each marked with its number, nine of customers to one of an agent or so."""

    def __init__(self, ears: Ears, guests: Sequence[Person], agents: Sequence[Person], plan: dict[str, Any]) -> None:
        self._ears, self._guests, self._agents = ears, guests, agents
        self._listening = plan["guest_streams"]
        self._listens_for = plan["listener_of"]
        self._turn, self._agent_turn, self._customer_turn = count(), count(), count()
        self._every = plan["reply_every"]
        chance = random.Random(1)
        self._words = [json.dumps(say(CUSTOMER, code, chance), ensure_ascii=False)[1:-1] for code in LANGUAGES for _ in range(30)]
        self._answers = [json.dumps(say(AGENT, code, chance), ensure_ascii=False)[1:-1] for code in LANGUAGES for _ in range(30)]
        self.acks: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.free: deque[Poster] = deque()
        self._waiting: deque[tuple[bytes, float]] = deque()

    async def connect(self, port: int, connections: int) -> None:
        """Open the connections."""
        loop = asyncio.get_running_loop()
        for _ in range(connections):
            _, poster = await loop.create_connection(Poster, "127.0.0.1", port)
            self.free.append(poster)

    def next_request(self) -> bytes:
        """Write the next message; its clock starts now."""
        turn = next(self._turn)
        if self._every and turn % self._every == self._every - 1:
            one = self._agents[next(self._agent_turn) % len(self._agents)]
            # Only who listens can be measured: replies go to customers with an open stream, in the agent's own team.
            to = self._listens_for[one.number][next(self._customer_turn) % len(self._listens_for[one.number])]
            conversation, receiver, text = self._guests[to].conversation, to, self._answers[turn % len(self._answers)]
        else:
            one = self._guests[turn % len(self._guests)]
            conversation, receiver, text = one.conversation, self._listens_for[one.number][0], self._words[turn % len(self._words)]
        number = self._ears.expect(receiver)
        body = f'{{"conversation":"{conversation}","key":"{uuid4()}","text":"{text} {_RUN} ~m{number}~"}}'.encode()
        return b"%b%d\r\n\r\n%b" % (one.post, len(body), body)

    async def at_rate(self, rate: float, seconds: float) -> None:
        """Send at a fixed rate, whatever the answers do; what finds no free connection waits with its clock running."""
        begun = time.monotonic()
        for number in range(int(rate * seconds)):
            wait = begun + number / rate - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            self._waiting.append((self.next_request(), time.monotonic()))
            self._pour()
        until = time.monotonic() + _SETTLE_SECONDS
        while len(self.acks) < int(rate * seconds) and time.monotonic() < until:
            await asyncio.sleep(0.01)

    def _pour(self) -> None:
        while self._waiting and self.free:
            self._post(self.free.popleft(), *self._waiting.popleft())

    def _post(self, poster: Poster, request: bytes, begun: float) -> None:
        def done(status: int) -> None:
            self.statuses[status] += 1
            self.acks.append(time.monotonic() - begun)
            if status != -1:
                self.free.append(poster)
            self._pour()

        poster.post(request, done)

    async def in_a_loop(self, connections: int, seconds: float) -> None:
        """Let every connection send its next message as soon as the last one was answered."""
        until = time.monotonic() + seconds
        left = connections
        ended = asyncio.get_running_loop().create_future()

        def step(poster: Poster) -> None:
            begun = time.monotonic()

            def done(status: int) -> None:
                nonlocal left
                self.statuses[status] += 1
                self.acks.append(time.monotonic() - begun)
                if status != -1 and time.monotonic() < until:
                    step(poster)
                    return
                self.free.append(poster)
                left -= 1
                if not left and not ended.done():
                    ended.set_result(None)

            poster.post(self.next_request(), done)

        for _ in range(connections):
            step(self.free.popleft())
        await ended


def share(values: list[float], part: float) -> float:
    """Give the value that `part` of them do not pass, in milliseconds; 0 for none."""
    ranked = sorted(values)
    return round(ranked[min(len(ranked) - 1, int(len(ranked) * part))] * 1000, 2) if ranked else 0.0


async def chat(plan: dict[str, Any]) -> dict[str, Any]:
    """Open the streams, warm up, then send at a rate or in a loop and listen."""
    guests = [guest(number, plan, one) for number, one in enumerate(plan["guests"])]
    agents = [agent(len(guests) + number, plan, one) for number, one in enumerate(plan["agents"])]
    plan["listener_of"] = _who_hears_whom(plan, guests, agents)
    ears = Ears(plan["port"])
    statuses = await ears.open([*guests[: plan["guest_streams"]], *agents[: plan["agent_streams"]]])
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


async def idle(plan: dict[str, Any]) -> dict[str, Any]:
    """Open streams in steps; after each tell how many are open and wait for a line before going on."""
    ears = Ears(plan["port"])
    statuses: Counter[int] = Counter()
    loop = asyncio.get_running_loop()
    done = 0
    begun = time.monotonic()
    for step in plan["steps"]:
        people = [guest(number, plan, plan["guests"][number]) for number in range(done, step)]
        statuses += await ears.open(people)
        done = step
        gc.collect()
        print(json.dumps({"open": statuses[200]}), flush=True)
        await loop.run_in_executor(None, sys.stdin.readline)
    ears.close()
    return {"opened": dict(statuses), "seconds": time.monotonic() - begun}


async def come_back(plan: dict[str, Any]) -> dict[str, Any]:
    """Let everybody connect in the same instant, and wait until each has the entries they missed; who is refused asks again."""
    people = [guest(number, plan, one) for number, one in enumerate(plan["guests"])]
    statuses: Counter[int] = Counter()
    gc.disable()
    begun = time.monotonic()

    async def one(person: Person) -> tuple[float, int]:
        while True:
            stream = await connect_stream(plan["port"], person, lambda *_: None)
            status = await stream.opened
            statuses[status] += 1
            if status == 200:
                while stream.entries < plan["missed"]:
                    await asyncio.sleep(0.005)
                return time.monotonic() - begun, stream.entries
            await asyncio.sleep(1)

    async with asyncio.timeout(60):
        served = await asyncio.gather(*(one(person) for person in people))
    seconds = [moment for moment, _ in served]
    return {"seconds": max(seconds), "p50": share(seconds, 0.5) / 1000, "entries": sum(n for _, n in served), "statuses": dict(statuses)}


def main() -> None:
    """Carry out the plan on the first line of what is given."""
    raise_file_limit()
    plan = json.loads(sys.stdin.readline())
    settings.configure(SECRET_KEY=plan["secret"], USE_TZ=True)
    act = {"chat": chat, "idle": idle, "come_back": come_back}[plan["act"]]
    told = uvloop.run(asyncio.wait_for(act(plan), PATIENCE_SECONDS))
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
