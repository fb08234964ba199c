"""The one rule of who sees which conversation; every query starts here."""

from vigil.workspace.sight import Sight

# `teams` is the sight's list of teams.
VISIBLE = "team_id = ANY(%(teams)s)"
_OWN = "customer_id = %(customer)s"


def whose(who: Sight | int) -> tuple[str, dict[str, list[int] | int]]:
    """Give the condition, and its values, for what an agent's sight covers, or (an int) for what belongs to that customer."""
    if isinstance(who, Sight):
        return VISIBLE, {"teams": list(who.team_ids)}
    return _OWN, {"customer": who}
