"""The live customers: their pace, what they send through the doors, and when they go."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import httpx
import pytest

from vigil.demo.traffic import play
from vigil.demo.traffic.door import Door, Turned, read_frames
from vigil.demo.traffic.pace import dice, reading_seconds, seconds_to_next, typing_seconds
from vigil.demo.traffic.visitor import Visitor
from vigil.demo.world.schema import Script

IRINA = Script(
    key="irina", language="ru", topic="fees", opening=("Здравствуйте!", "Вопрос про комиссию"), follow_ups=("{order}",), thanks="Спасибо"
)


class Desk:
    """A front door that answers every message of the customer, or none."""

    def __init__(self, *, answers: bool = True) -> None:
        self.answers = answers
        self.said: list[str] = []
        self.sessions: list[dict[str, str]] = []
        self.typed = 0
        self.expire_next_send = False
        self._news: asyncio.Queue[bytes] = asyncio.Queue()
        self._seq = 0

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        match request.url.path:
            case "/widget/api/session":
                self.sessions.append(json.loads(request.content))
                return httpx.Response(200, json={"token": "next", "live": f"live{len(self.sessions)}", "conversations": []})
            case "/widget/api/conversations" | "/live/send":
                return self._take(request)
            case "/live/signal":
                self.typed += 1
                return httpx.Response(204)
        return httpx.Response(200, content=self._stream())

    def _take(self, request: httpx.Request) -> httpx.Response:
        if self.expire_next_send and request.url.path == "/live/send":
            self.expire_next_send = False
            return httpx.Response(401, json={"error": "token_expired", "message": "…"})
        self.said.append(json.loads(request.content)["text"])
        self._tell("message", self.said[-1])
        if self.answers and len(self.said) >= len(IRINA.opening):
            self._tell("reply", "Смотрю.")
        return httpx.Response(201, json={"conversation": "c1", "seq": self._seq, "live": "live"})

    def _tell(self, kind: str, text: str) -> None:
        self._seq += 1
        data = json.dumps({"conversation": "c1", "seq": self._seq, "kind": kind, "text": text}, ensure_ascii=False)
        self._news.put_nowait(f"id: {self._seq}\nevent: entry\ndata: {data}\n\n".encode())

    async def _stream(self) -> AsyncIterator[bytes]:
        yield b"retry: 1000\n: hello\n\n"
        while True:
            yield await self._news.get()


@pytest.fixture
def visit() -> Callable[[Desk, float], Coroutine[Any, Any, bool]]:
    async def nap(seconds: float) -> None:
        await asyncio.sleep(0)

    async def play(desk: Desk, patience_seconds: float) -> bool:
        async with httpx.AsyncClient(base_url="http://front.example", transport=httpx.MockTransport(desk)) as client:
            door = Door(client, site="site_demo", language="ru", zone="Asia/Almaty", pause=nap)
            return await Visitor(door, IRINA, dice(1), patience_seconds=patience_seconds, pause=nap).visit()

    return play


Visit = Callable[[Desk, float], Coroutine[Any, Any, bool]]


def test_irina_says_everything_in_order_and_leaves_content(visit: Visit) -> None:
    desk = Desk()
    assert asyncio.run(visit(desk, 5.0)) is True
    assert desk.said == ["Здравствуйте!", "Вопрос про комиссию", "{order}", "Спасибо"]
    assert desk.typed == 3


def test_irina_leaves_when_nobody_answers(visit: Visit) -> None:
    desk = Desk(answers=False)
    assert asyncio.run(visit(desk, 0.05)) is False
    assert desk.said == ["Здравствуйте!", "Вопрос про комиссию"]


def test_an_expired_token_is_renewed_with_the_resume_token_and_nothing_is_lost(visit: Visit) -> None:
    desk = Desk()
    desk.expire_next_send = True
    assert asyncio.run(visit(desk, 5.0)) is True
    assert desk.said == ["Здравствуйте!", "Вопрос про комиссию", "{order}", "Спасибо"]
    assert [session.get("token") for session in desk.sessions] == [None, "next"]


def test_a_closed_door_is_reported_without_words() -> None:
    async def refuse(request: httpx.Request) -> httpx.Response:
        return httpx.Response(403)

    async def knock() -> None:
        async with httpx.AsyncClient(base_url="http://front.example", transport=httpx.MockTransport(refuse)) as client:
            await Door(client, site="other", language="en", zone="UTC").arrive()

    with pytest.raises(Turned, match=r"^session was answered with 403$"):
        asyncio.run(knock())


def test_frames_are_read_and_comments_pass_by() -> None:
    async def lines() -> AsyncIterator[str]:
        for line in (": hello", "", "id: 4", "event: entry", 'data: {"seq": 4}', "", ":", "", 'data: {"a": 1}', ""):
            yield line

    async def read() -> list[tuple[str, str]]:
        return [frame async for frame in read_frames(lines())]

    assert asyncio.run(read()) == [("entry", '{"seq": 4}'), ("message", '{"a": 1}')]


def test_longer_words_take_longer_and_identifiers_are_pasted() -> None:
    assert typing_seconds("да", dice(1)) < typing_seconds("Отправила по другой сети на тот же адрес", dice(1))
    assert typing_seconds("a" * 64, dice(1)) < 2
    assert typing_seconds("很長的一句話" * 30, dice(1)) == 20


def test_reading_takes_between_two_and_fifteen_seconds() -> None:
    assert reading_seconds("ok", dice(1)) == 2
    assert reading_seconds("字" * 2000, dice(1)) == 15


def test_customers_come_at_the_chosen_rate_on_average() -> None:
    rng = dice(20251010)
    pauses = [seconds_to_next(6.0, rng) for _ in range(4000)]
    assert sum(pauses) / len(pauses) == pytest.approx(10.0, rel=0.05)


def test_play_lets_customers_in_and_sends_them_away_when_time_is_over() -> None:
    told: list[str] = []
    play_for_a_moment = play(
        "http://front.example",
        site="site_demo",
        brand="MEXC",
        say=told.append,
        per_minute=60_000,
        at_once=3,
        for_seconds=0.3,
        transport=httpx.MockTransport(Desk(answers=False)),
    )
    assert asyncio.run(play_for_a_moment) == 3
    assert [line.split(" (")[0] for line in told] == ["Customer 1", "Customer 2", "Customer 3"]
