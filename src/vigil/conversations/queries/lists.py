"""Lists of conversations: keyset pages, counts that stop counting.

Written in SQL: every page of the desk asks these, and putting the same statements together anew, request by request, took
longer than answering them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from vigil.conversations.sight import VISIBLE, visible_to
from vigil.kernel.database.plain import Question, Rows, ask
from vigil.kernel.text import MaskedText, seal_again
from vigil.workspace.sight import Sight

PAGE = 30
CAP = 1000
MOST_LIVE = 8
STILL_LIVE = timedelta(minutes=30)  # a chat in which nobody has said anything for longer goes on in the list


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
    snoozed_until: datetime | None
    merged_into_id: int | None
    merged_at: datetime | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Which list: all of the teams in sight, one queue, what one agent has taken or follows; those not done yet or those that are.

    With `live_at`, the chats of the teams that go on at that moment: whose customer waits, or spoke or was answered within half an hour.
    """

    queue_id: int | None = None
    assignee_id: int | None = None
    follower_id: int | None = None
    what: Literal["open", "done"] = "open"
    live_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many conversations are not done yet; each number stops at 1,000."""

    live: int
    mine: int
    team: int
    by_queue: dict[int, int]


# Word for word what the indexes hold, so that PostgreSQL recognises it.
_NOT_DONE = "status IN ('open', 'waiting', 'snoozed')"
_DONE = "status IN ('resolved', 'closed')"
_OPEN_IDS = f"SELECT id FROM conversations_conversation WHERE {_NOT_DONE} AND {VISIBLE}"  # noqa: S608 - three constants
_CHAT = "channel = 'chat' AND status IN ('open', 'waiting')"
_CHAT_THAT_WAITS = f"{_CHAT} AND waiting_since IS NOT NULL"
# When something last happened stands in no index, or each message would have to be written into all of them: what goes on is among
# the chats that began last.
_IN_TALK = f"""
SELECT id, due_at, status FROM (
    SELECT id, due_at, status, last_activity_at FROM conversations_conversation
     WHERE team_id = team.id AND {_CHAT} AND waiting_since IS NULL ORDER BY id DESC LIMIT 300) AS begun
 WHERE last_activity_at > %(since)s
"""  # noqa: S608 - a constant; values are parameters
_LIVE_NOW = f"{_CHAT} AND (waiting_since IS NOT NULL OR last_activity_at > %(since)s)"
# All counts in one round trip; each stops at the cap, so that none walks a million rows.
_COUNTS = f"""
SELECT (SELECT COUNT(*) FROM ((SELECT id FROM conversations_conversation WHERE {VISIBLE} AND {_CHAT_THAT_WAITS} LIMIT %(cap)s)
                    UNION ALL (SELECT talk.id FROM unnest(%(teams)s::bigint[]) AS team (id), LATERAL ({_IN_TALK}) AS talk)) AS live),
       (SELECT COUNT(*) FROM ({_OPEN_IDS} AND assignee_id = %(agent)s LIMIT %(cap)s) AS mine),
       (SELECT COUNT(*) FROM ({_OPEN_IDS} LIMIT %(cap)s) AS team),
       ARRAY(SELECT (SELECT COUNT(*) FROM ({_OPEN_IDS} AND queue_id = asked.id LIMIT %(cap)s) AS held)
               FROM unnest(%(queues)s::bigint[]) WITH ORDINALITY AS asked (id, place) ORDER BY asked.place)
"""  # noqa: S608 - constants; values are parameters
# In the order of ConversationRow's fields.
_ROWS = """
SELECT c.id, c.public_id, c.channel, c.status, c.priority, c.language, c.topic, c.preview,
       c.customer_id, person.name, person.public_id, person.is_verified,
       c.team_id, c.queue_id, queue.name, c.assignee_id, holder.name,
       c.waiting_since, c.due_at, c.created_at, c.last_activity_at, c.last_seq, c.snoozed_until, c.merged_into_id, c.merged_at, c.tags
  FROM conversations_conversation AS c
  JOIN customers_customer AS person ON person.id = c.customer_id
  JOIN team_queue AS queue ON queue.id = c.queue_id
  LEFT JOIN team_agent AS holder ON holder.id = c.assignee_id
 WHERE c.id IN ({ids})
 ORDER BY {order}
"""
# How many is part of the statement: PostgreSQL has to know it to find a plan that it may keep, and planned each page anew otherwise.
_IDS = "SELECT id FROM conversations_conversation WHERE {which} ORDER BY {order} LIMIT {limit}"
# An index gives one team's rows in their order, but not those of several: a page of each is enough to find the first.
_IDS_OF_TEAMS = """
SELECT first.id
  FROM unnest(%(teams)s::bigint[]) AS team (id),
       LATERAL (SELECT id, due_at FROM conversations_conversation
                 WHERE team_id = team.id AND {which} ORDER BY {order} LIMIT {limit}) AS first
 ORDER BY {order} LIMIT {limit}
