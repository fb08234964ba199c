"""How far the index is behind what it reads."""

from dataclasses import dataclass

from vigil.kernel.database.plain import ask

MUCH_BEHIND = 1000
_STANDING = """
SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM conversations_entry
                                WHERE id > GREATEST(f.followed, COALESCE(f.mark, 0)) LIMIT %(most)s) AS later), f.below
  FROM search_following f
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many entries are not in the index yet, counted to 1,000, and how many conversations from before it was begun are left at most."""

    entries_behind: int
    conversations_left: int


def get_standing() -> Standing | None:
    """Tell how far the index is behind; None where nobody has begun it."""
    for entries, below in ask(_STANDING, {"most": MUCH_BEHIND}):
        return Standing(entries, below)
    return None
