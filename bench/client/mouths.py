"""Connections that post, at a rate or as fast as they are answered."""

import asyncio
import json
import random
import time
from collections import Counter, deque
from collections.abc import Sequence
from itertools import count
from secrets import token_hex
from typing import Any
from uuid import uuid4

from bench.client.ears import Ears
from bench.client.people import Person
from bench.phrases import AGENT, CUSTOMER, LANGUAGES, say
from bench.wire import Poster

_ANSWER_SECONDS = 10.0
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
        until = time.monotonic() + _ANSWER_SECONDS
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