"""
# Who waits and who is spoken with stand in an index each.
_IDS_OF_LIVE = f"""
SELECT first.id
  FROM unnest(%(teams)s::bigint[]) AS team (id),
       LATERAL ((SELECT id, due_at FROM conversations_conversation
                  WHERE team_id = team.id AND {_CHAT_THAT_WAITS} AND {{which}} ORDER BY {{order}} LIMIT {{limit}})
                UNION ALL
                (SELECT id, due_at FROM ({_IN_TALK}) AS talk WHERE {{which}} ORDER BY {{order}} LIMIT {{limit}})) AS first
 ORDER BY {{order}} LIMIT {{limit}}
"""  # noqa: S608 - constants; values are parameters
# What a channel promises is the same for everybody on it, so that among its chats whoever waits longest stands first; and a chat that
# is owed an answer in minutes stands before a mail that came earlier and has a day.
_DUE_NEXT = "due_at ASC NULLS LAST, id"
_NEWEST = "id DESC"
_THESE = "SELECT id FROM conversations_conversation WHERE {which} AND id = ANY(%(ids)s)"
_SAME_CUSTOMER = "customer_id = (SELECT customer_id FROM conversations_conversation WHERE public_id = %(public_id)s)"
_NAMED = "(SELECT id FROM conversations_conversation WHERE public_id = %(public_id)s)"
_LINKED = (
    f"id IN (SELECT other_id FROM conversations_link WHERE one_id = {_NAMED}"  # noqa: S608 - constants; values are parameters
    f" UNION ALL SELECT one_id FROM conversations_link WHERE other_id = {_NAMED})"
)
_OLDER = "id < (SELECT id FROM conversations_conversation WHERE public_id = %(before)s)"
_BEHIND = "(due_at > %(due)s OR (due_at = %(due)s AND id > %(last)s) OR due_at IS NULL)"
_BEHIND_WHAT_IS_DUE = "(due_at IS NULL AND id > %(last)s)"
_LIVE = (
    f"{_NOT_DONE} AND status <> 'snoozed' AND channel = 'chat' AND assignee_id = %(agent)s"
    " AND (waiting_since IS NOT NULL OR last_activity_at > %(since)s)"
)
_PREVIEW, _NAME = 7, 9  # columns that hold screened words


def list_conversations(
    place: Place, sight: Sight, *, after: tuple[datetime | None, int] | None = None, among: Iterable[str] | None = None
) -> list[ConversationRow]:
    """List a page of at most 30: what is due next first, and behind that those where it is the customer's turn.

    `after` is the (due_at, id) of the last row of the page before; `among` asks which of these belong there.
    """
    which = [_DONE if place.what == "done" else _LIVE_NOW if place.live_at and among is not None else _NOT_DONE]
    values: dict[str, Any] = {"teams": list(sight.team_ids)}
    if place.queue_id is not None:
        which.append("queue_id = %(queue)s")
        values["queue"] = place.queue_id
    if place.assignee_id is not None:
        which.append("assignee_id = %(assignee)s")
        values["assignee"] = place.assignee_id
    if place.follower_id is not None:
        which.append("id IN (SELECT conversation_id FROM conversations_participant WHERE agent_id = %(follower)s AND follows)")
        values["follower"] = place.follower_id
    if place.live_at is not None:
        values["since"] = place.live_at - STILL_LIVE
    if after is not None:
        which.append(_behind(place, after[0]))
        values |= {"due": after[0], "last": after[1]}
    order = _NEWEST if place.what == "done" else _DUE_NEXT
    if among is None and place.live_at is not None:
        return _rows(_IDS_OF_LIVE.format(which=" AND ".join(which), order=order, limit=PAGE), order, values)
    if among is None and place == Place(what=place.what):
        return _rows(_IDS_OF_TEAMS.format(which=" AND ".join(which), order=order, limit=PAGE), order, values)
    if among is not None:
        which.append("public_id = ANY(%(among)s)")
        values["among"] = list(set(among))
    return _rows(_IDS.format(which=" AND ".join([VISIBLE, *which]), order=order, limit=PAGE), order, values)


def list_live(sight: Sight, *, at: datetime) -> list[ConversationRow]:
    """List an agent's chats that go on at a moment, at most 8: the one that came first stays first, so that a number keeps its chat."""
    values = {"teams": list(sight.team_ids), "agent": sight.agent_id, "since": at - STILL_LIVE}
    return _rows(_IDS.format(which=f"{VISIBLE} AND {_LIVE}", order="id", limit=MOST_LIVE), "id", values)


