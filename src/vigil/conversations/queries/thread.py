"""One conversation's timeline, the latest page first."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.queries.lists import ConversationRow, conversation_asked, find_conversation, linked_asked, others_asked
from vigil.conversations.rules import MOST_LINKS, told_of_merge, told_of_status
from vigil.conversations.sides import CUSTOMER_KINDS
from vigil.conversations.sight import VISIBLE
from vigil.customers import queries as customers
from vigil.customers.queries import CustomerRow
from vigil.kernel.database.plain import Question, Rows, ask, ask_all
from vigil.kernel.text import MaskedText, seal_again
from vigil.workspace.sight import Sight

PAGE = 100
MOST_UNREAD = 100
_BESIDE = 6
_CUSTOMER_OF = "SELECT customer_id FROM conversations_conversation WHERE public_id = %(public_id)s"
# In the order of EntryRow's fields.
_FIELDS = """
SELECT entry.seq, entry.kind, entry.author_kind, entry.agent_id, agent.name, agent.public_name,
       entry.text, entry.language, entry.data, entry.client_key, entry.created_at
"""
_ENTRIES = _FIELDS + " FROM conversations_entry AS entry LEFT JOIN team_agent AS agent ON agent.id = entry.agent_id"
_OF_ID = _ENTRIES + " WHERE entry.conversation_id = %(conversation)s"
_NAMED = "SELECT id FROM conversations_conversation WHERE public_id = %(public_id)s"
_OF_NAME = _ENTRIES + " WHERE entry.conversation_id = (" + _NAMED + ")"
_BACKWARDS = _OF_NAME + " AND (%(before)s::int IS NULL OR entry.seq < %(before)s) ORDER BY entry.seq DESC LIMIT %(limit)s"
# What was said in those that go on here, and what became of it; which one of several comes first is seen by the clock.
_OF_MERGED = f"""{_FIELDS}, part.public_id
  FROM conversations_conversation AS part JOIN conversations_entry AS entry ON entry.conversation_id = part.id
  LEFT JOIN team_agent AS agent ON agent.id = entry.agent_id
 WHERE part.merged_into_id = ({_NAMED}) AND part.{VISIBLE} AND entry.kind IN ('message', 'reply', 'note', 'secret_removed')
 ORDER BY entry.created_at, entry.id LIMIT 1000
"""
_SAID_AT = f"SELECT created_at FROM conversations_entry WHERE conversation_id = ({_NAMED}) AND seq = %(before)s"  # noqa: S608 - as above
_FORWARDS = _OF_ID + " AND entry.seq > %(after)s ORDER BY entry.seq LIMIT 500"
_FOR_RECORD = _OF_ID + " AND entry.kind = ANY(%(kinds)s) ORDER BY entry.seq"
_NEWEST = _OF_ID + " AND entry.kind = %(kind)s ORDER BY entry.seq DESC LIMIT 1"
_MARKS = "SELECT conversation_id, kind, delivered_seq, read_seq FROM conversations_participant WHERE conversation_id = ANY(%(ids)s)"
# What was withdrawn is not there for a customer. It counts no further than a badge shows.
_UNREAD = """
SELECT asked.id, unread.n FROM unnest(%(ids)s::bigint[]) AS asked (id),
       LATERAL (SELECT COUNT(*) AS n FROM (
           SELECT 1 FROM conversations_entry e
            WHERE e.conversation_id = asked.id AND e.kind = 'reply' AND NOT e.data ? 'withdrawn_at'
              AND e.seq > COALESCE((SELECT p.read_seq FROM conversations_participant p
                                     WHERE p.conversation_id = asked.id AND p.kind = 'customer'), 0)
            LIMIT %(most)s) AS found) AS unread
 WHERE unread.n > 0
"""
_MARKS_OF_NAME = """
SELECT p.conversation_id, p.kind, p.delivered_seq, p.read_seq FROM conversations_participant p
  JOIN conversations_conversation c ON c.id = p.conversation_id WHERE c.public_id = %(public_id)s
