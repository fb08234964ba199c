"""Searching from the newest on: the index is asked for a small part of the house first, and for larger ones until a page is full.

A word that every tenth conversation holds is then looked up among the newest few thousand, and a rare one in all of them: either
way little is read. A part is a lexeme of its own, so that the index itself keeps to it.
"""

from collections.abc import Iterator

_FEW, _MANY = 12, 16  # two to the power of this many conversations stand in one part
_AT_ONCE = 4


def parts_of(conversation_id: int) -> list[str]:
    """Name the parts that a conversation belongs to."""
    return [f"w:{conversation_id >> _FEW}", f"v:{conversation_id >> _MANY}"]


def newest_parts(newest: int) -> Iterator[list[str]]:
    """Tell which parts to ask for first, below and with the newest conversation's number; the second holds what the first held."""
    yield _parts("w", newest >> _FEW, 2)
    yield _parts("v", newest >> _MANY, 2)


def all_parts(newest: int) -> Iterator[list[str]]:
    """Tell all parts, the newest first, so many at once that an empty one costs little and a full one not much."""
    for last in range(newest >> _MANY, -1, -_AT_ONCE):
        yield _parts("v", last, _AT_ONCE)


def _parts(kind: str, last: int, many: int) -> list[str]:
    return [f"{kind}:{part}" for part in range(last, max(-1, last - many), -1)]
