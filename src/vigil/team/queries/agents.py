"""The people, their teams and queues, and who sees what."""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from vigil.kernel.database.plain import Question, ask
from vigil.team.capabilities import Capability, may, roles_that_may
from vigil.team.errors import QueueMissing
from vigil.team.models import Agent, Availability, DeskLife, Queue
from vigil.workspace.sight import Sight

_log = logging.getLogger(__name__)
# A desk that is open asks for a new live token within ten minutes, and is seen then.
AT_DESK_FOR = timedelta(minutes=11)


@dataclass(frozen=True, slots=True)
class AgentRow:
    """An agent as pages show one."""

    id: int
    email: str
    name: str
    public_name: str
    role: str
    languages: tuple[str, ...]
    ui_language: str
    zone: str
    team_ids: tuple[int, ...]
    session_epoch: int
    has_second_factor: bool = False
    theme: str = "system"
    density: str = "roomy"
    availability: str = "available"
    shortcuts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColleagueRow:
    """An agent as those who hand something over choose one."""

    id: int
    name: str
    availability: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A queue and the team it belongs to."""

    id: int
    key: str
    name: str
    team_id: int
    team: str


def get_sight(agent_id: int) -> Sight:
    """Tell what an active agent may see: the own teams, or every team for an admin. Raises Agent.DoesNotExist."""
    agent = Agent.objects.get(id=agent_id, is_active=True)
    return Sight(agent.id, agent.role, _teams_in_sight(agent))


def get_visitor(agent: Agent) -> tuple[AgentRow, Sight]:
    """Describe the agent whom a session has loaded, and what that agent may see; its teams came along or are asked for."""
    team_ids = _teams_in_sight(agent)
    return _described(agent, team_ids), Sight(agent.id, agent.role, team_ids)


def get_user(agent_id: int) -> Agent:
    """Get an active agent as Django's sessions want one. Raises Agent.DoesNotExist."""
    return Agent.objects.get(id=agent_id, is_active=True)


def names_of(agent_ids: Iterable[int]) -> dict[int, str]:
    """Tell the names by which colleagues know these agents, also those who have left."""
    return dict(Agent.objects.filter(id__in=set(agent_ids)).values_list("id", "name"))


def names_in_sight_of(team_id: int) -> dict[int, str]:
    """Tell the names of the active agents who see what a team looks after: its own, and whoever sees every team."""
    sees = Q(teams=team_id) | Q(role__in=roles_that_may(Capability.SEE_EVERY_TEAM))
    return dict(Agent.objects.filter(sees, is_active=True).order_by("name", "id").values_list("id", "name"))


def queue_names(queue_ids: Iterable[int]) -> dict[int, str]:
    """Tell the names of these queues, of whatever team."""
    return dict(Queue.objects.filter(id__in=set(queue_ids)).values_list("id", "name"))


def list_all_queues() -> list[QueueRow]:
    """List every queue, by team and in its order: a conversation may be moved to any of them."""
    every = """SELECT queue.id, queue.key, queue.name, team_id, team.name FROM team_queue queue JOIN team_team team ON team.id = team_id
     ORDER BY team_id, position, queue.key"""
    return [QueueRow(*values) for values in ask(every, [])]


def get_agent(agent_id: int) -> AgentRow:
    """Get one active agent. Raises Agent.DoesNotExist."""
    return _row(Agent.objects.prefetch_related("teams").get(id=agent_id, is_active=True))


def list_colleagues(team_ids: Collection[int]) -> list[ColleagueRow]:
    """List the active agents of any of these teams, by name."""
    sharing = """SELECT id, name, availability FROM team_agent WHERE is_active
       AND id IN (SELECT agent_id FROM team_agent_teams WHERE team_id = ANY(%s)) ORDER BY name, id"""
    return [ColleagueRow(*values) for values in ask(sharing, [list(team_ids)])]


def list_queues(sight: Sight) -> list[QueueRow]:
    """List the queues of the teams in sight, in their order."""
    in_sight = """SELECT queue.id, queue.key, queue.name, team_id, team.name FROM team_queue queue JOIN team_team team ON team.id = team_id
     WHERE team_id = ANY(%s) ORDER BY team_id, position, queue.key"""
    return [QueueRow(*values) for values in ask(in_sight, [list(sight.team_ids)])]


def get_queue(key: str) -> QueueRow:
    """Get the queue with that key. Raises QueueMissing."""
    queue = Queue.objects.select_related("team").filter(key=key).first()
    if queue is None:
        _log.error("the queue %s is missing: run `vigil prepare`, or mend the profile", key)
        raise QueueMissing(retry_after=60)
    return _queue_row(queue)


