"""Builds the written world, through the commands that everybody else uses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Literal
from uuid import UUID, uuid5

from django.contrib.auth.hashers import make_password
from django.db import transaction

from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.customers import commands as customers
from vigil.demo.identifiers import fill_words
from vigil.demo.world.loader import load_world
from vigil.demo.world.schema import Conversation, Customer, Turn, World
from vigil.macros import commands as macros
from vigil.safety import commands as safety
from vigil.team import commands as team
from vigil.team import queries as team_queries
from vigil.workspace.profile import profile
from vigil.workspace.sight import Sight

# A step, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]
PRIORITIES = {"urgent": 1, "high": 2, "normal": 3, "low": 4}
# Every sending key of the demo is made under this name and the seed, so that a second building repeats the first.
_KEYS = uuid5(UUID(int=0), "vigil.demo:20251010")


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who is there: sights and zones by the key of a person, ids by the key of a customer, a supervisor's key by team."""

    sights: Mapping[str, Sight]
    zones: Mapping[str, str]
    customers: Mapping[str, int]
    supervisors: Mapping[str, str]


def create_world(*, at: datetime, password: str, progress: Progress) -> None:
    """Make the teams, the people and the conversations of the demo, as if the last one had just happened at `at`.

    Everybody of the team signs in with `password`. Steps are told through `progress`. May be repeated at any moment: what is
    there already stays as it is, and a building that was interrupted goes on.
    """
    world = load_world()
    cast = _Cast(
        sights=_make_staff(world, password, progress),
        zones={person.key: person.zone for person in world.staff},
        customers=_make_customers(world, at, progress),
        supervisors={key: person.key for person in reversed(world.staff) if person.role == "supervisor" for key in person.teams},
    )
    _make_macros(world, progress)
    # The oldest first, so that what was begun earlier also comes first wherever nothing else decides.
    told = queries.opened_under(_key(one, 0) for one in world.conversations)
    for done, one in enumerate(sorted(world.conversations, key=lambda c: -c.started_minutes_ago), start=1):
        if _key(one, 0) not in told:
            _tell(one, next(c for c in world.customers if c.key == one.customer), cast, at)
        progress("Conversations", done, len(world.conversations))


def _make_staff(world: World, password: str, progress: Progress) -> dict[str, Sight]:
    teams = {row.key: team.ensure_team(key=row.key, name=row.name) for row in world.teams}
    for position, queue in enumerate(world.queues):
        team.ensure_queue(key=queue.key, name=queue.name, team_id=teams[queue.team], position=position)
    sights = {}
    # Each hash takes a tenth of a second, on purpose; one does for the one password that the page itself tells.
    hash_password = cache(make_password)
    for done, person in enumerate(world.staff, start=1):
        agent_id = team.ensure_agent(
            email=person.email,
            name=person.name,
            public_name=person.public_name,
            role=person.role,
            languages=list(person.languages),
            team_ids=[teams[key] for key in person.teams],
            password=password,
            hash_password=hash_password,
            zone=person.zone,
            shift=f"{person.shift_from_hour:02}:00-{person.shift_to_hour:02}:00",
        )
        sights[person.key] = team_queries.get_sight(agent_id)
        progress("Staff", done, len(world.staff))
    return sights


def _make_customers(world: World, at: datetime, progress: Progress) -> dict[str, int]:
    made = {}
    for done, one in enumerate(world.customers, start=1):
        made[one.key] = customers.register(
            name=safety.mask_line(one.name),
            language=one.language,
            addresses={"email": one.email},
            at=at - timedelta(minutes=_first_seen_minutes_ago(world, one)),
            zone=one.zone,
            country=one.country,
            tier=one.tier,
            uid=one.uid or "",
        )
        progress("Customers", done, len(world.customers))
    return made


def _make_macros(world: World, progress: Progress) -> None:
    brand = profile().name
    for done, macro in enumerate(world.macros, start=1):
        macros.ensure_macro(
            key=macro.key,
            position=done,
            team_id=team.ensure_team(key=macro.team, name=macro.team) if macro.team else None,
            titles=macro.titles,
            texts={language: text.replace("{brand}", brand) for language, text in macro.texts.items()},
        )
        progress("Macros", done, len(world.macros))


def _first_seen_minutes_ago(world: World, customer: Customer) -> int:
    return max((c.started_minutes_ago for c in world.conversations if c.customer == customer.key), default=0)


