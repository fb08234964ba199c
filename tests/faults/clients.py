"""Simulated customers and agents over real HTTP: they keep their keys, retry what is unknown, and resume their streams."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from django.core import signing

from tests.faults import wire
from tests.faults.history import SHOWN_TO_CUSTOMERS, Journal
from tests.houses import House
from vigil.kernel import clock

SITE = "site_demo"
_AGAIN = {429, 503}
# What one client waits at most before it asks again; the server's own wish is honoured below that.
_LONGEST_WAIT = 1.5


def new_key(dice: random.Random) -> str:
    """Roll a sending's key: a random UUID that the seed repeats."""
    return str(UUID(int=dice.getrandbits(128), version=4))


@dataclass
class Client:
    """What customers and agents have in common."""

    name: str
    house: House
    journal: Journal
    dice: random.Random
    conversation: str = ""
    token: str = ""
    after: int = 0
    is_staff: bool = False
    byes: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    stopping: bool = False
    port: int = 0
    streams: int = 0

    async def refresh(self) -> None:
        """Get a fresh live token."""
        raise NotImplementedError

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}

    async def send(self, text: str, *, within: float = 30.0, **more: str) -> dict[str, Any] | None:
        """Say something, again and again with the same key until the outcome is known; None when time is up."""
        key = new_key(self.dice)
        body = {"conversation": self.conversation, "key": key, "text": text, **more}
        return await self.insist("/live/send", body, within=within)

    async def insist(self, path: str, body: dict[str, Any], *, within: float = 30.0) -> dict[str, Any] | None:
        """Post until the outcome is known, and write down what was told."""
        key = body["key"]
        self.journal.note("invoke", self.name, key=key)
        until = asyncio.get_running_loop().time() + within
        while asyncio.get_running_loop().time() < until:
            try:
                answer = await self.ask("POST", path, body)
            except wire.Broken:
                self.journal.note("unknown", self.name, key=key)
                await asyncio.sleep(self.dice.uniform(0.05, 0.2))
                continue
            if answer.status in {200, 201}:
                said: dict[str, Any] = answer.json()
                self.journal.note("ok", self.name, key=key, conversation=said["conversation"], seq=said["seq"], status=answer.status)
                return said
            await self._take_no(key, answer)
            if answer.status not in {*_AGAIN, 401}:
                return None
        self.journal.note("unknown", self.name, key=key)
        return None

    async def _take_no(self, key: str, answer: wire.Answer) -> None:
        if answer.status == 401:
            await self.refresh()
        elif answer.status in _AGAIN:
            assert answer.retry_after is not None, f"{answer.status} without Retry-After"
            await asyncio.sleep(min(_LONGEST_WAIT, answer.retry_after) * self.dice.uniform(0.5, 1.0))
        else:
            self.journal.note("fail", self.name, key=key, status=answer.status, body=answer.body.decode(errors="replace")[:200])

    async def ask(self, method: str, path: str, body: Any = None, **more: Any) -> wire.Answer:
        """Ask once, as this client."""
        headers = {**self.headers, **more.pop("headers", {})}
        answer = await wire.ask(self.port or self.house.port, method, path, body, headers=headers, **more)
        self.statuses.append(answer.status)
        return answer

    async def listen(self) -> None:
        """Read the stream of the own conversation, from break to break, until told to stop."""
        while not self.stopping:
            with contextlib.suppress(wire.Broken):
                await self._listen_once()
            await asyncio.sleep(self.dice.uniform(0.02, 0.15))

    async def _listen_once(self) -> None:
        path = f"/live/stream?after={self.after}&watch={self.conversation}"
        stream = await wire.open_stream(self.port or self.house.port, path, token=self.token)
        try:
            if stream.status == 401:
                await self.refresh()
            if stream.status != 200:
                self.statuses.append(stream.status)
                return
            self.streams += 1
            async for event, data in self._watched(stream):
                self._take(event, data)
                if event == "bye" or self.stopping:
                    return
        finally:
            stream.close()

    async def _watched(self, stream: wire.Stream) -> AsyncIterator[tuple[str, Any]]:
        async for event, data in stream.frames():
            yield event, data

    def _take(self, event: str, data: Any) -> None:
        if event == "bye":
            self.byes.append(data["reason"])
        elif event == "entry" and data["conversation"] == self.conversation:
            self.journal.note("shown", self.name, conversation=self.conversation, seq=data["seq"])
            self.after = max(self.after, data["seq"])

    async def catch_up(self, seq: int, *, within: float = 10.0) -> None:
        """Wait until the stream has shown the number `seq`. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while self.after < seq:
                await asyncio.sleep(0.02)

    async def stay_until(self, seq: int, *, within: float = 12.0) -> None:
        """Wait until the stream has shown the number `seq`, and write down that this client stayed to the end."""
        with contextlib.suppress(TimeoutError):
            await self.catch_up(seq, within=within)
        self.journal.note("stayed", self.name, conversation=self.conversation, is_staff=self.is_staff)


@dataclass
class Customer(Client):
    """A guest of the widget."""

    resume: str = ""

    def __post_init__(self) -> None:
        # Every guest has an address of its own, told by the proxy that the houses of these tests trust.
        self._address = f"10.{self.dice.randrange(256)}.{self.dice.randrange(256)}.{self.dice.randrange(1, 255)}"

    @property
    def headers(self) -> dict[str, str]:
        own = {"x-forwarded-for": self._address}
        return {**own, **super().headers} if self.token else own

    async def refresh(self) -> None:
        body = {"site": SITE, "language": "en", "zone": "UTC", **({"token": self.resume} if self.resume else {})}
        answer = await self.ask("POST", "/widget/api/session", body)
        if answer.status == 200:
            said = answer.json()
            self.resume, self.token = said["token"], said["live"]

    async def arrive(self, text: str = "My deposit has not arrived.") -> None:
        """Come in and open a conversation, as often as it takes."""
        while not self.token:
            with contextlib.suppress(wire.Broken):
                await self.refresh()
            await asyncio.sleep(0 if self.token else 0.1)
        said = await self.insist("/widget/api/conversations", {"key": new_key(self.dice), "text": text, "language": "en"})
        assert said is not None, f"{self.name} could not open a conversation: {self.statuses[-5:]}"
        self.conversation = said["conversation"]
        self.token = said.get("live", self.token)


@dataclass
class Agent(Client):
    """Noor at the desk, with a token signed by the house's own key."""

    email: str = "noor@vigil.example"

    def __post_init__(self) -> None:
        self.is_staff = True

    async def refresh(self) -> None:
        self.token = token_of_agent(self.house, self.email)


