"""V25: two visitors, however their doings interleave, never meet: one address, one line, cleared memories, cached scripts.

A thousand interleavings in a soak, two dozen otherwise.
"""

import asyncio
import itertools
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg
import pytest

from tests.faults.clients import SITE, new_key
from tests.faults.conftest import IS_SOAK
from tests.houses import House

INTERLEAVINGS = 1000 if IS_SOAK else 24
STEPS = 7
AT_ONCE = 12
_SCRIPTS = re.compile(r"/widget/(?:loader\.js|frame-[\w-]+\.(?:js|css))")
_numbers = itertools.count(1)


@dataclass
class Visitor:
    """One browser. `mark` is in all that this memory of it says; it is a new one whenever the memory is cleared."""

    line: httpx.AsyncClient
    address: str
    dice: random.Random
    world: "World"
    mark: str = ""
    resume: str = ""
    live: str = ""
    own: set[str] = field(default_factory=set)
    cached: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything, as a browser does that is told to."""
        self.mark, self.resume, self.live, self.own = f"visitor-{next(_numbers)}-", "", "", set()

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        own = {"x-forwarded-for": self.address, **({"authorization": f"Bearer {self.live}"} if self.live else {}), **headers}
        answer = await self.line.request(method, path, json=body, headers=own)
        assert answer.status_code < 500, (path, answer.text)
        assert "set-cookie" not in answer.headers, "nothing may hang on a cookie that two visitors of one proxy could share"
        self.judge(answer)
        return answer

    def judge(self, answer: httpx.Response) -> None:
        """Find nothing of the other's in what was answered, whatever it was that was asked."""
        for mark in re.findall(r"visitor-\d+-", answer.text):
            assert mark == self.mark, (str(answer.request.url), answer.text)
        for name in self.world.owners.keys() & set(re.findall(r"[0-9a-z]{26}", answer.text)):
            assert self.world.owners[name] == self.mark, (str(answer.request.url), answer.text)

    async def come(self) -> None:
        """Open the page: go on with what is remembered, or begin as nobody."""
        remembered = {"token": self.resume} if self.resume else {}
        answer = await self.ask("POST", "/widget/api/session", {"site": SITE, "language": "en", "zone": "", **remembered})
        assert answer.status_code == 200, answer.text
        said = answer.json()
        self.resume, self.live = said["token"], said["live"]
        assert {each["id"] for each in said["conversations"]} == self.own, "all that is theirs and nothing else"

    async def begin(self) -> None:
        if not self.live:
            await self.come()
        key = new_key(self.dice)  # In the words too: those that come twice are kept once.
        answer = await self.ask("POST", "/widget/api/conversations", {"key": key, "text": f"{self.mark} begins {key}."})
        assert answer.status_code == 201, answer.text
        said = answer.json()
        assert said["conversation"] not in self.world.owners, "a conversation of its own"
        self.world.owners[said["conversation"]] = self.mark
        self.own.add(said["conversation"])
        self.live = said["live"]

    async def say(self) -> None:
        if not self.own:
            await self.begin()
        name = self.dice.choice(sorted(self.own))
        key = new_key(self.dice)
        answer = await self.ask("POST", "/live/send", {"conversation": name, "key": key, "text": f"{self.mark} says {key}."})
        assert answer.status_code == 201, answer.text

    async def listen(self) -> None:
        """Read what was missed of every conversation."""
        for name in sorted(self.own):
            answer = await self.ask("GET", f"/live/poll?wait=0&after=0&watch={name}")
            assert answer.status_code == 200, answer.text
            assert self.mark in answer.text

    async def take_home(self) -> None:
        for name in sorted(self.own):
            answer = await self.ask("GET", f"/widget/api/conversations/{name}/transcript.txt")
            assert answer.status_code == 200, answer.text
            assert self.mark in answer.text

    async def load(self) -> None:
        """Load the page and its scripts, from the cache where there is one: they are everybody's, and know nobody."""
        page = await self.ask("GET", f"/widget/frame?site={SITE}")
        for path in sorted({*_SCRIPTS.findall(page.text), "/widget/loader.js"}):
            if path not in self.cached:
                self.cached[path] = (await self.ask("GET", path)).text
        await self.come()

    async def meddle(self) -> None:
        """Ask for what is the other's, by a name that was overheard."""
        theirs = sorted(name for name, mark in self.world.owners.items() if mark != self.mark)
        if not theirs or not self.live:
            return
        name = self.dice.choice(theirs)
        deeds: list[tuple[str, str, Any]] = [
            ("GET", f"/live/poll?wait=0&after=0&watch={name}", None),
            ("GET", f"/widget/api/conversations/{name}/transcript.txt", None),
            ("GET", f"/widget/api/conversations/{name}/earlier", None),
            ("POST", "/live/send", {"conversation": name, "key": new_key(self.dice), "text": f"{self.mark} intrudes."}),
            ("GET", f"/widget/api/conversations/{name}/place", None),
            ("POST", f"/widget/api/conversations/{name}/end", {}),
            ("POST", f"/widget/api/conversations/{name}/rating", {"key": new_key(self.dice), "score": 1}),
            ("POST", "/live/seen", {"conversation": name, "delivered": 1, "read": 1}),
            ("POST", "/live/signal", {"conversation": name, "typing": True}),
        ]
        method, path, body = self.dice.choice(deeds)
        assert (await self.ask(method, path, body)).status_code in {404, 429}

    async def forget(self) -> None:
        self.clear()


