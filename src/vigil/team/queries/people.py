"""The people of the team, as those above look after them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from vigil.team.capabilities import Capability, may
from vigil.team.errors import PersonNotFound
from vigil.team.models import Agent, DeskLife, Team
from vigil.team.queries.agents import AT_DESK_FOR
from vigil.workspace.sight import Sight


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who works here, or did."""

    id: int
    email: str
    name: str
    public_name: str
    role: str
    languages: tuple[str, ...]
    teams: tuple[str, ...]
    team_names: tuple[str, ...]
    is_active: bool
    has_second_factor: bool
    at_desk_at: datetime | None
    availability: str
    silent_at: datetime | None = None
    gave_back: int = 0


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team."""

    id: int
    key: str
    name: str


def is_at_desk(person: PersonRow, *, at: datetime) -> bool:
    """Say whether somebody's desk was heard of lately, whatever they have said of themselves."""
    return person.silent_at is None and person.at_desk_at is not None and at - person.at_desk_at < AT_DESK_FOR


def list_people(sight: Sight) -> list[PersonRow]:
    """List the people in sight, those who may come in first, then by name."""
    return [_person(agent) for agent in _in_sight(sight).order_by("-is_active", "name", "id")]


def get_person(agent_id: int, sight: Sight) -> PersonRow:
    """Get one of the people in sight. Raises PersonNotFound."""
    found = _in_sight(sight).filter(id=agent_id).first()
    if found is None:
        raise PersonNotFound
    return _person(found)


def list_teams() -> list[TeamRow]:
    """List every team, by key."""
    return [TeamRow(team.id, team.key, team.name) for team in Team.objects.order_by("key")]


def list_silent_desks() -> list[int]:
    """List the agents whose desks have fallen silent and were not heard of since."""
    return list(DeskLife.objects.filter(silent_at__isnull=False).values_list("agent_id", flat=True))


def _in_sight(sight: Sight) -> "QuerySet[Agent]":
    everybody = Agent.objects.select_related("desk_life").prefetch_related("teams")
    if may(sight.role, Capability.SEE_EVERY_TEAM):
        return everybody
    mine: Iterable[int] = sight.team_ids
    return everybody.filter(Q(id__in=Agent.objects.filter(teams__in=mine).values("id")))


def _person(agent: Agent) -> PersonRow:
    teams = sorted(agent.teams.all(), key=lambda team: team.key)
    life: DeskLife | None = getattr(agent, "desk_life", None)  # Most have none.
    return PersonRow(
        agent.id,
        agent.email,
        agent.name,
        agent.public_name,
        agent.role,
        tuple(agent.languages),
        tuple(team.key for team in teams),
        tuple(team.name for team in teams),
        agent.is_active,
        agent.has_second_factor,
        agent.at_desk_at,
        agent.availability,
        life.silent_at if life else None,
        life.gave_back if life else 0,
    )
