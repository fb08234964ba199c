"""Which conversations are found: the newest first, or the best among the newest; and how many, as far as it is worth counting.

The index answers which might be meant; what it says is compared with how each conversation stands now, in the same statement, so
that what has changed a moment ago is neither shown nor counted where it must not be.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from django.db import OperationalError, connection, transaction

from vigil.conversations.sight import visible_to
from vigil.kernel.database.plain import Rows, ask
from vigil.languages.lexemes import Term
from vigil.search.errors import SearchTookTooLong
from vigil.search.rules import Filters, all_parts, asks_of, conditions_of, newest_parts
from vigil.workspace.sight import Sight

CAP = 1000
MOST_CANDIDATES = 2000
_STOPPED = "57014"
# A search that nobody would wait for is stopped; and the index is always the way, which PostgreSQL cannot know before it knows the words.
_CAREFULLY = "SELECT set_config('statement_timeout', '2000', true), set_config('enable_seqscan', 'off', true)"
_AS_EVER = "SELECT set_config('statement_timeout', NULL, true), set_config('enable_seqscan', NULL, true)"
_NEWEST = "SELECT COALESCE(MAX(id), 0) FROM conversations_conversation"
# Not in the order of a key: asked that way, PostgreSQL might walk along all conversations to find those few.
_HITS = """
WITH hits AS MATERIALIZED (
  SELECT conversation_id AS id FROM search_document
   WHERE {words} facets @@ %(facets)s::tsquery AND conversation_id + 0 < %(before)s LIMIT %(limit)s)
"""
_WORDS = "words @@ %(words)s::tsquery AND"
_THAT_STAND = "JOIN conversations_conversation c ON c.id = h.id WHERE c.{visible} {stands}"
_IDS = """
SELECT h.id, (SELECT COUNT(*) FROM hits) FROM (SELECT id FROM hits ORDER BY id DESC LIMIT %(candidates)s) AS h
  {that_stand} ORDER BY h.id DESC LIMIT %(most)s
"""
_COUNT = "SELECT COUNT(*) FROM (SELECT 1 FROM hits AS h {that_stand} LIMIT %(most)s) AS counted"
_RANKED = """
SELECT conversation_id FROM search_document WHERE conversation_id = ANY(%(ids)s)
 ORDER BY ts_rank('{0.1, 0.3, 0.6, 1.0}', words, %(words)s::tsquery) DESC, conversation_id DESC LIMIT %(most)s OFFSET %(skip)s
"""
# So many hits are read at most where it is not known how many there are; those that stand now are fewer by what changed a moment ago.
_MANY, _ANY_NUMBER, _SPARE, _FEW = 5000, 1_000_000_000, 100, 200


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what is found, by the conversations' numbers; `is_last` says that nothing is behind it."""

    ids: tuple[int, ...]
    is_last: bool


def find(
    terms: Sequence[Term],
    filters: Filters,
    sight: Sight,
    *,
    most: int,
    before: int | None = None,
    skip: int = 0,
    order: Literal["newest", "best"] = "newest",
) -> Found:
    """Find conversations in sight that hold every term and stand as the filters say.

    The newest first, from below the number `before` on; or the best of the newest 2,000 first, behind `skip` better ones.
    Raises SearchTookTooLong.
    """
    search = _Search(terms, filters, sight, before=before)
    with _carefully():
        ids = search.best(most + 1, skip) if order == "best" and terms else search.newest(most + 1)
    return Found(tuple(ids[:most]), is_last=len(ids) <= most)


def count(terms: Sequence[Term], filters: Filters, sight: Sight) -> int:
    """Count what `find` would find in all; the count stops at 1,000. Raises SearchTookTooLong."""
    with _carefully():
        return _Search(terms, filters, sight).count()


class _Search:
    """The same question, asked of one part of the house after the other."""

    def __init__(self, terms: Sequence[Term], filters: Filters, sight: Sight, *, before: int | None = None) -> None:
        self._words, self._filters, self._sight = asks_of(terms), filters, sight
        self._before = ask(_NEWEST, {})[0][0] + 1 if before is None else before

    def newest(self, most: int) -> list[int]:
        """List the numbers of the newest."""
        for parts in newest_parts(self._before - 1):
            found = self._ids(parts, most)
            if len(found) >= most:
                return found
        if len(found) < _FEW:
            # Either there are few in all, or they are older.
            rows = self._ask(_IDS, None, most, limit=_MANY)
            if not rows or rows[0][1] < _MANY:
                return [row[0] for row in rows]
        found = []
        for parts in all_parts(self._before - 1):
            found += self._ids(parts, most - len(found))
            if len(found) >= most:
                break
        return found

    def best(self, most: int, skip: int) -> list[int]:
        """List the numbers of the best among the newest 2,000."""
        values = {"ids": self.newest(MOST_CANDIDATES), "words": self._words, "most": most, "skip": skip}
        return [row[0] for row in ask(_RANKED, values)]

    def count(self) -> int:
        """Count the hits that stand, up to the cap."""
        *_, newest = newest_parts(self._before - 1)
        for parts in (newest, None):
            counted = int(self._ask(_COUNT, parts, CAP, limit=CAP + _SPARE)[0][0])
            if counted >= CAP:
                break
        return counted

    def _ids(self, parts: Sequence[str], most: int) -> list[int]:
        return [row[0] for row in self._ask(_IDS, parts, most, limit=_ANY_NUMBER)]

    def _ask(self, what: str, parts: Sequence[str] | None, most: int, *, limit: int) -> Rows:
        facets = conditions_of(self._filters, self._sight.team_ids, parts)
        values = {"words": self._words, "facets": facets, "before": self._before, "most": most, "limit": limit}
        return ask(
            self._statement(what), {**visible_to(self._sight)[1], **self._values(), **values, "candidates": max(most, MOST_CANDIDATES)}
        )

    def _statement(self, what: str) -> str:
        that_stand = _THAT_STAND.format(visible=visible_to(self._sight)[0], stands=self._stands())
        return _HITS.format(words=_WORDS if self._words else "") + what.format(that_stand=that_stand)

    def _stands(self) -> str:
        wanted = self._filters
        conditions = {
            "c.status = %(status)s": wanted.status,
            "c.channel = %(channel)s": wanted.channel,
            "c.language = %(language)s": wanted.language,
            "c.topic = %(topic)s": wanted.topic,
            "COALESCE(c.assignee_id, 0) = ANY(%(agents)s)": wanted.agent_ids is not None,
            "c.queue_id = ANY(%(queues)s)": wanted.queue_ids is not None,
            "c.created_at >= %(since)s": wanted.since,
            "c.created_at < %(until)s": wanted.until,
        }
        return "".join(f" AND {condition}" for condition, is_asked in conditions.items() if is_asked)

    def _values(self) -> dict[str, Any]:
        wanted = self._filters
        return {
            "status": wanted.status,
            "channel": wanted.channel,
            "language": wanted.language,
            "topic": wanted.topic,
            "agents": list(wanted.agent_ids or ()),
            "queues": list(wanted.queue_ids or ()),
            "since": wanted.since,
            "until": wanted.until,
        }


@contextmanager
def _carefully() -> Iterator[None]:
    try:
        with transaction.atomic():
            ask(_CAREFULLY, {})
            yield
            # Where a caller has a transaction of its own, it goes on as it was.
            if connection.in_atomic_block and connection.savepoint_ids:
                ask(_AS_EVER, {})
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == _STOPPED:
            raise SearchTookTooLong(retry_after=1) from None
        raise