def token_of_agent(house: House, email: str = "noor@vigil.example") -> str:
    """Sign what the desk would sign for this agent."""
    with psycopg.connect(house.database_url) as connection:
        found = connection.execute(
            "SELECT id, session_epoch, role, name, public_name, "
            "(SELECT array_agg(team_id ORDER BY team_id) FROM team_agent_teams t WHERE t.agent_id = a.id) "
            "FROM team_agent a WHERE email = %s",
            (email,),
        ).fetchone()
    assert found is not None
    number, epoch, role, name, public_name, teams = found
    detail = {"agent": number, "role": role, "teams": teams, "name": name, "public_name": public_name, "watch": {}}
    return sign(
        house, subject=f"agent:{number}:{epoch}", topics=[f"a:{number}", *(f"t:{team}" for team in teams)], door="desk", detail=detail
    )


def sign(house: House, *, subject: str, topics: list[str], door: str, detail: dict[str, Any], seconds: int = 590) -> str:
    """Sign a live token with the house's key, as the product writes it."""
    key = (house.var / "secret.key").read_text(encoding="utf-8")
    body = {"s": subject, "t": sorted(topics), "d": door, "c": detail, "l": "en", "x": int(clock.now().timestamp()) + seconds}
    return signing.Signer(key=key, salt="vigil.live").sign_object(body, compress=True)


@contextlib.asynccontextmanager
async def listening(*clients: Client) -> AsyncIterator[None]:
    """Let clients listen for as long as the block runs."""
    tasks = [asyncio.create_task(client.listen()) for client in clients]
    try:
        yield
    finally:
        for client in clients:
            client.stopping = True
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def last_numbers(house: House) -> dict[tuple[str, bool], int]:
    """Read the newest number of every conversation, as its customer (False) and as the staff (True) may know it."""
    question = (
        "SELECT public_id, max(seq), max(seq) FILTER (WHERE kind = ANY(%s)) FROM conversations_entry e "
        "JOIN conversations_conversation c ON c.id = e.conversation_id GROUP BY public_id"
    )
    with psycopg.connect(house.database_url) as connection:
        rows = connection.execute(question, [list(SHOWN_TO_CUSTOMERS)]).fetchall()
    return {(row[0], is_staff): row[1] if is_staff else row[2] for row in rows for is_staff in (False, True)}


async def stay_to_the_end(house: House, *clients: Client, within: float = 12.0) -> None:
    """Wait until every client was shown everything that is stored."""
    ends = await asyncio.to_thread(last_numbers, house)
    await asyncio.gather(*(client.stay_until(ends[client.conversation, client.is_staff], within=within) for client in clients))
