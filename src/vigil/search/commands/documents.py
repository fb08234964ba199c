"""What the index knows of conversations, written anew or added to."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from vigil.kernel.database.plain import ask
from vigil.languages.lexemes import lexemes_of
from vigil.languages.lexemes.cutting import long_lexeme, mail_lexeme
from vigil.safety.queries import words_without_marks
from vigil.search.reading import read_words
from vigil.search.rules import facets_of, vector_of

# A conversation with more lexemes than these was made to be one; PostgreSQL ends at a megabyte.
_MOST_LEXEMES = 20_000
_MOST_ENTRIES = 2_000
# After these the words of before, or those about the person, are not what they were: the document is made anew.
_REWRITING = frozenset({"withdrawn", "tagged", "claimed", "secret_removed"})
_SILENT = frozenset({"tagged"})  # The tags that stand now are asked for by themselves.
_HEADS = """
SELECT c.id, c.public_id, c.team_id, c.queue_id, c.assignee_id, c.status, c.channel, c.language, c.topic, c.tags, c.created_at, c.last_seq,
       d.seq, person.name, person.uid,
       ARRAY(SELECT address FROM customers_identity i WHERE i.customer_id = person.id AND i.address LIKE '%%@%%'
             UNION SELECT address FROM customers_replyaddress r WHERE r.customer_id = person.id)
  FROM conversations_conversation c JOIN customers_customer person ON person.id = c.customer_id
  LEFT JOIN search_document d ON d.conversation_id = c.id
 WHERE c.id = ANY(%(ids)s)
"""
_SAID = """
SELECT asked.id, e.seq, e.kind, e.author_kind, e.language, e.text
  FROM json_to_recordset(%(asked)s::json) AS asked(id bigint, seq int)
  CROSS JOIN LATERAL (SELECT * FROM conversations_entry
                       WHERE conversation_id = asked.id AND seq > asked.seq ORDER BY seq DESC LIMIT %(most)s) AS e
"""
_ANEW = """
INSERT INTO search_document (conversation_id, seq, words, facets)
SELECT * FROM json_to_recordset(%s::json) AS n(id bigint, seq int, words tsvector, facets tsvector)
    ON CONFLICT (conversation_id) DO UPDATE SET seq = EXCLUDED.seq, words = EXCLUDED.words, facets = EXCLUDED.facets
"""
_MORE = f"""
UPDATE search_document d SET seq = n.seq, facets = n.facets,
       words = CASE WHEN length(d.words) > {_MOST_LEXEMES} THEN d.words ELSE d.words || n.words END
  FROM json_to_recordset(%s::json) AS n(id bigint, seq int, words tsvector, facets tsvector) WHERE d.conversation_id = n.id
"""  # noqa: S608 (a number of ours)
# Who and what it is about counts most, then what the customer said, then the answers, then the team's notes.
_WEIGHTS = {"customer": "B", "agent": "C", "system": "D"}


@dataclass(slots=True)
class _Head:
    id: int
    public_id: str
    team_id: int
    queue_id: int
    assignee_id: int | None
    status: str
    channel: str
    language: str
    topic: str
    tags: str | None
    created_at: datetime
    last_seq: int
    known_seq: int | None
    name: str | None
    uid: str
    addresses: Sequence[str]
    said: list[Any] = field(default_factory=list)


def write_documents(behind: Iterable[int], *, anew: Iterable[int]) -> None:
    """Bring the documents of conversations up to date: add what they do not know, and write those `anew` whatever they know."""
    rewritten = set(anew)
    heads = {row[0]: _Head(*row) for row in ask(_HEADS, {"ids": sorted({*behind, *rewritten})})}
    _hear(heads, {head.id: 0 if head.id in rewritten else head.known_seq or 0 for head in heads.values()})
    turned = [each.id for each in heads.values() if each.id not in rewritten and each.known_seq is not None and _is_turned(each)]
    rewritten |= {*turned, *(head.id for head in heads.values() if head.known_seq is None)}
    _hear(heads, dict.fromkeys(turned, 0))
    _write(_ANEW, [_document(head, is_whole=True) for head in heads.values() if head.id in rewritten])
    _write(_MORE, [_document(head, is_whole=False) for head in heads.values() if head.id not in rewritten])


def _is_turned(head: _Head) -> bool:
    return any(kind in _REWRITING for _, kind, *_ in head.said)


def _hear(heads: Mapping[int, _Head], since: Mapping[int, int]) -> None:
    if not since:
        return
    asked = json.dumps([{"id": conversation, "seq": seq} for conversation, seq in since.items()])
    found = defaultdict(list)
    for conversation, *line in ask(_SAID, {"asked": asked, "most": _MOST_ENTRIES}):
        # What came since the heads were read waits for the next time, together with how the conversation stands then.
        if line[0] <= heads[conversation].last_seq:
            found[conversation].append(line)
    for conversation in since:
        heads[conversation].said = found[conversation]


def _document(head: _Head, *, is_whole: bool) -> dict[str, Any]:
    lexemes: dict[str, str] = _about(head) if is_whole else {}
    for _seq, kind, author, language, text in head.said:
        if text is None or kind in _SILENT or len(lexemes) > _MOST_LEXEMES:
            continue
        weight = "D" if kind == "note" else _WEIGHTS[author]
        for lexeme in lexemes_of(read_words(text, author), language or head.language):
            if weight < lexemes.get(lexeme, "E"):
                lexemes[lexeme] = weight
    tags = (head.tags or "").splitlines()
    return {"id": head.id, "seq": head.last_seq, "words": vector_of(lexemes), "facets": vector_of(facets_of(head, tags))}


def _about(head: _Head) -> dict[str, str]:
    found = {long_lexeme(head.public_id), *(mail_lexeme(address) for address in head.addresses)}
    for text in (head.name, head.uid, head.tags):
        found |= lexemes_of(words_without_marks(text or ""), head.language)
    return dict.fromkeys(found, "A")


def _write(statement: str, documents: Sequence[dict[str, Any]]) -> None:
    if documents:
        with connection.cursor() as cursor:
            cursor.execute(statement, [json.dumps(documents, ensure_ascii=False)])
