"""Lists of conversations: keyset pages, counts that stop counting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet

from vigil.conversations.models import Conversation
from vigil.conversations.queries.sight import visible_to
from vigil.kernel.text import MaskedText
from vigil.workspace.sight import Sight

PAGE = 50
CAP = 1000


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """A conversation as lists show one."""

    id: int
    public_id: str
    channel: str
    status: str
    priority: int
    language: str
    topic: str
    preview: MaskedText | None
    customer_id: int
    customer_name: MaskedText | None
    customer_public_id: str
    customer_is_verified: bool
    team_id: int
    queue_id: int
    queue_name: str
    assignee_id: int | None
    assignee_name: str | None
    waiting_since: datetime | None
    due_at: datetime | None
    created_at: datetime
    last_activity_at: datetime
    last_seq: int


@dataclass(frozen=True, slots=True)
class Place:
    """Which list: everything of the teams in sight, one queue, or what one agent has taken; open ones or those that are done."""

    queue_id: int | None = None
    assignee_id: int | None = None
    what: Literal["open", "done"] = "open"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many open conversations there are; each number stops at 1,000."""

    mine: int
    team: int
    by_queue: dict[int, int]


_OPEN = Q(status="open")


def list_conversations(
    place: Place, sight: Sight, *, after: tuple[datetime | None, int] | None = None, among: Iterable[str] | None = None
) -> list[ConversationRow]:
    """List a page of at most 50: the longest wait first, and behind them those whose turn it is not ours.

    `after` is the (waiting_since, id) of the last row of the page before; `among` asks which of these belong there.
    """
    rows = visible_to(sight)
    if among is not None:
        rows = rows.filter(public_id__in=set(among))
    if place.queue_id is not None:
        rows = rows.filter(queue_id=place.queue_id)
    if place.assignee_id is not None:
        rows = rows.filter(assignee_id=place.assignee_id)
    if place.what == "done":
        rows = rows.exclude(status="open").order_by("-id")
        return _rows(rows.filter(id__lt=after[1]) if after else rows)
    return _rows(_behind(rows.filter(_OPEN), after).order_by(F("waiting_since").asc(nulls_last=True), "id"))


def _behind(rows: "QuerySet[Conversation]", after: tuple[datetime | None, int] | None) -> "QuerySet[Conversation]":
    if after is None:
        return rows
    since, last = after
    if since is None:
        return rows.filter(waiting_since=None, id__gt=last)
    return rows.filter(Q(waiting_since__gt=since) | Q(waiting_since=since, id__gt=last) | Q(waiting_since=None))


def find_conversation(public_id: str, who: Sight | int) -> ConversationRow | None:
    """Find one conversation that an agent, or (an int) a customer, may see."""
    return next(iter(_rows(visible_to(who).filter(public_id=public_id))), None)


def list_of_customer(customer_id: int, *, limit: int = 20, sight: Sight | None = None) -> list[ConversationRow]:
    """List a customer's conversations, the newest first; for an agent, those in sight."""
    rows = visible_to(customer_id)
    if sight is not None:
        rows = rows.filter(team_id__in=sight.team_ids)
    return _rows(rows.order_by("-id"), limit)


def count_open(sight: Sight, queue_ids: Iterable[int]) -> Counts:
    """Count what is open for an agent, the teams and each queue; every count stops at 1,000 so that it stays cheap."""
    rows = visible_to(sight).filter(_OPEN).order_by()
    queues = list(queue_ids)
    wanted = [rows.filter(assignee_id=sight.agent_id), rows, *(rows.filter(queue_id=queue_id) for queue_id in queues)]
    mine, team, *by_queue = _capped(wanted)
    return Counts(mine=mine, team=team, by_queue=dict(zip(queues, by_queue, strict=True)))


def _capped(wanted: "Sequence[QuerySet[Conversation]]") -> list[int]:
    """Count each no further than the cap, all in one round trip."""
    counts: list[str] = []
    values: list[Any] = []
    for rows in wanted:
        try:
            sql, parameters = rows.values("id")[:CAP].query.sql_with_params()
        except EmptyResultSet:
            sql, parameters = "SELECT 1 WHERE FALSE", ()
        counts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 - the ORM wrote it; values stay parameters
        values += parameters
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(counts), values)
        return list(cursor.fetchone())


def _rows(rows: "QuerySet[Conversation]", limit: int = PAGE) -> list[ConversationRow]:
    return [_row(row) for row in rows.select_related("customer", "queue", "assignee")[:limit]]


def _row(row: Conversation) -> ConversationRow:
    return ConversationRow(
        id=row.id,
        public_id=row.public_id,
        channel=row.channel,
        status=row.status,
        priority=row.priority,
        language=row.language,
        topic=row.topic,
        preview=row.preview,
        customer_id=row.customer_id,
        customer_name=row.customer.name,
        customer_public_id=row.customer.public_id,
        customer_is_verified=row.customer.is_verified,
        team_id=row.team_id,
        queue_id=row.queue_id,
        queue_name=row.queue.name,
        assignee_id=row.assignee_id,
        assignee_name=row.assignee.name if row.assignee else None,
        waiting_since=row.waiting_since,
        due_at=row.due_at,
        created_at=row.created_at,
        last_activity_at=row.last_activity_at,
        last_seq=row.last_seq,
    )