def _behind(place: Place, due: datetime | None) -> str:
    if place.what == "done":
        return "id < %(last)s"
    return _BEHIND_WHAT_IS_DUE if due is None else _BEHIND


def find_conversation(public_id: str, who: Sight | int) -> ConversationRow | None:
    """Find one conversation that an agent, or (an int) a customer, may see."""
    question = conversation_asked(public_id, who)
    return question.read(ask(question.text, question.values))


def conversation_asked(public_id: str, who: Sight | int) -> Question[ConversationRow | None]:
    """Ask for one conversation that an agent, or (an int) a customer, may see."""
    rule, values = visible_to(who)
    ids = _IDS.format(which=f"public_id = %(public_id)s AND {rule}", order="id", limit=1)
    return Question(_rows_of(ids, "id"), {**values, "public_id": public_id}, lambda rows: next(iter(_read(rows)), None))


def list_of_customer(customer_id: int, *, limit: int = 20, before: str | None = None) -> list[ConversationRow]:
    """List a customer's conversations, the newest first; those that began before the one named, if one is."""
    rule, values = visible_to(customer_id)
    which = rule if before is None else f"{rule} AND {_OLDER}"
    return _rows(_IDS.format(which=which, order=_NEWEST, limit=limit), _NEWEST, {**values, "before": before})


def list_these(ids: Iterable[int], sight: Sight) -> list[ConversationRow]:
    """List those of some conversations that an agent sees, by their numbers, the newest first."""
    rule, values = visible_to(sight)
    wanted = list(ids)
    asked = _THESE.format(which=rule)
    return _rows(asked, _NEWEST, {**values, "ids": wanted}) if wanted else []


def opened_under(keys: Iterable[UUID]) -> set[UUID]:
    """Tell under which of these keys conversations were opened."""
    return {key for (key,) in ask("SELECT opening_key FROM conversations_conversation WHERE opening_key = ANY(%s)", [list(keys)])}


def others_asked(public_id: str, sight: Sight, *, limit: int) -> Question[list[ConversationRow]]:
    """Ask for what an agent sees of the same customer's conversations, this one among them, the newest first."""
    rule, values = visible_to(sight)
    ids = _IDS.format(which=f"{rule} AND {_SAME_CUSTOMER}", order=_NEWEST, limit=limit)
    return Question(_rows_of(ids, _NEWEST), {**values, "public_id": public_id}, _read)


def linked_asked(public_id: str, sight: Sight, *, limit: int) -> Question[list[ConversationRow]]:
    """Ask for what an agent sees of the conversations that one is linked with, the newest first."""
    rule, values = visible_to(sight)
    ids = _IDS.format(which=f"{rule} AND {_LINKED}", order=_NEWEST, limit=limit)
    return Question(_rows_of(ids, _NEWEST), {**values, "public_id": public_id}, _read)


def find_target(row: ConversationRow, sight: Sight) -> ConversationRow | None:
    """Find the conversation in which one goes on, where it was merged and the other is in sight."""
    rule, values = visible_to(sight)
    which = f"{rule} AND id = %(target)s"
    ids = _IDS.format(which=which, order="id", limit=1)
    return next(iter(_rows(ids, "id", {**values, "target": row.merged_into_id})), None)


def count_open(sight: Sight, queue_ids: Iterable[int], *, at: datetime) -> Counts:
    """Count what goes on in chats, and what is not done for an agent, the teams and each queue; each stops at 1,000 to stay cheap."""
    queues = list(queue_ids)
    values: dict[str, Any] = {"teams": list(sight.team_ids), "agent": sight.agent_id, "queues": queues, "cap": CAP}
    live, mine, team, by_queue = ask(_COUNTS, values | {"since": at - STILL_LIVE})[0]
    return Counts(live=min(live, CAP), mine=mine, team=team, by_queue=dict(zip(queues, by_queue, strict=True)))


def _rows(ids: str, order: str, values: dict[str, Any]) -> list[ConversationRow]:
    return _read(ask(_rows_of(ids, order), values))


def _rows_of(ids: str, order: str) -> str:
    in_order = ", ".join(f"c.{column.strip()}" for column in order.split(","))
    return _ROWS.format(ids=ids, order=in_order)


def _read(rows: Rows) -> list[ConversationRow]:
    return [_row(*found) for found in rows]


def _row(*found: Any) -> ConversationRow:
    row = list(found)
    for column in (_PREVIEW, _NAME):
        row[column] = seal_again(row[column])
    row[-1] = tuple(row[-1].splitlines()) if row[-1] else ()
    return ConversationRow(*row)
