"""What those above do for the people of the team: invite, change, remove and bring back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from vigil.audit.commands import record
from vigil.audit.rules import Detail
from vigil.kernel import post
from vigil.languages.table import find_language
from vigil.team.capabilities import Capability, may, roles_that_may
from vigil.team.commands.hiring import FIRST_LINK_KEEPS, Hiring, hire
from vigil.team.commands.staff import end_sessions_of, switch_off
from vigil.team.errors import CannotHire, LastAdminStays, PersonNotPossible
from vigil.team.models import Agent, Role, Team


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is here: the role, the teams by their keys, and the languages, the strongest first."""

    role: str
    teams: Sequence[str]
    languages: Sequence[str]


def invite(hiring: Hiring, *, actor: str, at: datetime) -> int:
    """Let somebody work here, and send them the link by which they choose their first password; give the agent's id.

    The link works once, for a day. `actor` is "agent:5", as the audit names one. Raises PersonNotPossible.
    """
    with transaction.atomic():
        try:
            hired = hire(hiring, actor=actor, at=at)
        except CannotHire:
            raise PersonNotPossible from None
        agent = Agent.objects.get(id=hired.agent_id)
        args = {"agent_id": agent.id, "until": int((at + FIRST_LINK_KEEPS).timestamp())}
        post.send(to=agent.email, template="team.invited", language=agent.ui_language, args=args, at=at)
    return hired.agent_id


def change_standing(standing: Standing, *, agent_id: int, actor: str, at: datetime) -> None:
    """Give somebody another role, other teams or other languages; what may be seen changes, so every session of theirs ends.

    Where role and teams stay as they are, so do the sessions. Raises LastAdminStays, PersonNotPossible.
    """
    languages = [language.code for language in map(find_language, standing.languages) if language is not None]
    teams = list(Team.objects.filter(key__in=standing.teams).order_by("key"))
    is_known = standing.role in Role.values and len(languages) == len(standing.languages) and len(teams) == len(set(standing.teams))
    if not is_known or not languages or not (teams or may(standing.role, Capability.SEE_EVERY_TEAM)):
        raise PersonNotPossible
    with transaction.atomic():
        agent = _locked(agent_id)
        if not may(standing.role, Capability.MANAGE_PEOPLE):
            _keep_an_admin(agent)
        before = agent.role, list(agent.teams.order_by("key").values_list("key", flat=True))
        agent.role, agent.languages = standing.role, list(dict.fromkeys(languages))
        agent.save(update_fields=["role", "languages"])
        agent.teams.set(teams)
        if before != (agent.role, [team.key for team in teams]):
            end_sessions_of(agent)
        details: dict[str, Detail] = {"role": agent.role, "teams": [team.id for team in teams]}
        record(actor=actor, action="team.standing_changed", subject=f"agent:{agent_id}", at=at, details=details)


def remove(*, agent_id: int, actor: str, at: datetime) -> None:
    """End somebody's access, as `switch_off` does, but never the last administrator's. Raises LastAdminStays."""
    with transaction.atomic():
        _keep_an_admin(_locked(agent_id))
        switch_off(agent_id=agent_id, actor=actor, at=at)


def _locked(agent_id: int) -> Agent:
    # Administrators are locked in one order with whoever is meant, so that two who leave at once do not leave the house to nobody.
    admins = list(roles_that_may(Capability.MANAGE_PEOPLE))
    locked = Agent.objects.select_for_update().filter(Q(role__in=admins) | Q(id=agent_id)).order_by("id")
    return next(agent for agent in locked if agent.id == agent_id)


def _keep_an_admin(agent: Agent) -> None:
    admins = list(roles_that_may(Capability.MANAGE_PEOPLE))
    if agent.role in admins and not Agent.objects.filter(role__in=admins, is_active=True).exclude(id=agent.id).exists():
        raise LastAdminStays
