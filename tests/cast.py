"""The same people in every test.

Ada (English), Wei (simplified Chinese) and Irina (Russian) ask for help. Noor answers them, Sol supervises Noor's team.
Olek works in another team and must never see theirs. Mallory attacks.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connection

from vigil.conversations import commands as conversations
from vigil.customers import commands as customers
from vigil.kernel.errors import Refusal
from vigil.kernel.ids import new_public_id
from vigil.safety import commands as safety
from vigil.team import commands as team
from vigil.team import queries as people
from vigil.workspace.sight import Sight

# A Saturday night, two minutes before midnight in UTC.
NIGHT = datetime(2026, 2, 28, 23, 58, tzinfo=UTC)
PASSWORD = "correct horse battery staple"


def later(minutes: float = 1) -> datetime:
    """Tell the moment `minutes` after the night of the tests."""
    return NIGHT + timedelta(minutes=minutes)


@dataclass(frozen=True)
class Desk:
    """The people and queues of one test."""

    noor: Sight
    sol: Sight
    olek: Sight
    queue: str
    far_queue: str


# The same rows are made in hundreds of tests, each in a database that has forgotten them: once as the team would, then from memory.
_REMEMBERED = ("team.Team", "team.Queue", "team.Agent", "team.Agent_teams")


def open_the_desk() -> Desk:
    """Make two teams: Noor and Sol work for the near one, Olek for the far one."""
    models = [apps.get_model(name) for name in _REMEMBERED]
    if any(model.objects.exists() for model in models):
        return _hire()
    if not _memory:
        _memory.append((_hire(), [list(model.objects.all()) for model in models]))
    else:
        for model, rows in zip(models, _memory[0][1], strict=True):
            model.objects.bulk_create(copy(row) for row in rows)
    return _memory[0][0]


_memory: list[tuple[Desk, list[list[Any]]]] = []


def _hire() -> Desk:
    near = team.ensure_team(key="near", name="Near")
    far = team.ensure_team(key="far", name="Far")
    team.ensure_queue(key="emea-general", name="General", team_id=near, position=0)
    team.ensure_queue(key="near-deposits", name="Deposits", team_id=near, position=1)
    team.ensure_queue(key="apac-general", name="Asia", team_id=near, position=2)
    team.ensure_queue(key="amer-general", name="America", team_id=far, position=0)
    noor = team.ensure_agent(
        email="noor@vigil.example",
        name="Noor Haddad",
        public_name="Noor",
        role="agent",
        languages=["en", "ru"],
        team_ids=[near],
        password=PASSWORD,
    )
    sol = team.ensure_agent(
        email="sol@vigil.example",
        name="Sol Reyes",
        public_name="Sol",
        role="supervisor",
        languages=["en"],
        team_ids=[near],
        password=PASSWORD,
    )
    olek = team.ensure_agent(
        email="olek@vigil.example",
        name="Olek Bondar",
        public_name="Olek",
        role="agent",
        languages=["en"],
        team_ids=[far],
        password=PASSWORD,
    )
    return Desk(people.get_sight(noor), people.get_sight(sol), people.get_sight(olek), "emea-general", "amer-general")


def ada() -> int:
    """Make Ada, who writes English."""
    return customers.register(name=safety.mask_line("Ada Byron"), language="en", addresses={"email": "ada@mail.example"}, at=NIGHT)


def wei() -> int:
    """Make Wei, who writes simplified Chinese."""
    return customers.register(name=safety.mask_line("魏明"), language="zh-Hans", addresses={"email": "wei@mail.example"}, at=NIGHT)


def irina() -> int:
    """Make Irina, who writes Russian."""
    return customers.register(name=safety.mask_line("Ирина Власова"), language="ru", addresses={"email": "irina@mail.example"}, at=NIGHT)


def mallory() -> int:
    """Make Mallory, who attacks."""
    return customers.register(name=safety.mask_line("Mallory"), language="en", addresses={"email": "mallory@mail.example"}, at=NIGHT)


def opens(
    customer_id: int,
    text: str = "My deposit has not arrived.",
    *,
    at: datetime = NIGHT,
    key: UUID | None = None,
    queue: str = "emea-general",
) -> str:
    """Let a customer open a chat; return its name."""
    opening = conversations.Opening(customer_id, "chat", "en", key or uuid4(), text, queue)
    return conversations.open_conversation(opening, at=at).conversation


def writes(
    customer_id: int, conversation: str, text: str, *, at: datetime, key: UUID | None = None, files: tuple[str, ...] = (), of: str = ""
) -> conversations.Written:
    """Let a customer write, and send files that the subject `of` has uploaded."""
    return conversations.receive_message(conversations.Message(conversation, customer_id, key or uuid4(), text, "", files, of), at=at)


def answers(sight: Sight, conversation: str, text: str, *, at: datetime, key: UUID | None = None) -> conversations.Written:
    """Let an agent answer."""
    return conversations.reply(conversations.Words(conversation, sight, key or uuid4(), text), at=at)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Let everybody act at the same moment, each on a connection of their own; tell what each got, a refusal among it."""
    start = Barrier(len(deeds))

    def act(deed: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return deed()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as hands:
        return list(hands.map(act, deeds))


def file_of(owner: str, *, kind: str = "webp", state: str = "ready", name: str = "") -> str:
    """Let a subject have sent a file, already judged; return its name. No bytes lie behind it."""
    # Tests may look into the rows of any app.
    row = apps.get_model("files", "File").objects.create(
        public_id=name or new_public_id(),
        owner=owner,
        name=safety.mask_line("screen"),
        kind=kind,
        size=1200,
        sha256="0" * 64,
        width=640 if kind == "webp" else None,
        height=480 if kind == "webp" else None,
        has_thumbnail=kind == "webp",
        state=state,
        created_at=NIGHT,
        settled_at=NIGHT,
    )
    return str(row.public_id)
