"""How a request of the desk finds its session and its agent: two short statements, for every request asks them."""

import json
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore as KeptInDatabase
from django.contrib.sessions.models import Session

from vigil.kernel import clock
from vigil.kernel.database.plain import ask
from vigil.team.capabilities import Capability, roles_that_may
from vigil.team.models import Agent

_SESSION = "SELECT session_data, expire_date FROM django_session WHERE session_key = %s AND expire_date > %s"
_FIELDS = [field.attname for field in Agent._meta.concrete_fields]
_JSON = [_FIELDS.index(name) for name in ("languages", "shortcuts")]
_SEE_EVERYTHING = ", ".join(f"'{role}'" for role in roles_that_may(Capability.SEE_EVERY_TEAM))
# With the agent come the teams in sight; an admin's are all there are.
_AGENT = f"""
SELECT {", ".join(f"a.{field}" for field in _FIELDS)},
       CASE WHEN a.role IN ({_SEE_EVERYTHING}) THEN ARRAY(SELECT id FROM team_team ORDER BY id)
            ELSE ARRAY(SELECT team_id FROM team_agent_teams WHERE agent_id = a.id ORDER BY team_id) END
  FROM team_agent a WHERE a.id = %s AND a.is_active
"""  # noqa: S608 (our own names)


class SessionStore(KeptInDatabase):
    """Django's sessions in the database; loading one builds no query."""

    def _get_session_from_db(self) -> Session | None:
        found = ask(_SESSION, [self.session_key, clock.now()])
        if not found:
            self._session_key = None
            return None
        data, expires_at = found[0]
        return Session(session_key=str(self.session_key), session_data=data, expire_date=expires_at)


class AgentBackend(ModelBackend):
    """Django's own way to sign in; a session's agent comes with the teams in sight."""

    def get_user(self, user_id: Any) -> Agent | None:
        """Find an active agent; `teams_in_sight` is filled."""
        found = ask(_AGENT, [user_id])
        if not found:
            return None
        *values, teams = found[0]
        for place in _JSON:
            values[place] = json.loads(values[place])
        agent = Agent.from_db("default", _FIELDS, values)
        agent.teams_in_sight = teams
        return agent
