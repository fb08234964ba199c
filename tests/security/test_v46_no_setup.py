"""V46: once a house stands there is no door by which somebody could set it up again, not even fifty at the same moment."""

import asyncio
import itertools

import psycopg

from tests.faults import wire
from tests.houses import House

# Where other systems have kept theirs, and where ours would be.
_WIZARDS = [
    "/setup", "/install", "/wizard", "/admin/", "/admin/login/", "/onboarding", "/register", "/signup", "/api/setup", "/desk/setup",
    "/desk/install", "/desk/sign-up", "/desk/register", "/desk/agents", "/desk/agents/new", "/desk/admin", "/widget/api/setup",
    "/widget/api/agents", "/live/setup",
]  # fmt: skip
_FORM = b"email=mallory%40evil.example&name=Mallory&public_name=M&role=admin&password=correct-horse-battery&password2=correct-horse-battery"
_KINDS = ("application/x-www-form-urlencoded", "application/json")
_TEAM = "SELECT md5(string_agg(a::text, '|' ORDER BY id)), count(*) FROM team_agent a"


def test_v46_fifty_at_once_find_no_door_that_makes_an_admin(target: House) -> None:
    async def knock(path: str, kind: str) -> tuple[str, int]:
        body = (
            _FORM if kind.endswith("urlencoded") else b'{"email":"mallory@evil.example","role":"admin","password":"correct-horse-battery"}'
        )
        answer = await wire.ask(target.port, "POST", path, body, headers={"content-type": kind})
        return path, answer.status

    async def run() -> list[tuple[str, int]]:
        doors = itertools.islice(itertools.cycle(itertools.product(_WIZARDS, _KINDS)), 50)
        return list(await asyncio.gather(*(knock(*door) for door in doors)))

    with psycopg.connect(target.database_url, autocommit=True) as connection:
        before = connection.execute(_TEAM).fetchone()
        answers = asyncio.run(run())
        assert connection.execute(_TEAM).fetchone() == before, "nobody was hired, and nobody was changed"
    assert len(answers) == 50
    assert {status for _, status in answers} <= {403, 404, 405}, answers