@dataclass
class World:
    """Two visitors, and whose each conversation is."""

    owners: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def patient_house(make_house: Callable[..., House]) -> Iterator[House]:
    """A house that counts nobody's deeds: hundreds of visits within a minute are the test's, and no flood."""
    house = make_house(VIGIL_TRUSTED_PROXIES="127.0.0.1", VIGIL_TEST_BREAK="budgets")
    house.program = ("-m", "tests.faults.broken")
    house.start()
    yield house
    house.stop()


async def _interleave(house: House, line: httpx.AsyncClient, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 (chance that a seed repeats)
    world = World()
    shared = f"10.{seed >> 8 & 255}.{seed & 255}.7"
    addresses = (shared, shared if dice.random() < 0.7 else f"10.{seed >> 8 & 255}.{seed & 255}.8")
    pair = [Visitor(line, address, random.Random(dice.random()), world) for address in addresses]  # noqa: S311 (as above)
    deeds = [Visitor.come, Visitor.begin, Visitor.say, Visitor.say, Visitor.listen, Visitor.take_home, Visitor.load]
    deeds += [Visitor.meddle, Visitor.meddle, Visitor.forget]
    for _ in range(STEPS):
        # One after the other, or both at the same moment.
        who = pair if dice.random() < 0.4 else [dice.choice(pair)]
        await asyncio.gather(*(dice.choice(deeds)(visitor) for visitor in who))
    for visitor in pair:
        await visitor.come()
        await visitor.listen()


def test_v25_however_the_doings_of_two_visitors_interleave_they_never_meet(patient_house: House) -> None:
    async def run() -> None:
        waiting = iter(range(INTERLEAVINGS))
        # One line for everybody, as behind a proxy: what belongs together is told by the token alone.
        async with httpx.AsyncClient(base_url=patient_house.url, trust_env=False, timeout=30) as line:

            async def one_after_the_other() -> None:
                for seed in waiting:
                    await _interleave(patient_house, line, seed)

            await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))

    asyncio.run(run())
    question = (
        "SELECT c.public_id, c.customer_id, substring(e.text from 'visitor-[0-9]+-') FROM conversations_entry e "
        "JOIN conversations_conversation c ON c.id = e.conversation_id WHERE e.kind = 'message'"
    )
    with psycopg.connect(patient_house.database_url) as connection:
        rows = connection.execute(question).fetchall()
    assert len({name for name, _, _ in rows}) > INTERLEAVINGS // 2
    marks = {(name, mark) for name, _, mark in rows}
    assert len(marks) == len({name for name, _ in marks}), "no conversation has words of two visitors"
    people = {(customer, mark) for _, customer, mark in rows}
    assert len(people) == len({customer for customer, _ in people}) == len({mark for _, mark in people}), "a visitor is a customer"
