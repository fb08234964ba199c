from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac


class Team(models.Model):
    """People who share queues; what a team looks after, other teams do not see."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ("key",)


class Queue(models.Model):
    """A line in which conversations wait; it belongs to one team."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="queues")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "key")


class Role(models.TextChoices):
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


# Generic for the type checker only: Django's managers take no parameters when the program runs.
if TYPE_CHECKING:
    _Manager = BaseUserManager["Agent"]
else:
    _Manager = BaseUserManager


class Agents(_Manager):
    def get_by_natural_key(self, username: str | None) -> "Agent":
        return self.get(email__iexact=username)


class Agent(AbstractBaseUser):
    """A person of the team, who signs in with an e-mail address.

    `public_name` is what customers see; `languages` are BCP 47 codes, the strongest first.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    public_name = models.CharField(max_length=60)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.AGENT)
    languages = models.JSONField(default=list)
    ui_language = models.CharField(max_length=12, default="en")
    zone = models.CharField(max_length=64, default="UTC")
    shift = models.CharField(max_length=11, blank=True)
    is_active = models.BooleanField(default=True)
    # Counted up when every session of the agent must end: tokens and sessions carry the number they were made under.
    session_epoch = models.PositiveIntegerField(default=0)
    # Counted up with each request for a new password, so that only the newest link opens anything.
    reset_count = models.PositiveIntegerField(default=0)
    # When a desk of theirs was last known to be open, to the minute.
    at_desk_at = models.DateTimeField(null=True)
    teams = models.ManyToManyField(Team, related_name="agents")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[Agents] = Agents()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="agent_email_is_unique_in_any_case"),)

    # Filled for the agent whom a request's session names: see team.backends.
    teams_in_sight: list[int] | None = None

    def get_session_auth_hash(self) -> str:
        """Bind every session to the password and the epoch: when either moves, the next request finds nobody signed in."""
        return salted_hmac("vigil.session", f"{self.password}:{self.session_epoch}", algorithm="sha256").hexdigest()


class Throttle(models.Model):
    """How often something was tried in the present window; `key` is a keyed hash of who tried what."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    began_at = models.DateTimeField()