def unwelcome_agents_asked(sessions: Collection[tuple[int, int, int]]) -> Question[set[tuple[int, int, int]]]:
    """Ask which of these sessions, (agent, epoch, browser), are over: signed out, ended, or of an agent who was switched off.

    The browser is 0 where a session names none; such a one ends with all the others.
    """
    alive = """
        SELECT a.id, a.session_epoch, COALESCE(s.id, 0) FROM team_agent a
          LEFT JOIN team_agentsession s ON s.agent_id = a.id AND s.id = ANY(%s) WHERE a.is_active AND a.id = ANY(%s)
    """
    asked = [[browser for _, _, browser in sessions], [agent for agent, _, _ in sessions]]

    def over(rows: Collection[tuple[int, int, int]]) -> set[tuple[int, int, int]]:
        return set(sessions) - set(rows) - {(agent, epoch, 0) for agent, epoch, _ in rows}

    return Question(alive, asked, over)


def is_somebody_at_desk(team_id: int, *, at: datetime) -> bool:
    """Say whether an agent of the team who is not away has had a desk open within the last eleven minutes, and it is not silent."""
    there = Agent.objects.filter(is_active=True, teams=team_id, at_desk_at__gt=at - AT_DESK_FOR).exclude(availability=Availability.AWAY)
    return there.exclude(id__in=DeskLife.objects.filter(silent_at__isnull=False).values("agent_id")).exists()


def list_agents() -> list[tuple[str, str, bool]]:
    """List everybody who ever worked here by e-mail, with the name and whether they may come in."""
    return list(Agent.objects.order_by("email").values_list("email", "name", "is_active"))


def is_somebody_hired() -> bool:
    """Say whether anybody may come in."""
    return Agent.objects.filter(is_active=True).exists()


def missing_queues(keys: Collection[str]) -> set[str]:
    """Tell which of these queues' keys nobody has."""
    return set(keys) - set(Queue.objects.filter(key__in=keys).values_list("key", flat=True))


def find_agent_id(email: str) -> int | None:
    """Find an agent by e-mail in any case, also one who was switched off."""
    return Agent.objects.filter(email__iexact=email.strip()).values_list("id", flat=True).first()


def find_queues(queue_ids: Iterable[int]) -> dict[int, QueueRow]:
    """Find queues by their ids; what does not exist is left out."""
    found = Queue.objects.select_related("team").filter(id__in=set(queue_ids))
    return {queue.id: _queue_row(queue) for queue in found}


def teams_of(agent_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Tell by agent in which teams an active one may be given conversations; whoever has left is not there."""
    found: dict[int, set[int]] = {}
    for agent_id, team_id in Agent.objects.filter(id__in=set(agent_ids), is_active=True, teams__gt=0).values_list("id", "teams"):
        found.setdefault(agent_id, set()).add(team_id)
    return {agent_id: frozenset(teams) for agent_id, teams in found.items()}


def public_name(agent_id: int) -> str:
    """Tell the name under which customers know the agent. Raises Agent.DoesNotExist."""
    return Agent.objects.only("public_name").get(id=agent_id).public_name


def _teams_in_sight(agent: Agent) -> tuple[int, ...]:
    if agent.teams_in_sight is not None:
        return tuple(agent.teams_in_sight)
    with connection.cursor() as cursor:
        if may(agent.role, Capability.SEE_EVERY_TEAM):
            cursor.execute("SELECT id FROM team_team ORDER BY id")
        else:
            cursor.execute("SELECT team_id FROM team_agent_teams WHERE agent_id = %s ORDER BY team_id", [agent.id])
        return tuple(team for (team,) in cursor.fetchall())


def _row(agent: Agent) -> AgentRow:
    return _described(agent, tuple(sorted(team.id for team in agent.teams.all())))


def _described(agent: Agent, team_ids: tuple[int, ...]) -> AgentRow:
    return AgentRow(
        agent.id,
        agent.email,
        agent.name,
        agent.public_name,
        agent.role,
        tuple(agent.languages),
        agent.ui_language,
        agent.zone,
        team_ids,
        agent.session_epoch,
        agent.has_second_factor,
        agent.theme,
        agent.density,
        agent.availability,
        agent.shortcuts,
    )


def _queue_row(queue: Queue) -> QueueRow:
    return QueueRow(queue.id, queue.key, queue.name, queue.team_id, queue.team.name)
