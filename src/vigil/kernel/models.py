from typing import ClassVar

from django.db import models


class LetterState(models.TextChoices):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    MAYBE_DUPLICATE = "maybe_duplicate"
    FAILED = "failed"


class Letter(models.Model):
    """One mail of our own to one address. It holds no words and no secrets: they are made when it is delivered."""

    public_id = models.CharField(max_length=26, unique=True)
    message_id = models.CharField(max_length=300, unique=True)
    to = models.CharField(max_length=254)
    template = models.CharField(max_length=60)
    language = models.CharField(max_length=20)
    args = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=LetterState.choices, default=LetterState.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    # How often the bytes went out without our learning whether they were taken.
    handovers = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=40, default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "-id"], name="kernel_letter_state")]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"


class Spent(models.Model):
    """Something that may be used once, and was: kept as a hash until it would not hold any more anyway."""

    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)
