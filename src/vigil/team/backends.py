"""How Django's sessions find the agent they belong to."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from vigil.team.models import Agent

# Every request of the desk asks this: the agent and the teams in sight by one statement, an admin's being all there are.
_WITH_TEAMS = """
SELECT a.*, CASE WHEN a.role = 'admin' THEN ARRAY(SELECT id FROM team_team ORDER BY id)
                 ELSE ARRAY(SELECT team_id FROM team_agent_teams WHERE agent_id = a.id ORDER BY team_id) END AS teams_in_sight
  FROM team_agent a WHERE a.id = %s AND a.is_active
"""


class AgentBackend(ModelBackend):
    """Django's own way to sign in; a session's agent comes with the teams in sight."""

    def get_user(self, user_id: Any) -> Agent | None:
        """Find an active agent; `teams_in_sight` is filled."""
        return next(iter(Agent.objects.raw(_WITH_TEAMS, [user_id])), None)
