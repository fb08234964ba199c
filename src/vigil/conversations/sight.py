"""The one rule of who sees which conversation: as a condition that every query starts with, and for a row that is in hand already.

The live tier, which reads no rows for what it shows, has the same rule as topics that stand in the reader's token.
"""

from typing import Protocol

from vigil.workspace.sight import Sight

# `teams` is the sight's list of teams.
VISIBLE = "team_id = ANY(%(teams)s)"
_OWN = "customer_id = %(customer)s"


class Subject(Protocol):
    """A conversation, as far as the rule asks."""

    @property
    def team_id(self) -> int: ...
    @property
    def customer_id(self) -> int: ...


def visible_to(who: Sight | int) -> tuple[str, dict[str, list[int] | int]]:
    """Give the condition, and its values, for what an agent's sight covers, or (an int) for what belongs to that customer."""
    if isinstance(who, Sight):
        return VISIBLE, {"teams": list(who.team_ids)}
    return _OWN, {"customer": who}


def is_visible_to(who: Sight | int, row: Subject) -> bool:
    """Say whether an agent, or (an int) a customer, sees this conversation; nobody touches what they do not see."""
    return who.covers(row.team_id) if isinstance(who, Sight) else row.customer_id == who
