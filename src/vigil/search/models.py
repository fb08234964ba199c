from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from vigil.kernel.text import MaskedTextField


class Document(models.Model):
    """A conversation as the index knows it, up to its entry `seq`: the lexemes of its words, and those of how it stands."""

    conversation = models.OneToOneField("conversations.Conversation", on_delete=models.CASCADE, primary_key=True, related_name="+")
    seq = models.PositiveIntegerField()
    words = SearchVectorField()
    facets = SearchVectorField()

    class Meta:
        # What was written lately waits in a list that each search walks through: it must not grow long.
        indexes = (GinIndex(fields=("words", "facets"), name="search_by_lexeme", fastupdate=True, gin_pending_list_limit=1024),)


class Due(models.Model):
    """A conversation whose customer is known by another name or address now: nothing of that stands in its timeline."""

    conversation = models.OneToOneField("conversations.Conversation", on_delete=models.CASCADE, primary_key=True, related_name="+")


class Following(models.Model):
    """How far the index follows the timelines; one row.

    Every entry up to `followed` is in it. `mark` is an entry that is, too, while older ones may still be on their way: those
    have all ended once no transaction below `mark_xid` is left. Conversations from `below` on have been read once by `analyser`.
    """

    followed = models.BigIntegerField()
    mark = models.BigIntegerField(null=True)
    mark_xid = models.BigIntegerField(null=True)
    below = models.BigIntegerField()
    analyser = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="following_is_one_row"),)


class Recent(models.Model):
    """What an agent has searched for."""

    agent = models.ForeignKey("team.Agent", on_delete=models.CASCADE, related_name="+", db_index=False)
    asked = MaskedTextField()
    asked_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agent", "asked"), name="recent_search_is_one_row"),)
        indexes = (models.Index(fields=("agent", "-asked_at"), name="recent_searches_of_agent"),)