def _tell(one: Conversation, customer: Customer, cast: _Cast, at: datetime) -> None:
    # A conversation is there whole or not at all: an interrupted building must not take half a one for done.
    with transaction.atomic():
        _Telling(one, customer, cast, at).tell()


def _key(one: Conversation, number: int) -> UUID:
    return uuid5(_KEYS, f"conversation {one.number}, turn {number}")


class _Telling:
    """One conversation on its way from its first word to where it stands."""

    def __init__(self, one: Conversation, customer: Customer, cast: _Cast, at: datetime) -> None:
        self._one = one
        self._customer = customer
        self._cast = cast
        self._began_at = at - timedelta(minutes=one.started_minutes_ago)
        self._now = self._began_at
        self._id = ""

    def tell(self) -> None:
        first, *turns = self._one.turns
        opened = conversations.open_conversation(
            conversations.Opening(
                customer_id=self._cast.customers[self._one.customer],
                channel=self._one.channel,
                language=self._one.language,
                key=_key(self._one, 0),
                text=self._with_subject(first),
                queue=self._one.queue,
                topic=self._one.topic,
            ),
            at=self._began_at,
        )
        self._id = opened.conversation
        self._set_priority()
        for number, turn in enumerate(turns, start=1):
            self._now += timedelta(seconds=turn.after_seconds)
            self._play(number, turn)
        self._finish()

    def _play(self, number: int, turn: Turn) -> None:
        if turn.who == "customer":
            self._hear(number, turn)
            return
        sight = self._sight(turn)
        self._give_to_agent()
        if turn.who == "resolve":
            conversations.set_status(conversation=self._id, sight=sight, status="resolved", at=self._now)
        elif turn.who == "note":
            conversations.note(self._words(number, turn, "note", "en"), at=self._now)
        else:
            self._mark_seen(sight, conversations.reply(self._words(number, turn, "reply", self._one.language), at=self._now))

    def _words(self, number: int, turn: Turn, kind: Literal["reply", "note"], language: str) -> conversations.Words:
        # As at the desk, the author's clock goes along: whoever reads a time on another one is told what theirs shows.
        zone = self._cast.zones[self._author(turn)]
        return conversations.Words(self._id, self._sight(turn), _key(self._one, number), self._fill(turn.text), kind, language, zone=zone)

    def _hear(self, number: int, turn: Turn) -> None:
        customer_id = self._cast.customers[self._one.customer]
        message = conversations.Message(self._id, customer_id, _key(self._one, number), self._fill(turn.text), self._one.language)
        self._mark_seen(customer_id, conversations.receive_message(message, at=self._now))

    def _mark_seen(self, who: int | Sight, written: conversations.Written) -> None:
        # Whoever speaks has read what stands above.
        if written.entry is not None:
            conversations.mark_seen(conversation=self._id, who=who, delivered=written.entry.seq, read=written.entry.seq)

    def _give_to_agent(self) -> None:
        if self._one.agent is not None:
            sight = self._cast.sights[self._one.agent]
            conversations.assign(conversation=self._id, sight=sight, agent_id=sight.agent_id, at=self._now)

    def _set_priority(self) -> None:
        supervisor = self._cast.sights[self._cast.supervisors[self._one.queue.split("-")[0]]]
        priority = PRIORITIES[self._one.priority]
        conversations.set_priority(conversation=self._id, sight=supervisor, priority=priority, at=self._now)

    def _finish(self) -> None:
        if self._one.agent is None:
            return
        self._give_to_agent()
        sight = self._cast.sights[self._one.agent]
        conversations.set_status(conversation=self._id, sight=sight, status=self._one.status, at=self._now, until=self._wakes_at())

    def _wakes_at(self) -> datetime | None:
        if self._one.snoozed_for_minutes is None:
            return None
        return self._began_at + timedelta(minutes=self._one.started_minutes_ago + self._one.snoozed_for_minutes)

    def _sight(self, turn: Turn) -> Sight:
        return self._cast.sights[self._author(turn)]

    def _author(self, turn: Turn) -> str:
        return turn.by or self._one.agent or ""

    def _with_subject(self, turn: Turn) -> str:
        words = f"{self._one.subject}\n\n{turn.text}" if self._one.subject else turn.text
        return self._fill(words)

    def _fill(self, text: str) -> str:
        return fill_words(text, uid=self._customer.uid or "", brand=profile().name, began_at=self._began_at)
