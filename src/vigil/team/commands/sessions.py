"""In which browsers an agent is signed in, and how each of them ends."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import connection, transaction

from vigil.audit.commands import record
from vigil.kernel.live import bell
from vigil.team.models import Agent, AgentSession
from vigil.team.rules import browser_of

# What Django has forgotten, or would not open any more, is no session.
_CLEAR = """
DELETE FROM team_agentsession s
 WHERE NOT EXISTS (SELECT 1 FROM django_session d WHERE d.session_key = s.key AND d.expire_date > %(at)s) AND s.seen_at < %(at)s
"""


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody sits: Django's key of the session, what the browser says it is, and its network address."""

    key: str
    user_agent: str
    address: str


def begin_session(browser: Browser, *, agent_id: int, at: datetime) -> int:
    """Remember a browser in which an agent has just signed in; give its number. Of the browser only its family is kept."""
    return AgentSession.objects.create(
        agent_id=agent_id,
        key=browser.key,
        browser=browser_of(browser.user_agent),
        address=_address(browser.address),
        began_at=at,
        seen_at=at,
    ).id


def move_session(*, agent_id: int, session_id: int, key: str) -> None:
    """Follow a session that Django has given another key."""
    AgentSession.objects.filter(id=session_id, agent_id=agent_id).update(key=key)


def end_session(*, agent_id: int, session_id: int, actor: str, at: datetime) -> bool:
    """End one browser's session, its streams and its tokens; say whether it was there. May be repeated.

    `actor` is "system" or "agent:5", as the audit names one.
    """
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(id=agent_id)
        if not drop_sessions(agent, only=session_id):
            return False
        record(actor=actor, action="team.session_ended", subject=f"agent:{agent_id}", at=at, details={"session": session_id})
    return True


def end_other_sessions(*, agent_id: int, but: int, at: datetime) -> int:
    """End an agent's sessions in every browser but one; give their number."""
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(id=agent_id)
        ended = drop_sessions(agent, but=but)
        record(actor=f"agent:{agent_id}", action="team.other_sessions_ended", subject=f"agent:{agent_id}", at=at, details={"count": ended})
    return ended


def drop_sessions(agent: Agent, *, only: int | None = None, but: int | None = None) -> int:
    """End sessions of a locked agent: all of them, one, or all but one. The caller records why."""
    mine = AgentSession.objects.filter(agent=agent)
    mine = mine.filter(id=only) if only is not None else mine.exclude(id=but) if but is not None else mine
    ended = list(mine.values_list("id", "key"))
    for session_id, _ in ended:
        bell.revoke(f"agent:{agent.id}:{agent.session_epoch}:{session_id}")
    Session.objects.filter(session_key__in=[key for _, key in ended]).delete()
    AgentSession.objects.filter(id__in=[session_id for session_id, _ in ended]).delete()
    return len(ended)


def clear_sessions(*, before: datetime) -> int:
    """Forget, with Django, the sessions that expired before a moment; give their number."""
    Session.objects.filter(expire_date__lt=before).delete()
    with connection.cursor() as cursor:
        cursor.execute(_CLEAR, {"at": before})
        return int(cursor.rowcount)


def _address(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None