"""
_STANDING = _OF_ID + " AND entry.kind = 'reply' AND NOT entry.data ? 'withdrawn_at' ORDER BY entry.seq DESC LIMIT %(limit)s"
_TELLING = _OF_ID + " AND entry.kind = 'message' AND entry.text ~ '[0-9]{2}|@' ORDER BY entry.seq DESC LIMIT 100"


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
    # The conversation in which it stands, where that one was merged into the one that is read.
    part: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """How far the customer and the team have come, as entry numbers."""

    customer_delivered: int = 0
    customer_read: int = 0
    team_read: int = 0
    team_delivered: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation with the latest page of its entries, ascending; `has_earlier` says whether there are older ones.

    `merged` is what was said at the time of these in the conversations that were merged into it, as far as they are in sight.
    """

    conversation: ConversationRow
    entries: tuple[EntryRow, ...]
    has_earlier: bool
    marks: Marks
    merged: tuple[EntryRow, ...] = ()

    @property
    def woven(self) -> list[EntryRow]:
        """Give both in the order in which they were said; the conversation's own keep the order of their numbers."""
        woven, others = [], list(reversed(self.merged))
        for entry in self.entries:
            while others and others[-1].created_at < entry.created_at:
                woven.append(others.pop())
            woven.append(entry)
        return [*woven, *reversed(others)]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a thread: the person, up to six of their conversations, this one among them, and those it is linked with."""

    customer: CustomerRow
    same_customer: tuple[ConversationRow, ...]
    linked: tuple[ConversationRow, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A thread with what an agent wants to know beside it; `answers` are those to what was asked along with it."""

    thread: Thread
    beside: Beside
    answers: tuple[Any, ...] = ()


def get_thread(public_id: str, sight: Sight, *, before: int | None = None) -> Thread:
    """Get the newest page of a conversation in sight, or the page before an entry's number. Raises ConversationNotFound."""
    asked = _thread_asked(public_id, sight, before)
    if before is None:
        return _thread(*ask_all(*asked))
    until = Question(_SAID_AT, {"public_id": public_id, "before": before}, lambda rows: rows[0][0] if rows else None)
    *found, until_at = ask_all(*asked, until)
    return _thread(*found, until=until_at)


def get_case(public_id: str, sight: Sight, *along: Question[Any]) -> Case:
    """Get the newest page of a conversation in sight and what stands beside it, all in one round trip. Raises ConversationNotFound.

    What is asked `along` is answered in the same round trip, for a conversation in sight alone.
    """
    asked = (*_thread_asked(public_id, sight, None), *_beside_asked(public_id, sight), *along)
    conversation, page, marks, merged, customer, others, linked, *answers = ask_all(*asked)
    return Case(_thread(conversation, page, marks, merged), Beside(customer, tuple(others), tuple(linked)), tuple(answers))


def get_facts(public_id: str, sight: Sight) -> tuple[ConversationRow, Beside]:
    """Get how a conversation stands, and what stands beside its thread. Raises ConversationNotFound."""
    conversation, customer, others, linked = ask_all(conversation_asked(public_id, sight), *_beside_asked(public_id, sight))
    if conversation is None:
        raise ConversationNotFound
    return conversation, Beside(customer, tuple(others), tuple(linked))


def _beside_asked(public_id: str, sight: Sight) -> tuple[Question[Any], ...]:
    return (
        customers.customer_asked(_CUSTOMER_OF, {"public_id": public_id}),
        others_asked(public_id, sight, limit=_BESIDE),
        linked_asked(public_id, sight, limit=MOST_LINKS),
    )


def _thread_asked(public_id: str, sight: Sight, before: int | None) -> tuple[Question[Any], ...]:
    of_name = {"public_id": public_id}
    # Asked by name, so that none waits for another; what is not in sight is thrown away unread.
    return (
        conversation_asked(public_id, sight),
        Question(_BACKWARDS, {**of_name, "before": before, "limit": PAGE + 1}, lambda rows: rows),
        Question(_MARKS_OF_NAME, of_name, _read_marks),
        Question(_OF_MERGED, {**of_name, "teams": list(sight.team_ids)}, lambda rows: rows),
    )


def _thread(
    conversation: ConversationRow | None, page: Rows, marks: dict[int, Marks], merged: Rows, *, until: datetime | None = None
) -> Thread:
    if conversation is None:
        raise ConversationNotFound
    entries = tuple(_row(*found) for found in reversed(page[:PAGE]))
    has_earlier = len(page) > PAGE
    since = entries[0].created_at if has_earlier else None
    others = (replace(_row(*found), part=part) for *found, part in merged)
    at_that_time = (each for each in others if (not since or each.created_at >= since) and (not until or each.created_at < until))
    return Thread(conversation, entries, has_earlier, marks.get(conversation.id, Marks()), tuple(at_that_time))


