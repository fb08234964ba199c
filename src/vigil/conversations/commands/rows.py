"""The rows of a change on their way from the database and back: plain SQL, one round trip there and one back.

This is the path of every message. Building model queries and waiting for one statement after the other cost it more
than all the database does, so it says itself what it wants; the fields' own seal on words is asked all the same.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from vigil.conversations.held import Held, Line
from vigil.conversations.models import Conversation, Entry
from vigil.kernel.database.plain import Question
from vigil.kernel.text import seal_again

Key = tuple[int, str, int | None, UUID]

# What is written anew is not read: the last fields have defaults.
_COLUMNS = [field.name for field in fields(Held)][:16]
# Lists come as JSON: PostgreSQL takes each for equally long, and so plans the statement once; with arrays, every time anew.
# Always in the order of their ids, so that no two writers wait in a ring. The key is not changed, and whoever only points at
# the row (a mark, a file) need not wait for a writer, nor a writer for them.
_LOOK = f"""
SELECT {", ".join(_COLUMNS)} FROM conversations_conversation
 WHERE public_id IN (SELECT json_array_elements_text(%s::json)) ORDER BY id
"""  # noqa: S608 (our own names)
# One conversation that somebody holds must not keep a whole batch of others waiting; what is locked later may take longer.
# Said within the statements themselves: one more costs a message a round of waiting for the interpreter.
_LOCK = f"""
SELECT {", ".join(_COLUMNS)} FROM conversations_conversation
 WHERE (SELECT set_config('lock_timeout', '700ms', true)) IS NOT NULL
   AND public_id IN (SELECT json_array_elements_text(%s::json)) ORDER BY id FOR NO KEY UPDATE
"""  # noqa: S608 (our own names)
_LOCK_THE_FREE = f"{_LOCK} SKIP LOCKED"
_AS_EVER = "SELECT set_config('lock_timeout', NULL, true)"
# A statement of its own behind the lock: only then does it see what the writer before us has committed. What was sent under
# a key, and the same words among the last entries, which one index gives: whoever repeats a thing does it at once. OFFSET 0
# keeps PostgreSQL from reading a whole conversation to compare its keys one by one.
_BEFORE = """
SELECT {columns} FROM json_to_recordset(%(keys)s::json) AS asked(conversation text, key uuid)
  JOIN conversations_conversation c ON c.public_id = asked.conversation
  JOIN LATERAL (SELECT * FROM conversations_entry WHERE conversation_id = c.id AND client_key = asked.key OFFSET 0) e ON TRUE
 WHERE ({as_ever}) IS NOT NULL
 UNION ALL
SELECT {columns} FROM json_to_recordset(%(said)s::json) AS asked(conversation text, words text, since timestamptz)
  JOIN conversations_conversation c ON c.public_id = asked.conversation
  JOIN conversations_entry e ON e.conversation_id = c.id AND e.seq > c.last_seq - 12 AND e.kind = 'message' AND e.text = asked.words
                            AND e.created_at >= c.waiting_since AND e.created_at > asked.since
""".format(as_ever=_AS_EVER, columns=", ".join(f"e.{field.name}" for field in fields(Line)))  # noqa: S608 (our own names)
# The numbers of entries are drawn here, under the lock taken before: the live tier's reader relies on it.
_WRITE = """
WITH written AS (
    INSERT INTO conversations_entry (conversation_id, seq, kind, author_kind, agent_id, text, language, data, client_key, created_at)
    SELECT * FROM json_to_recordset(%s::json) AS e(conversation_id bigint, seq int, kind text, author_kind text, agent_id bigint, text text,
                                             language text, data jsonb, client_key uuid, created_at timestamptz)
)
UPDATE conversations_conversation c
   SET status = n.status, priority = n.priority, team_id = n.team_id, queue_id = n.queue_id, assignee_id = n.assignee_id,
       topic = n.topic, waiting_since = n.waiting_since, due_at = n.due_at, first_answered_at = n.first_answered_at,
       snoozed_until = n.snoozed_until, last_seq = n.last_seq, last_activity_at = n.last_activity_at,
       preview = COALESCE(n.preview, c.preview)
  FROM json_to_recordset(%s::json) AS n(id bigint, status text, priority smallint, team_id bigint, queue_id bigint, assignee_id bigint,
                                  topic text, waiting_since timestamptz, due_at timestamptz, first_answered_at timestamptz,
                                  snoozed_until timestamptz, last_seq int, preview text, last_activity_at timestamptz)
 WHERE c.id = n.id
"""
# What the customer said stays as it is; beside it stands how often the same came again.
_COUNT_AGAIN = """
UPDATE conversations_entry e SET data = jsonb_set(e.data, '{again}', to_jsonb(n.times))
  FROM json_to_recordset(%s::json) AS n(conversation_id bigint, seq int, times int)
 WHERE e.conversation_id = n.conversation_id AND e.seq = n.seq
