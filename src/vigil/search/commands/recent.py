"""What an agent has searched for lately: kept for that agent alone, and forgotten when they say so."""

from datetime import datetime

from vigil.kernel.database.plain import ask
from vigil.kernel.text import MaskedText
from vigil.search.models import Recent

KEPT = 20
# One statement, since every search waits for it. What it writes it does not see itself: beside that one, the 19 latest others stay.
_KEEP = """
WITH noted AS (
    INSERT INTO search_recent (agent_id, asked, asked_at) VALUES (%(agent)s, %(asked)s, %(at)s)
    ON CONFLICT (agent_id, asked) DO UPDATE SET asked_at = excluded.asked_at RETURNING id
), forgotten AS (
    DELETE FROM search_recent WHERE agent_id = %(agent)s AND asked <> %(asked)s AND id NOT IN (
        SELECT id FROM search_recent WHERE agent_id = %(agent)s AND asked <> %(asked)s ORDER BY asked_at DESC, id DESC LIMIT %(others)s)
)
SELECT id FROM noted
"""
_sealed = Recent._meta.get_field("asked").get_prep_value


def keep_recent(asked: MaskedText, *, agent_id: int, at: datetime) -> int:
    """Note that an agent searches for this now, and tell the note's number; the same search again is the same note. 20 are kept."""
    known = {"agent": agent_id, "asked": _sealed(asked), "at": at, "others": KEPT - 1}
    return int(ask(_KEEP, known)[0][0])


def forget_recent(number: int | None, *, agent_id: int) -> None:
    """Forget one of an agent's own searches, or all of them. May be repeated."""
    mine = Recent.objects.filter(agent_id=agent_id)
    (mine if number is None else mine.filter(id=number)).delete()


def forget_all_of(agent_id: int) -> None:
    """Forget everything that an agent has searched for. May be repeated."""
    forget_recent(None, agent_id=agent_id)
