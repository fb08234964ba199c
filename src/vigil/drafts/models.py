from django.db import models
from django.db.models import Q

from vigil.kernel.text import MaskedTextField


class Kind(models.TextChoices):
    REPLY = "reply"
    NOTE = "note"


class Draft(models.Model):
    """The words that one agent has begun in one conversation; `saved_at` grows with each saving and is their version."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey("team.Agent", on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    text = MaskedTextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            # In this order: a list asks which of its conversations hold a draft of the one who looks.
            models.UniqueConstraint(fields=("agent", "conversation"), name="draft_is_one_row"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="draft_kind_is_known"),
        )
