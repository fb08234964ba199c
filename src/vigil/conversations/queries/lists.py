"""Lists of conversations: keyset pages, counts that stop counting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from vigil.conversations.models import Conversation
from vigil.conversations.queries.sight import VISIBLE, visible_to
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
_OPEN_IDS = f"SELECT id FROM conversations_conversation WHERE status = 'open' AND {VISIBLE}"  # noqa: S608 - two constants
# All counts in one round trip; each stops at the cap, so that none walks a million rows.
_COUNTS = f"""
SELECT (SELECT COUNT(*) FROM ({_OPEN_IDS} AND assignee_id = %(agent)s LIMIT %(cap)s) AS mine),
       (SELECT COUNT(*) FROM ({_OPEN_IDS} LIMIT %(cap)s) AS team),
       ARRAY(SELECT (SELECT COUNT(*) FROM ({_OPEN_IDS} AND queue_id = asked.id LIMIT %(cap)s) AS held)
               FROM unnest(%(queues)s::bigint[]) WITH ORDINALITY AS asked (id, place) ORDER BY asked.place)
"""  # noqa: S608 - constants; values are parameters
# In the order of ConversationRow's fields.
_FIELDS = (
    "id",
    "public_id",
    "channel",
    "status",
    "priority",
    "language",
    "topic",
    "preview",
    "customer_id",
    "customer__name",
    "customer__public_id",
    "customer__is_verified",
    "team_id",
    "queue_id",
    "queue__name",
    "assignee_id",
    "assignee__name",
    "waiting_since",
    "due_at",
    "created_at",
    "last_activity_at",
    "last_seq",
)


def list_conversations(
    place: Place, sight: Sight, *, after: tuple[datetime | None, int] | None = None, among: Iterable[str] | None = None
) -> list[ConversationRow]:
    """List a page of at most 50: the longest wait first, and behind them those whose turn it is not ours.

    `after` is the (waiting_since, id) of the last row of the page before; `among` asks which of these belong there.
    """
    rows = visible_to(sight)
    order: tuple[OrderBy, ...] = (F("waiting_since").asc(nulls_last=True), F("id").asc())
    if among is not None:
        rows = rows.filter(public_id__in=set(among))
    if place.queue_id is not None:
        rows = rows.filter(queue_id=place.queue_id)
    if place.assignee_id is not None:
        rows = rows.filter(assignee_id=place.assignee_id)
    if place.what == "done":
        rows, order = rows.exclude(status="open"), (F("id").desc(),)
        rows = rows.filter(id__lt=after[1]) if after else rows
    else:
        rows = _behind(rows.filter(_OPEN), after)
    is_wide = place == Place(what=place.what) and among is None and len(sight.team_ids) > 1
    return _rows((_first_of_each_team(rows, sight, order) if is_wide else rows).order_by(*order))


def _first_of_each_team(rows: "QuerySet[Conversation]", sight: Sight, order: tuple[OrderBy, ...]) -> "QuerySet[Conversation]":
    # An index gives one team's rows in their order, but not those of several: a page of each is enough to find the first.
    pages = [rows.filter(team_id=team).order_by(*order).values("id")[:PAGE] for team in sight.team_ids]
    return visible_to(sight).filter(id__in=pages[0].union(*pages[1:], all=True))


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
    queues = list(queue_ids)
    values: dict[str, int | list[int]] = {"teams": list(sight.team_ids), "agent": sight.agent_id, "queues": queues, "cap": CAP}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values)
        mine, team, by_queue = cursor.fetchone()
    return Counts(mine=mine, team=team, by_queue=dict(zip(queues, by_queue, strict=True)))


def _rows(rows: "QuerySet[Conversation]", limit: int = PAGE) -> list[ConversationRow]:
    # Plain values: a page of model instances with their neighbours costs twice as much.
    return [ConversationRow(*values) for values in rows.values_list(*_FIELDS)[:limit]]
