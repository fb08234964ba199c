from typing import ClassVar

from django.db import models
from django.db.models import Q


class Record(models.Model):
    """One thing that was done. Triggers refuse to change, delete or empty these rows; see the first migration."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="audit_record_counts_from_one", condition=Q(number__gte=1))]
        indexes: ClassVar = [
            models.Index(fields=["subject", "-number"], name="audit_record_subject"),
            models.Index(fields=["actor", "-number"], name="audit_record_actor"),
            models.Index(fields=["action", "-number"], name="audit_record_action"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class Head(models.Model):
    """The end of the chain, in one row; its lock is what makes numbers gap-free."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="audit_head_is_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"
