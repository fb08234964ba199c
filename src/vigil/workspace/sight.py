"""What a person of the team may see, as a plain value that queries and commands take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks: an agent's id, the role, and the teams whose conversations are visible.

    An agent and a supervisor see the conversations of their own teams; an admin sees all (`team_ids` lists them all).
    """

    agent_id: int
    role: str
    team_ids: tuple[int, ...]

    def covers(self, team_id: int) -> bool:
        """Say whether a conversation of that team may be seen."""
        return team_id in self.team_ids