"""


@contextmanager
def at_once() -> Iterator[None]:
    """Send the statements of the block together and wait for all of them at its end; what fails is raised there at the latest."""
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


@dataclass(frozen=True, slots=True)
class Found:
    """Locked conversations by name, and what stands in them already: under the keys asked about, and with the same words.

    `answers` are those to the questions that were asked on the way.
    """

    conversations: dict[str, Held]
    by_key: dict[Key, Line]
    by_words: dict[tuple[int, str], Line]
    answers: list[Any]


def lock(
    public_ids: Iterable[str],
    keys: Iterable[tuple[str, UUID]],
    said: Iterable[tuple[str, str, datetime]] = (),
    *,
    questions: Sequence[Question[Any]] = (),
    waits: bool = True,
) -> Found:
    """Lock conversations against every other writer; find what is stored under `keys`, and what customers `said` since a moment.

    Waits 0.7 s for another writer and then raises OperationalError; without `waits`, what is locked is left out.
    """
    names, asked = sorted(set(public_ids)), [{"conversation": name, "key": str(key)} for name, key in set(keys)]
    words = [{"conversation": name, "words": text, "since": since.isoformat()} for name, text, since in set(said)]
    cursor, before, others = _statement(), _statement(), [_statement() for _ in questions]
    with at_once():
        for other, question in zip(others, questions, strict=True):
            other.execute(question.text.encode(), question.values, prepare=True)
        cursor.execute(_LOCK if waits else _LOCK_THE_FREE, [_as_json(names)], prepare=True)
        if asked or words:
            before.execute(_BEFORE, {"keys": _as_json(asked), "said": _as_json(words)}, prepare=True)
        else:
            before.execute(_AS_EVER, prepare=True)
    answers = [question.read(other.fetchall()) for other, question in zip(others, questions, strict=True)]
    locked = [Held(*row) for row in cursor.fetchall()]
    # The first of several is the one that is meant.
    lines = sorted(map(_line, before.fetchall()), key=attrgetter("seq"), reverse=True) if asked or words else []
    return Found({row.public_id: row for row in locked}, _by_key(lines), _by_words(lines), answers)


def look(public_ids: Iterable[str]) -> dict[str, Held]:
    """Read conversations as they stand, without a lock: enough to say who may know of them, and nothing to decide on."""
    with connection.wrap_database_errors:
        cursor = _statement()
        cursor.execute(_LOOK, [_as_json(sorted(set(public_ids)))], prepare=True)
        return {row.public_id: row for row in (Held(*found) for found in cursor.fetchall())}


def _statement() -> psycopg.Cursor[tuple[Any, ...]]:
    # Django's own cursors have every statement planned anew, which costs PostgreSQL more than carrying it out.
    return psycopg.Cursor(connection.connection)


def _line(found: tuple[Any, ...]) -> Line:
    line = Line(*found)
    line.text = seal_again(line.text)
    line.data = json.loads(found[_DATA])
    return line


def _by_words(lines: Iterable[Line]) -> dict[tuple[int, str], Line]:
    return {(line.conversation_id, line.text): line for line in lines if line.kind == "message" and line.text}


def _by_key(lines: Iterable[Line]) -> dict[Key, Line]:
    return {(line.conversation_id, line.author_kind, line.agent_id, line.client_key): line for line in lines if line.client_key}


def write(entries: Iterable[Line], conversations: Iterable[Held]) -> None:
    """Append entries, in their order, and write their conversations back."""
    values = [_as_json([_entry(entry) for entry in entries]), _as_json([_conversation(row) for row in conversations])]
    with connection.wrap_database_errors:
        _statement().execute(_WRITE, values, prepare=True)


def count_again(times: Mapping[tuple[int, int], int]) -> None:
    """Note beside entries, by conversation and number, how often the same words came again; only where some did."""
    counted = [{"conversation_id": conversation, "seq": seq, "times": many} for (conversation, seq), many in times.items()]
    with connection.wrap_database_errors:
        _statement().execute(_COUNT_AGAIN, [_as_json(counted)], prepare=True)


def _entry(entry: Line) -> dict[str, Any]:
    return {
        "conversation_id": entry.conversation_id,
        "seq": entry.seq,
        "kind": entry.kind,
        "author_kind": entry.author_kind,
        "agent_id": entry.agent_id,
        "text": _sealed_text(entry.text),
        "language": entry.language,
        "data": entry.data,
        "client_key": None if entry.client_key is None else str(entry.client_key),
        "created_at": entry.created_at.isoformat(),
    }


def _conversation(row: Held) -> dict[str, Any]:
    return {
        "id": row.id,
        "status": row.status,
        "priority": row.priority,
        "team_id": row.team_id,
        "queue_id": row.queue_id,
        "assignee_id": row.assignee_id,
        "topic": row.topic,
        "waiting_since": _moment(row.waiting_since),
        "due_at": _moment(row.due_at),
        "first_answered_at": _moment(row.first_answered_at),
        "snoozed_until": _moment(row.snoozed_until),
        "last_seq": row.last_seq,
        "preview": _sealed_preview(row.preview),
        "last_activity_at": _moment(row.last_activity_at),
    }


_DATA = [field.name for field in fields(Line)].index("data")
_sealed_text = Entry._meta.get_field("text").get_prep_value
_sealed_preview = Conversation._meta.get_field("preview").get_prep_value


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


_as_json = json.JSONEncoder(ensure_ascii=False).encode
