from django.db import models


class OwnKey(models.Model):
    """The key by which push services know this installation, sealed; one row."""

    sealed = models.BinaryField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="one_own_key"),)


class Subscription(models.Model):
    """A browser that asked to be told, in which an agent is signed in; the database drops it with the session."""

    session = models.OneToOneField("team.AgentSession", on_delete=models.CASCADE, related_name="+", db_constraint=False)
    endpoint = models.CharField(max_length=1000)
    key = models.CharField(max_length=88)
    auth = models.CharField(max_length=24)
    added_at = models.DateTimeField()
