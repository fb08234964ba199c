"""Every way the team changes."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from vigil.audit.commands import record
from vigil.kernel.events import publish
from vigil.kernel.live import bell
from vigil.safety import commands as safety
from vigil.team.commands.sessions import drop_sessions
from vigil.team.events import AgentSwitchedOff
from vigil.team.models import Agent, AgentSession, Queue, Team

# In letters; what a column takes.
NAME_LIMIT, PUBLIC_NAME_LIMIT = 80, 60


def ensure_team(*, key: str, name: str) -> int:
    """Make the team unless it exists; return its id."""
    return Team.objects.get_or_create(key=key, defaults={"name": safety.mask_line(name, NAME_LIMIT)})[0].id


def ensure_queue(*, key: str, name: str, team_id: int, position: int = 0) -> int:
    """Make the queue unless it exists; return its id."""
    return Queue.objects.get_or_create(
        key=key, defaults={"name": safety.mask_line(name, NAME_LIMIT), "team_id": team_id, "position": position}
    )[0].id


def ensure_agent(
    *,
    email: str,
    name: str,
    public_name: str,
    role: str,
    languages: Sequence[str],
    team_ids: Sequence[int],
    password: str,
    ui_language: str = "en",
    zone: str = "UTC",
    shift: str = "",
    hash_password: Callable[[str], str] = make_password,
) -> int:
    """Make an agent who signs in with `email`, unless there is one; return the id. The e-mail's case does not matter.

    `hash_password` may remember what it made where all have one password, which everybody knows: in a demo.
    """
    with transaction.atomic():
        known = Agent.objects.filter(email__iexact=email).first()
        if known is not None:
            return known.id
        agent = Agent.objects.create(
            email=email.lower(),
            name=safety.mask_line(name, NAME_LIMIT),
            public_name=safety.mask_line(public_name, PUBLIC_NAME_LIMIT),
            role=role,
            languages=list(languages),
            ui_language=ui_language,
            zone=zone,
            shift=shift,
            password=hash_password(password),
        )
        agent.teams.set(team_ids)
    return agent.id


def switch_off(*, agent_id: int, actor: str, at: datetime) -> None:
    """End an agent's access: sign-in, sessions and open streams. What the agent had taken goes back to its queues, by a job.

    `actor` is "system" or "agent:5", as the audit names one. May be repeated.
    """
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(id=agent_id)
        if not agent.is_active:
            return
        agent.is_active = False
        end_sessions_of(agent)
        publish(AgentSwitchedOff(agent_id))
        record(actor=actor, action="team.switched_off", subject=f"agent:{agent_id}", at=at)


def switch_on(*, agent_id: int, actor: str, at: datetime) -> bool:
    """Give an agent who was switched off access again, with the password and the teams of before; say whether they were off.

    Sessions and links from before stay dead. `actor` is "system" or "agent:5", as the audit names one. May be repeated.
    """
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(id=agent_id)
        if agent.is_active:
            return False
        agent.is_active = True
        agent.save(update_fields=["is_active"])
        record(actor=actor, action="team.switched_on", subject=f"agent:{agent_id}", at=at)
    return True


def end_sessions(*, agent_id: int, actor: str, at: datetime) -> None:
    """Sign an agent out everywhere: every session, live token and stream made before this is dead, also after a restart.

    `actor` is "system" or "agent:5", as the audit names one.
    """
    with transaction.atomic():
        end_sessions_of(Agent.objects.select_for_update().get(id=agent_id))
        record(actor=actor, action="team.sessions_ended", subject=f"agent:{agent_id}", at=at)


def change_password(*, agent_id: int, password: str) -> None:
    """Set a new password and end every session. The caller has judged the password and who asks."""
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(id=agent_id)
        agent.password = make_password(password)
        end_sessions_of(agent)


def choose_interface(*, agent_id: int, ui_language: str) -> None:
    """Remember the language in which the agent reads the desk."""
    Agent.objects.filter(id=agent_id).update(ui_language=ui_language)


def end_sessions_of(agent: Agent) -> None:
    """Make every session and live token of a locked agent worthless; the caller records why."""
    drop_sessions(agent)
    bell.revoke(f"agent:{agent.id}:{agent.session_epoch}")
    agent.session_epoch += 1
    agent.at_desk_at = None
    agent.save()


def note_at_desk(*, agent_id: int, at: datetime, session_id: int = 0) -> None:
    """Remember that a desk of this agent is open, and in which browser; written at most once a minute. May be repeated."""
    stale = at - timedelta(minutes=1)
    Agent.objects.filter(Q(at_desk_at=None) | Q(at_desk_at__lt=stale), id=agent_id).update(at_desk_at=at)
    AgentSession.objects.filter(id=session_id, agent_id=agent_id, seen_at__lt=stale).update(seen_at=at)
