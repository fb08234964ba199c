"""A conversation and an entry in the hands of a change: plain values, since models cost a message more than its rules do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from vigil.kernel.text import MaskedText


@dataclass(slots=True)
class Held:
    """A locked conversation, with what the rules ask for; `preview` is there only once it was set anew."""

    id: int
    public_id: str
    channel: str
    customer_id: int
    team_id: int
    queue_id: int
    assignee_id: int | None
    status: str
    priority: int
    language: str
    topic: str
    last_seq: int
    waiting_since: datetime | None
    due_at: datetime | None
    first_answered_at: datetime | None
    snoozed_until: datetime | None
    preview: MaskedText | None = None
    last_activity_at: datetime | None = None


@dataclass(slots=True)
class Line:
    """An entry that is written now, or was before; it does not know the number it has in the whole house."""

    conversation_id: int
    seq: int
    kind: str
    author_kind: str
    agent_id: int | None
    text: MaskedText | None
    language: str
    data: Mapping[str, Any]
    client_key: UUID | None
    created_at: datetime
