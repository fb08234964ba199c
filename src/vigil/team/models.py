from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from vigil.kernel.text import MaskedTextField


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


class Theme(models.TextChoices):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Density(models.TextChoices):
    ROOMY = "roomy"
    DENSE = "dense"


class Availability(models.TextChoices):
    AVAILABLE = "available"
    BUSY = "busy"
    AWAY = "away"


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
    signature = MaskedTextField(null=True)
    theme = models.CharField(max_length=6, choices=Theme.choices, default=Theme.SYSTEM)
    density = models.CharField(max_length=8, choices=Density.choices, default=Density.ROOMY)
    shortcuts = models.JSONField(default=dict)  # the keys that differ from the usual ones, by what they do
    # What they tell their colleagues. Nobody is promised to a customer who is away; what they have taken stays theirs.
    availability = models.CharField(max_length=9, choices=Availability.choices, default=Availability.AVAILABLE)
    is_active = models.BooleanField(default=True)
    # Counted up when every session of the agent must end: tokens and sessions carry the number they were made under.
    session_epoch = models.PositiveIntegerField(default=0)
    # Counted up with each request for a new password, so that only the newest link opens anything.
    reset_count = models.PositiveIntegerField(default=0)
    # Kept in step with the factors, so that a door which has loaded the agent knows without asking.
    has_second_factor = models.BooleanField(default=False)
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


class AgentSession(models.Model):
    """A browser in which an agent is signed in; `key` names Django's own session, which ends with it."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="sessions")
    key = models.CharField(max_length=40)
    browser = models.CharField(max_length=40)
    address = models.GenericIPAddressField(null=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)


class DeskLife(models.Model):
    """When something was last heard of any desk of an agent.

    `silent_at` is when it was found to have fallen silent, empty again once it is heard of; `gave_back` how many chats left it by that.
    """

    agent = models.OneToOneField(Agent, on_delete=models.CASCADE, primary_key=True, related_name="desk_life")
    heard_at = models.DateTimeField()
    silent_at = models.DateTimeField(null=True)
    gave_back = models.PositiveSmallIntegerField(default=0)


class Listening(models.Model):
    """A server process that hears desks: since when without a pause, and until when it has told all that it heard."""

    process = models.CharField(max_length=16, primary_key=True)
    began_at = models.DateTimeField()
    until = models.DateTimeField()


class FactorKind(models.TextChoices):
    CODES = "codes"
    PASSKEY = "passkey"


class Factor(models.Model):
    """What proves besides the password who somebody is: an app that shows codes, or a passkey.

    `secret` is the app's, sealed with the installation's key, or the passkey's public half.
    """

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=8, choices=FactorKind.choices)
    name = MaskedTextField(null=True)
    secret = models.BinaryField()
    credential = models.BinaryField(null=True, unique=True)
    # The half minute of the last code that was taken, or what the passkey had counted up to: neither ever goes back.
    counter = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint("agent", condition=models.Q(kind="codes"), name="one_app_for_each_agent"),)


class RecoveryCode(models.Model):
    """A code on paper that stands in for a lost factor, once; only its keyed hash is kept."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)


class Throttle(models.Model):
    """How often something was tried in the present window; `key` is a keyed hash of who tried what."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    began_at = models.DateTimeField()
