"""The one rule of who sees which conversation; every query starts here."""

from django.db.models import QuerySet

from vigil.conversations.models import Conversation
from vigil.workspace.sight import Sight


def visible_to(who: Sight | int) -> "QuerySet[Conversation]":
    """Narrow to what an agent's sight covers, or (an int) to what belongs to that customer."""
    if isinstance(who, Sight):
        return Conversation.objects.filter(team_id__in=who.team_ids)
    return Conversation.objects.filter(customer_id=who)


# The same rule for the few questions that are written in SQL; `teams` is the sight's list of teams.
VISIBLE = "team_id = ANY(%(teams)s)"
