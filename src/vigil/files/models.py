from typing import ClassVar

from django.db import models

from vigil.kernel.ids import new_public_id
from vigil.kernel.text import MaskedTextField


class State(models.TextChoices):
    RECEIVING = "receiving"
    RECEIVED = "received"
    CHECKING = "checking"
    READY = "ready"
    REFUSED = "refused"


class File(models.Model):
    """One file that somebody sent. Its bytes lie in the folder under `key`, which nobody is told."""

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    key = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    owner = models.CharField(max_length=80)
    # Without its ending: that follows from what the file is.
    name = MaskedTextField()
    kind = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, default="")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    milliseconds = models.PositiveIntegerField(null=True)
    has_thumbnail = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVING)
    refusal = models.CharField(max_length=24, default="")
    created_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    # When something began to refer to it; a file that nothing refers to is swept.
    kept_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="file_state_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | (~models.Q(sha256="") & models.Q(settled_at__isnull=False)), name="file_ready_is_whole"
            ),
            models.CheckConstraint(condition=models.Q(state="refused") | models.Q(refusal=""), name="file_refusal_has_its_state"),
        )
        indexes: ClassVar = [
            models.Index(fields=["owner", "created_at"], name="file_owner_recent"),
            models.Index(fields=["created_at"], condition=models.Q(kept_at__isnull=True), name="file_not_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"
