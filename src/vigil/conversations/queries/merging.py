"""What a merge would bring along."""

from collections.abc import Collection
from dataclasses import dataclass

from vigil.kernel.database.plain import ask

_COMING = """
SELECT conversation_id, COUNT(*), COALESCE(SUM(jsonb_array_length(data->'files')), 0)
  FROM conversations_entry WHERE conversation_id = ANY(%(ids)s) AND kind IN ('message', 'reply', 'note') GROUP BY conversation_id
"""


@dataclass(frozen=True, slots=True)
class Coming:
    """How much was said in a conversation, by anybody, and how many files were sent."""

    words: int
    files: int


def what_comes(conversation_ids: Collection[int]) -> dict[int, Coming]:
    """Count what would come along, by conversation; who may see them was asked before."""
    return {number: Coming(words, int(files)) for number, words, files in ask(_COMING, {"ids": list(conversation_ids)})}
