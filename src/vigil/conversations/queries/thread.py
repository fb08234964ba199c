"""One conversation's timeline, the latest page first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.live import CUSTOMER_KINDS
from vigil.conversations.models import Entry, Participant
from vigil.conversations.queries.lists import ConversationRow, find_conversation
from vigil.kernel.text import MaskedText
from vigil.workspace.sight import Sight

PAGE = 100
# In the order of EntryRow's fields.
_FIELDS = (
    "seq",
    "kind",
    "author_kind",
    "agent_id",
    "agent__name",
    "agent__public_name",
    "text",
    "language",
    "data",
    "client_key",
    "created_at",
)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry; `agent_name` is for the team, `agent_public_name` for customers."""

    seq: int
    kind: str
    author_kind: str
    agent_id: int | None
    agent_name: str | None
    agent_public_name: str | None
    text: MaskedText | None
    language: str
    data: Mapping[str, Any]
    client_key: UUID | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Marks:
    """How far the customer and the team have come, as entry numbers."""

    customer_delivered: int = 0
    customer_read: int = 0
    team_read: int = 0
    team_delivered: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation with the latest page of its entries, ascending; `has_earlier` says whether there are older ones."""

    conversation: ConversationRow
    entries: tuple[EntryRow, ...]
    has_earlier: bool
    marks: Marks


def get_thread(public_id: str, sight: Sight, *, before: int | None = None) -> Thread:
    """Get the newest page of a conversation in sight, or the page before an entry's number. Raises ConversationNotFound."""
    conversation = find_conversation(public_id, sight)
    if conversation is None:
        raise ConversationNotFound
    rows = Entry.objects.filter(conversation_id=conversation.id).order_by("-seq")
    if before is not None:
        rows = rows.filter(seq__lt=before)
    page = _rows(rows[: PAGE + 1])
    entries = tuple(reversed(page[:PAGE]))
    return Thread(conversation, entries, len(page) > PAGE, _marks(conversation.id))


def list_entries(public_id: str, sight: Sight, *, after: int) -> list[EntryRow]:
    """List the entries of a conversation in sight behind a number, ascending, at most 500. Raises ConversationNotFound."""
    conversation = find_conversation(public_id, sight)
    if conversation is None:
        raise ConversationNotFound
    return _rows(Entry.objects.filter(conversation_id=conversation.id, seq__gt=after).order_by("seq")[:500])


def list_for_record(public_id: str, customer_id: int) -> tuple[ConversationRow, list[EntryRow]]:
    """List everything the customer may keep of a conversation, ascending. Raises ConversationNotFound."""
    conversation = find_conversation(public_id, customer_id)
    if conversation is None:
        raise ConversationNotFound
    rows = Entry.objects.filter(conversation_id=conversation.id, kind__in=CUSTOMER_KINDS).order_by("seq")
    return conversation, _rows(rows)


def marks_of(conversation_ids: Iterable[int]) -> dict[int, Marks]:
    """Tell, by conversation, how far both sides have come; conversations that nobody has opened have no marks yet."""
    marks: dict[int, Marks] = {}
    for row in Participant.objects.filter(conversation_id__in=list(conversation_ids)):
        known = marks.get(row.conversation_id, Marks())
        if row.kind == "customer":
            marks[row.conversation_id] = replace(known, customer_delivered=row.delivered_seq, customer_read=row.read_seq)
        else:
            read, delivered = max(known.team_read, row.read_seq), max(known.team_delivered, row.delivered_seq)
            marks[row.conversation_id] = replace(known, team_read=read, team_delivered=delivered)
    return marks


def _marks(conversation_id: int) -> Marks:
    return marks_of([conversation_id]).get(conversation_id, Marks())


def _rows(entries: "QuerySet[Entry]") -> list[EntryRow]:
    # Plain values: a page of model instances, each with its agent, costs twice as much.
    return [EntryRow(*values) for values in entries.values_list(*_FIELDS)]
