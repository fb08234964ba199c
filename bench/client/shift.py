"""A shift: fifty desks and two hundred customers who write at a human pace."""

import asyncio
import random
import time
from collections.abc import Coroutine, Sequence
from secrets import token_hex
from typing import Any
from uuid import uuid4

from bench.client.board import Board
from bench.client.browser import Browser
from bench.client.deeds import ROUND
from bench.client.desk import Desk
from bench.client.people import guest_token
from bench.client.watching import watch
from bench.phrases import CUSTOMER, LANGUAGES, say

_TYPES = 2.0  # seconds before a message in which the other side sees that somebody writes
_LEAST = 4.0  # between two messages of one customer
_TOKEN_LASTS = 540.0
_LAST_MOMENT = 3.0
# The same words twice are kept once; numbers begin anew with each run.
_RUN = token_hex(3)


class Customer:
    """One who chats: listens, and writes now and then."""

    def __init__(self, number: int, one: dict[str, Any], port: int, board: Board, desks: set[int]) -> None:
        self._number, self._one, self._port, self._board, self._desks = number, one, port, board, desks
        self._browser = Browser(port, "none=0")
        self._chance = random.Random(-number - 1)
        self._language = LANGUAGES[number % len(LANGUAGES)]
        self._token, self._made_at = "", 0.0
        self._seen = one["after"]

    def token(self) -> str:
        """Give a token as the widget's session hands it out, a new one before the old one is over."""
        if not self._token or time.monotonic() - self._made_at > _TOKEN_LASTS:
            self._token, self._made_at = guest_token(self._one), time.monotonic()
        return self._token

    async def listen(self) -> None:
        """Follow the own conversation."""
        while True:
            query = f"?watch={self._one['conversation']}&after={self._seen}"
            stream = await watch(self._port, self._number, self.token(), query, self._take)
            await stream.ended
            await asyncio.sleep(self._chance.uniform(0, 0.2))

    def _take(self, event: str, data: Any, _at: float) -> None:
        if event == "entry" and data["conversation"] == self._one["conversation"]:
            self._seen = max(self._seen, data["seq"])

    async def talk(self, pace: float) -> None:
        """Write every `pace` seconds or so, seen to be typing before."""
        await asyncio.sleep(self._chance.uniform(0, pace))
        while True:
            await self._browser.tell("/live/signal", self.token(), {"conversation": self._one["conversation"], "typing": True})
            await asyncio.sleep(_TYPES)
            await self._say()
            await asyncio.sleep(max(_LEAST, self._chance.expovariate(1 / (pace - _TYPES))))

    async def _say(self) -> None:
        number = self._board.expect(time.monotonic(), self._desks)
        text = f"{say(CUSTOMER, self._language, self._chance)} {_RUN} ~m{number}~"
        body = {"conversation": self._one["conversation"], "key": str(uuid4()), "text": text}
        answer = await self._browser.tell("/live/send", self.token(), body)
        self._board.note("a customer's message", answer.took)
        if answer.status == 201:
            self._board.stored(number)
        else:
            self._board.refused(number)
            self._board.complain(f"a customer's message: {answer.status} {answer.body[:120]!r}")


async def work(desk: Desk, pace: float) -> None:
    """Do what an agent does, one thing after another with a pause in between."""
    await asyncio.sleep(desk.chance.uniform(0, pace))
    while True:
        for deed in desk.chance.sample(ROUND, len(ROUND)):
            try:
                await deed(desk)
            except Exception as error:  # noqa: BLE001 (one thing that goes wrong must not end a shift; it is told)
                desk.board.complain(f"{deed.__name__}: {error!r}"[:160])
            await asyncio.sleep(desk.chance.uniform(pace / 2, pace * 1.5))


async def shift(plan: dict[str, Any]) -> dict[str, Any]:
    """Let everybody come, settle in, and then work for as long as is measured."""
    board = Board()
    desks = [Desk(number, one, plan["port"], board) for number, one in enumerate(plan["desks"])]
    in_team: dict[int, set[int]] = {}
    for desk in desks:
        in_team.setdefault(desk.team, set()).add(desk.number)
    customers = [Customer(number, one, plan["port"], board, in_team[one["team"]]) for number, one in enumerate(plan["guests"])]
    for desk in desks:
        await desk.begin()
    acts: list[Coroutine[Any, Any, None]] = [one.listen() for one in customers]
    acts += [one.talk(plan["customers_pace"]) for one in customers]
    acts += [work(desk, plan["agents_pace"]) for desk in desks]
    told = await _let_work(acts, board, plan)
    for desk in desks:
        await desk.end()
    return told


async def _let_work(acts: Sequence[Coroutine[Any, Any, None]], board: Board, plan: dict[str, Any]) -> dict[str, Any]:
    tasks = [asyncio.create_task(act) for act in acts]
    await asyncio.sleep(plan["settling"])
    begun, board.counts = time.monotonic(), True
    await asyncio.sleep(plan["seconds"])
    ended, board.counts = time.monotonic(), False
    # What was said last still has a moment to arrive, with everybody still there.
    await asyncio.sleep(_LAST_MOMENT)
    told = {**board.told(), "begun": begun, "ended": ended}
    for task in tasks:
        # Nobody goes home before the end: whoever did would be missed in every figure.
        if task.done():
            task.result()
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return told
