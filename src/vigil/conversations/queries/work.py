"""What a team has put on its conversations, and who keeps an eye on them."""

from vigil.conversations.models import Participant
from vigil.kernel.database.plain import ask

_MOST = 20
# Among the newest alone: what a team used years ago suggests nothing, and counting a million would take its time.
_USED = """
SELECT word
  FROM (SELECT tags FROM conversations_conversation
         WHERE team_id = %(team)s AND tags IS NOT NULL ORDER BY id DESC LIMIT 2000) AS recent,
       unnest(string_to_array(recent.tags, chr(10))) AS word
 GROUP BY word ORDER BY COUNT(*) DESC, word COLLATE "C" LIMIT %(most)s
"""


def list_used_tags(team_id: int) -> list[str]:
    """List the 20 tags that a team has used most in its newest 2,000 tagged conversations."""
    return [word for (word,) in ask(_USED, {"team": team_id, "most": _MOST})]


def followers_of(conversation_id: int) -> list[int]:
    """List the agents who follow a conversation."""
    followers = Participant.objects.filter(conversation_id=conversation_id, kind="agent", follows=True)
    return list(followers.order_by("agent_id").values_list("agent_id", flat=True))
