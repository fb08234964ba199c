"""Every way to ask for mentions: an agent's own, as long as they see the conversation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vigil.conversations.sight import VISIBLE
from vigil.kernel.database.plain import ask
from vigil.kernel.text import MaskedText, seal_again
from vigil.workspace.sight import Sight

CAP = 100
_MOST = 30
_MINE = f"""
  FROM mentions_mention m JOIN conversations_conversation c ON c.id = m.conversation_id WHERE m.agent_id = %(agent)s AND c.{VISIBLE}
"""
_UNREAD = f"SELECT COUNT(*) FROM (SELECT 1 {_MINE} AND NOT m.is_read LIMIT %(most)s) AS unread"  # noqa: S608 - constants; values are parameters
_LIST = f"""
SELECT mine.public_id, author.name, person.name, mine.language, e.text, e.language, e.created_at, mine.is_read
  FROM (SELECT m.id, m.seq, m.is_read, c.id AS conversation_id, c.public_id, c.customer_id, c.language {_MINE}
         ORDER BY m.id DESC LIMIT %(most)s) AS mine
  JOIN conversations_entry e ON e.conversation_id = mine.conversation_id AND e.seq = mine.seq
  JOIN team_agent author ON author.id = e.agent_id
  JOIN customers_customer person ON person.id = mine.customer_id
 ORDER BY mine.id DESC
"""  # noqa: S608 - constants; values are parameters


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A note that names the one who asks: where it stands, who wrote it to whose conversation, and its words."""

    conversation: str
    author: str
    customer: MaskedText | None
    customer_language: str
    words: MaskedText | None
    language: str
    at: datetime
    is_read: bool


def count_unread(sight: Sight) -> int:
    """Count the mentions of an agent that they have not read; the count stops at 100."""
    ((count,),) = ask(_UNREAD, {"agent": sight.agent_id, "teams": list(sight.team_ids), "most": CAP})
    return int(count)


def list_mentions(sight: Sight) -> list[MentionRow]:
    """List the 30 newest mentions of an agent, the newest first."""
    rows = ask(_LIST, {"agent": sight.agent_id, "teams": list(sight.team_ids), "most": _MOST})
    return [_row(*found) for found in rows]


def _row(conversation: str, author: str, customer: str | None, customer_language: str, words: str, *more: Any) -> MentionRow:
    customer_name, said = (seal_again(each) for each in (customer, words))
    return MentionRow(conversation, author, customer_name, customer_language, said, *more)
