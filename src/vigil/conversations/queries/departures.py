"""Answers that wait for their moment, as their author sees them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from vigil.kernel.database.plain import Question, Rows
from vigil.kernel.text import MaskedText, seal_again

_OWN = """
SELECT d.public_id, d.key, d.text, d.language, d.data, d.goes_at
  FROM conversations_departure d JOIN conversations_conversation c ON c.id = d.conversation_id
 WHERE c.public_id = %(name)s AND d.agent_id = %(agent)s ORDER BY d.id
"""


@dataclass(frozen=True, slots=True)
class DepartureRow:
    """An answer that goes by post at `goes_at`, unless it is undone."""

    public_id: str
    key: UUID
    text: MaskedText | None
    language: str
    data: Mapping[str, Any]
    goes_at: datetime


def departures_asked(conversation: str, agent_id: int) -> Question[list[DepartureRow]]:
    """Ask for an agent's own answers that wait in a conversation; that it is in sight is asked along with this."""
    return Question(_OWN, {"name": conversation, "agent": agent_id}, _read)


def _read(rows: Rows) -> list[DepartureRow]:
    return [
        DepartureRow(public_id, key, seal_again(text), language, json.loads(data), goes_at)
        for public_id, key, text, language, data, goes_at in rows
    ]
