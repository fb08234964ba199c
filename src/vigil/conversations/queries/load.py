"""What lies on whom: for those who watch over the work of their teams."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vigil.conversations.queries.lists import CAP
from vigil.conversations.sight import VISIBLE
from vigil.kernel.database.plain import ask
from vigil.workspace.sight import Sight


@dataclass(frozen=True, slots=True)
class Load:
    """What is not done yet: how much, how many of it chats, since when the one waits who has waited longest, and the next promise.

    `due_since` is since when the one waits whose promise that is.

    Each number stops at 1,000, and the longest wait is that among as many, those that are due next.
    """

    held: int
    chats: int
    waiting_since: datetime | None
    due_at: datetime | None
    due_since: datetime | None = None


_NOT_DONE = f"{VISIBLE} AND status IN ('open', 'waiting', 'snoozed')"
# What sleeps waits for nobody; each number stops at the cap, so that none walks a million rows.
_LOAD = """
SELECT asked.id,
       (SELECT COUNT(*) FROM (SELECT 1 FROM conversations_conversation WHERE {held} LIMIT %(cap)s) AS held),
       (SELECT COUNT(*) FROM (SELECT 1 FROM conversations_conversation WHERE {held} AND channel = 'chat' LIMIT %(cap)s) AS chats),
       waits.since, waits.due, waits.due_since
  FROM unnest(%(asked)s::bigint[]) AS asked (id),
       LATERAL (SELECT MIN(waiting_since) AS since, MIN(due_at) AS due, (ARRAY_AGG(waiting_since ORDER BY due_at))[1] AS due_since
                  FROM (SELECT waiting_since, due_at FROM conversations_conversation
                         WHERE {held} AND due_at IS NOT NULL AND status = 'open'
                         ORDER BY due_at LIMIT %(cap)s) AS waiting) AS waits
"""
_OF_AGENTS = _LOAD.format(held=f"{_NOT_DONE} AND assignee_id = asked.id")
_OF_QUEUES = _LOAD.format(held=f"{_NOT_DONE} AND queue_id = asked.id AND assignee_id IS NULL")


def load_of_agents(agent_ids: Collection[int], sight: Sight) -> dict[int, Load]:
    """Tell what each of the agents has of what is in sight."""
    return _load(_OF_AGENTS, agent_ids, sight)


def load_of_queues(queue_ids: Collection[int], sight: Sight) -> dict[int, Load]:
    """Tell what lies in each queue that nobody has taken."""
    return _load(_OF_QUEUES, queue_ids, sight)


def _load(question: str, ids: Collection[int], sight: Sight) -> dict[int, Load]:
    values: dict[str, Any] = {"teams": list(sight.team_ids), "asked": list(ids), "cap": CAP}
    return {number: Load(*told) for number, *told in ask(question, values)}
