from django.db import models
from django.db.models import Q


class Mention(models.Model):
    """An agent is named in a note, which is the entry `seq` of its conversation; the words stay there."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="+", db_index=False)
    seq = models.PositiveIntegerField()
    agent = models.ForeignKey("team.Agent", on_delete=models.CASCADE, related_name="+", db_index=False)
    is_read = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agent", "conversation", "seq"), name="mention_is_one_row"),)
        indexes = (
            models.Index(fields=("agent", "-id"), name="mentions_of_agent"),
            models.Index(fields=("agent", "conversation"), name="unread_mentions", condition=Q(is_read=False)),
        )