def list_entries(public_id: str, sight: Sight, *, after: int) -> list[EntryRow]:
    """List the entries of a conversation in sight behind a number, ascending, at most 500. Raises ConversationNotFound."""
    conversation = find_conversation(public_id, sight)
    if conversation is None:
        raise ConversationNotFound
    return _rows(_FORWARDS, conversation.id, after=after)


def list_telling(conversation_id: int) -> list[EntryRow]:
    """List the newest 100 messages of a conversation that may hold a figure or an address, ascending; who may see it was asked before."""
    return _rows(_TELLING, conversation_id)[::-1]


def list_telling_beside(row: ConversationRow, beside: Beside) -> list[EntryRow]:
    """List what may tell a fact in a conversation and in those that go on in it; who may see it was asked before."""
    parts = [other.id for other in beside.same_customer if other.merged_into_id == row.id]
    return [entry for each in (row.id, *parts) for entry in list_telling(each)]


def list_replies(conversation_id: int, *, limit: int = 10) -> list[EntryRow]:
    """List a conversation's newest replies that were not withdrawn, the newest first; who may see it was asked before."""
    return _rows(_STANDING, conversation_id, limit=limit)


def list_for_record(public_id: str, customer_id: int) -> tuple[ConversationRow, list[EntryRow]]:
    """List everything the customer may keep of a conversation, ascending. Raises ConversationNotFound."""
    conversation = find_conversation(public_id, customer_id)
    if conversation is None:
        raise ConversationNotFound
    entries = _rows(_FOR_RECORD, conversation.id, kinds=list(CUSTOMER_KINDS))
    return conversation, [told for entry in entries if (told := _for_customer(entry)) is not None]


def find_newest(public_id: str, customer_id: int, *, kind: str) -> EntryRow | None:
    """Find the newest entry of one kind in a customer's conversation, as the customer may know it. Raises ConversationNotFound."""
    conversation = find_conversation(public_id, customer_id)
    if conversation is None:
        raise ConversationNotFound
    if kind not in CUSTOMER_KINDS:
        return None
    return next((told for entry in _rows(_NEWEST, conversation.id, kind=kind) if (told := _for_customer(entry)) is not None), None)


def marks_of(conversation_ids: Iterable[int]) -> dict[int, Marks]:
    """Tell, by conversation, how far both sides have come; conversations that nobody has opened have no marks yet."""
    return _read_marks(ask(_MARKS, {"ids": list(conversation_ids)}))


def unread_of(conversation_ids: Iterable[int]) -> dict[int, int]:
    """Count, by conversation, the team's answers that the customer has not read, up to 100; conversations without any are left out."""
    return dict(ask(_UNREAD, {"ids": list(conversation_ids), "most": MOST_UNREAD}))


def _read_marks(rows: Rows) -> dict[int, Marks]:
    marks: dict[int, Marks] = {}
    for conversation, kind, delivered, read in rows:
        known = marks.get(conversation, Marks())
        if kind == "customer":
            marks[conversation] = replace(known, customer_delivered=delivered, customer_read=read)
        else:
            furthest = {"team_read": max(known.team_read, read), "team_delivered": max(known.team_delivered, delivered)}
            marks[conversation] = replace(known, **furthest)
    return marks


def _for_customer(entry: EntryRow) -> EntryRow | None:
    if "withdrawn_at" in entry.data:
        return None
    if entry.kind == "merged":
        merged = told_of_merge(entry.data)
        return None if merged is None else replace(entry, kind=merged[0], data=merged[1])
    if entry.kind != "status":
        return entry
    told = told_of_status(entry.data)
    return None if told is None else replace(entry, data=told)


def _rows(statement: str, conversation: int, **values: Any) -> list[EntryRow]:
    return [_row(*found) for found in ask(statement, {"conversation": conversation, **values})]


def _row(seq: int, kind: str, author_kind: str, *found: Any) -> EntryRow:
    agent_id, name, public_name, text, language, data, client_key, created_at = found
    words = seal_again(text)
    known = json.loads(data) if data != "{}" else {}
    return EntryRow(seq, kind, author_kind, agent_id, name, public_name, words, language, known, client_key, created_at)
