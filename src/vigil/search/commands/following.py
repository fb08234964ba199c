"""The index follows the timelines: nobody who writes waits for it, and whatever is not in it yet is found by looking.

A message is stored without a word about the index. From time to time a worker asks which conversations have entries that
their document does not know, reads those, and notes how far it has come, all in one transaction: killed anywhere, the next one
asks the same again. Numbers of entries are drawn in another order than that of the commits, which is why it does not go on
beyond a number before every transaction that may still bring a lower one has ended.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from vigil.kernel import faults
from vigil.kernel.database.plain import ask
from vigil.search.commands.documents import write_documents

# Another number has everything read anew: it changes when words are cut in another way.
ANALYSER = 1
AT_ONCE = 200
# Numbers drawn before it begins may be on their way still: so many entries are looked at once more.
_MARGIN = 1000
_BEGIN = """
INSERT INTO search_following (id, followed, below, analyser)
SELECT 1, GREATEST(0, COALESCE((SELECT MAX(id) FROM conversations_entry), 0) - %(margin)s),
       COALESCE((SELECT MAX(id) FROM conversations_conversation), 0) + 1, %(analyser)s
 WHERE NOT EXISTS (SELECT FROM search_following) ON CONFLICT DO NOTHING
"""
_AGAIN = """
UPDATE search_following SET analyser = %(analyser)s, below = COALESCE((SELECT MAX(id) FROM conversations_conversation), 0) + 1
 WHERE analyser <> %(analyser)s
"""
_TAKE = """
SELECT f.followed, f.mark, f.mark_xid, f.below, COALESCE((SELECT MAX(id) FROM conversations_entry), 0),
       pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint, EXISTS (SELECT FROM search_due)
  FROM pg_current_snapshot() AS s, search_following AS f FOR UPDATE OF f SKIP LOCKED
"""
# Every entry raises its conversation's `last_seq` in the same transaction.
_BEHIND = """
SELECT c.id FROM (SELECT DISTINCT conversation_id FROM conversations_entry WHERE id > %(followed)s) AS grown
  JOIN conversations_conversation c ON c.id = grown.conversation_id
  LEFT JOIN search_document d ON d.conversation_id = c.id
 WHERE d.seq IS DISTINCT FROM c.last_seq ORDER BY c.id LIMIT %(most)s
"""
_DUE = "DELETE FROM search_due WHERE conversation_id IN (SELECT conversation_id FROM search_due LIMIT %(most)s) RETURNING conversation_id"
_OLDER = "SELECT id FROM conversations_conversation WHERE id < %(below)s ORDER BY id DESC LIMIT %(most)s"
_GO_ON = "UPDATE search_following SET followed = %s, mark = %s, mark_xid = %s, below = %s"


@dataclass(frozen=True, slots=True)
class _Standing:
    followed: int
    mark: int | None
    mark_xid: int | None
    below: int
    newest: int
    oldest_running: int
    next_xid: int
    has_due: bool

    @property
    def has_work(self) -> bool:
        return self.newest > self.followed or self.below > 0 or self.has_due


def follow(*, most: int = AT_ONCE) -> int:
    """Bring at most so many conversations of the index up to date, the newest news first; tell how many there were.

    Does nothing where another process is at it, or where nothing is behind. May be repeated.
    """
    with transaction.atomic():
        standing = _take()
        if standing is None or not standing.has_work:
            return 0
        behind = [found for (found,) in ask(_BEHIND, {"followed": standing.followed, "most": most})]
        due = [found for (found,) in ask(_DUE, {"most": most})] if standing.has_due else []
        left = most - len(behind) - len(due)
        older = [found for (found,) in ask(_OLDER, {"below": standing.below, "most": left})] if standing.below > 0 and left > 0 else []
        write_documents(behind, anew=[*due, *older])
        below = standing.below if left <= 0 else older[-1] if len(older) == left else 0
        _go_on(standing, below, is_complete=len(behind) < most)
        faults.point("search.before_commit")
    return len({*behind, *due, *older})


def _take() -> _Standing | None:
    for row in ask(_TAKE, {}):
        return _Standing(*row)
    return None


def ensure_standing() -> None:
    """Make the one row that says how far the index is, and have everything read anew where words are cut in another way now."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (_BEGIN, _AGAIN):
            cursor.execute(statement, {"analyser": ANALYSER, "margin": _MARGIN})


def _go_on(standing: _Standing, below: int, *, is_complete: bool) -> None:
    followed, mark, xid = standing.followed, standing.mark, standing.mark_xid
    if is_complete:
        if mark is not None and xid is not None and xid <= standing.oldest_running:
            followed, mark, xid = mark, None, None
        if mark is None and standing.newest > followed:
            mark, xid = standing.newest, standing.next_xid
    values: tuple[Any, ...] = (followed, mark, xid, below)
    if values != (standing.followed, standing.mark, standing.mark_xid, standing.below):
        with connection.cursor() as cursor:
            cursor.execute(_GO_ON, values)
