from django.db import models
from django.db.models import Q

from vigil.kernel.text import MaskedTextField


class Kind(models.TextChoices):
    """What was read."""

    OPENED = "opened"  # a conversation that somebody else has, or nobody
    FILE = "file"  # a file in one
    LISTED = "listed"  # a further page of a list
    SEARCHED = "searched"  # a page of what a search finds
    GLANCE = "glance"  # what the one box finds while somebody types


class Reading(models.Model):
    """One agent read one thing that is not theirs."""

    agent = models.ForeignKey("team.Agent", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    file = models.CharField(max_length=26, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="reading_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind__in=("listed", "searched", "glance")) | Q(conversation__isnull=False), name="reading_says_of_what"
            ),
        )
        # How many within the hour, and was this one among them.
        indexes = (models.Index(fields=("agent", "-at"), name="readings_of_agent"),)


class Reader(models.Model):
    """How an agent stands; whoever counts a reading holds this row, so that two processes count as one."""

    agent = models.OneToOneField("team.Agent", on_delete=models.PROTECT, primary_key=True, related_name="+")
    unusual_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    # What was read before does not stop anybody any more.
    released_at = models.DateTimeField(null=True)


class Release(models.Model):
    """Somebody above let a stopped agent go on, and said why."""

    agent = models.ForeignKey("team.Agent", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("team.Agent", on_delete=models.PROTECT, related_name="+", db_index=False)
    words = MaskedTextField()
    at = models.DateTimeField()
