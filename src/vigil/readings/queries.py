"""How much each agent has read that is not theirs, and what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vigil.conversations.sight import VISIBLE
from vigil.kernel.database.plain import Connection, Question, Rows, ask, ask_all
from vigil.kernel.text import MaskedText, seal_again
from vigil.readings.rules import GLANCES, HOUR, NOTHING, Count, Limits
from vigil.workspace.profile import profile
from vigil.workspace.sight import Sight

_MOST = 50
# Nobody who waits is left alone: a chat that waits and that nobody has taken is open to everybody who sees it.
_STANDING = f"""
SELECT c.id, c.assignee_id IS NOT DISTINCT FROM %(agent)s,
       c.assignee_id IS NULL AND c.channel = 'chat' AND c.status = 'open' AND c.waiting_since IS NOT NULL,
       EXISTS (SELECT 1 FROM readings_reading r
                WHERE r.agent_id = %(agent)s AND r.at > %(since)s AND r.kind = 'opened' AND r.conversation_id = c.id)
  FROM conversations_conversation c WHERE c.public_id = %(name)s AND c.{VISIBLE}
"""  # noqa: S608 - constants; values are parameters
_UNITS = f"COUNT(*) FILTER (WHERE r.kind <> 'glance' AND %s) + COUNT(*) FILTER (WHERE r.kind = 'glance' AND %s) / {GLANCES}"
_UNRELEASED = "(s.released_at IS NULL OR r.at > s.released_at)"
_COUNTS = f"""
SELECT r.agent_id, {_UNITS % (("TRUE",) * 2)}, {_UNITS % ((_UNRELEASED,) * 2)}
  FROM readings_reading r LEFT JOIN readings_reader s ON s.agent_id = r.agent_id
 WHERE r.agent_id = ANY(%(agents)s) AND r.at > %(since)s GROUP BY r.agent_id
"""  # noqa: S608 - constants; values are parameters
# Asked first of three in one round trip: what follows sees all that was committed before the row was ours.
_HELD = "SELECT unusual_at, stopped_at, released_at FROM readings_reader WHERE agent_id = %(agent)s FOR UPDATE"
_AGAIN = """
SELECT 1 FROM readings_reading WHERE agent_id = %(agent)s AND at > %(since)s AND kind = %(kind)s AND conversation_id = %(conversation)s
   AND file = %(file)s LIMIT 1
"""
_LIST = f"""
SELECT r.kind, c.public_id, person.name, c.language, r.at
  FROM readings_reading r LEFT JOIN conversations_conversation c ON c.id = r.conversation_id
  LEFT JOIN customers_customer person ON person.id = c.customer_id
 WHERE r.agent_id = %(agent)s AND r.kind <> 'glance' AND (c.id IS NULL OR c.{VISIBLE}) ORDER BY r.at DESC, r.id DESC LIMIT %(most)s
"""  # noqa: S608 - constants; values are parameters
_RELEASE = """
SELECT boss.name, r.words, r.at FROM readings_release r JOIN team_agent boss ON boss.id = r.by_id
 WHERE r.agent_id = %(agent)s AND r.at > %(since)s ORDER BY r.at DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a conversation in sight stands to the agent who opens it."""

    id: int
    is_own: bool
    waits: bool
    was_read: bool


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading; of a conversation, or of none where it was a list or a search."""

    kind: str
    conversation: str | None
    customer: MaskedText | None
    customer_language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """Who let an agent go on, why and when."""

    by: str
    words: MaskedText
    at: datetime


def limits() -> Limits:
    """Tell how much of others is usual within an hour, and how much is the most."""
    return Limits(profile().usual_readings, profile().most_readings)


def standing_asked(name: str, sight: Sight, *, at: datetime) -> Question[Standing | None]:
    """Ask how a conversation stands to whoever opens it; None for one that is not in sight."""
    values = {"agent": sight.agent_id, "teams": list(sight.team_ids), "name": name, "since": at - HOUR}
    return Question(_STANDING, values, lambda rows: Standing(*rows[0]) if rows else None)


def find_standing(name: str, sight: Sight, *, at: datetime, borrowed: Connection | None = None) -> Standing | None:
    """Find how a conversation stands to whoever opens it; None for one that is not in sight."""
    asked = standing_asked(name, sight, at=at)
    return asked.read(ask(asked.text, asked.values, borrowed))


def counts_of(agent_ids: Collection[int], *, at: datetime, borrowed: Connection | None = None) -> dict[int, Count]:
    """Count what each of these agents has read within the hour; those who read nothing of others are left out."""
    return _read(ask(_COUNTS, {"agents": list(agent_ids), "since": at - HOUR}, borrowed))


def count_of(agent_id: int, *, at: datetime, borrowed: Connection | None = None) -> Count:
    """Count what an agent has read within the hour."""
    return counts_of([agent_id], at=at, borrowed=borrowed).get(agent_id, NOTHING)


def hold_and_count(agent_id: int, kind: str, conversation_id: int | None, file: str, *, at: datetime) -> tuple[Rows, Count, bool]:
    """Hold an agent's row (none where there is none yet), count what they have read within the hour, and say whether this was among it.

    What has no conversation never was. Inside a transaction.
    """
    values = {"agent": agent_id, "agents": [agent_id], "since": at - HOUR, "kind": kind, "conversation": conversation_id, "file": file}
    held, counts, again = ask_all(Question(_HELD, values, list), Question(_COUNTS, values, _read), Question(_AGAIN, values, bool))
    return held, counts.get(agent_id, NOTHING), again


def list_readings(agent_id: int, sight: Sight) -> list[ReadingRow]:
    """List the 50 last readings of an agent, the newest first, of conversations that the one who asks sees."""
    return [_row(*found) for found in ask(_LIST, {"agent": agent_id, "teams": list(sight.team_ids), "most": _MOST})]


def find_release(agent_id: int, *, at: datetime) -> ReleaseRow | None:
    """Find the last release of an agent within the hour."""
    rows: Rows = ask(_RELEASE, {"agent": agent_id, "since": at - HOUR})
    return next((ReleaseRow(by, _unsealed(words), when) for by, words, when in rows), None)


def _read(rows: Rows) -> dict[int, Count]:
    return {agent: Count(lately, unreleased) for agent, lately, unreleased in rows}


def _row(kind: str, conversation: str | None, customer: str | None, language: str | None, at: datetime) -> ReadingRow:
    return ReadingRow(kind, conversation, _unsealed(customer), language or "", at)


def _unsealed(words: str | None) -> Any:
    return seal_again(words)
