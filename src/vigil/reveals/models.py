from django.db import models
from django.db.models import Q

from vigil.kernel.text import MaskedTextField


class Reason(models.TextChoices):
    """Why an agent must see what is masked."""

    ACCOUNT = "account"  # to find the account at the exchange
    IDENTITY = "identity"  # to check who writes
    REACH = "reach"  # to write to them, or to correct where we do
    SECURITY = "security"  # an account may be in danger
    OTHER = "other"  # said in words


class Reveal(models.Model):
    """One agent saw one piece of a customer's personal data, for a reason; what it was stands nowhere here."""

    agent = models.ForeignKey("team.Agent", on_delete=models.PROTECT, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    reason = models.CharField(max_length=8, choices=Reason.choices)
    words = MaskedTextField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="reveal_reason_is_known"),
            models.CheckConstraint(condition=~Q(reason="other") | Q(words__isnull=False), name="another_reason_is_said"),
        )
        # A supervisor asks how many each agent has seen lately, and which ones.
        indexes = (models.Index(fields=("agent", "-at"), name="reveals_of_agent"),)
