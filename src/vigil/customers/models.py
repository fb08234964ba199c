from django.db import models

from vigil.kernel.ids import new_public_id
from vigil.kernel.text import MaskedTextField


class Reason(models.TextChoices):
    """Why nothing is taken from a customer."""

    ABUSE = "abuse"  # insults or threats
    SPAM = "spam"  # much, and nothing that asks us anything


class Customer(models.Model):
    """A person who asks us something.

    `is_verified` is written only after the exchange has vouched for the person; nothing a browser sends sets it. From
    whoever is blocked nothing is taken any more; what was said before stays readable.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    name = MaskedTextField(default=None, null=True)
    language = models.CharField(max_length=12)
    zone = models.CharField(max_length=64, blank=True)
    country = models.CharField(max_length=2, blank=True)
    tier = models.CharField(max_length=8, blank=True)
    uid = models.CharField(max_length=32, blank=True)
    is_verified = models.BooleanField(default=False)
    blocked_at = models.DateTimeField(null=True)
    # With a default of the database's own: worlds are written in bulk by statements that know nothing of it.
    block_reason = models.CharField(max_length=8, choices=Reason.choices, blank=True, default="", db_default="")
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            # An account has one customer; whoever merely says so beside it stays somebody else.
            models.UniqueConstraint(fields=("uid",), condition=models.Q(is_verified=True), name="account_is_one_customers"),
            models.CheckConstraint(condition=models.Q(is_verified=False) | ~models.Q(uid=""), name="verified_has_an_account"),
            models.CheckConstraint(
                condition=models.Q(blocked_at=None, block_reason="") | models.Q(blocked_at__isnull=False, block_reason__in=Reason.values),
                name="blocked_for_a_reason",
            ),
        )


class Identity(models.Model):
    """One address of a customer on one channel."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="identities")
    channel = models.CharField(max_length=16)
    address = models.CharField(max_length=254)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("channel", "address"), name="identity_is_one_customers"),)


class GuestSession(models.Model):
    """The right of one browser to go on as a guest.

    The browser holds a resume token made of the session's name and a generation. `generation` is the newest one that
    was used; the next one is handed out at each resume and the older die when it is first used. `visitor` is the hash
    of the key that the host page's browser keeps, for frames that may keep nothing.

    `vouched_at` is when the exchange last said who this is; such a session belongs to one page, has no visitor, and
    `before` names the guest's session it grew out of.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="sessions")
    site_key = models.CharField(max_length=64)
    generation = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # When an older token was last seen again; shown to the owner, who may not have been the one who showed it.
    replayed_at = models.DateTimeField(null=True)
    visitor = models.CharField(max_length=64, blank=True)
    vouched_at = models.DateTimeField(null=True)
    before = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("site_key", "visitor"), condition=~models.Q(visitor=""), name="visitor_has_one_session"),
        )


class ReplyAddress(models.Model):
    """Where a customer wants to be told of answers. Typed by whoever sat at the browser: it proves nothing and finds nobody.

    `confirmed_at` is when somebody first came back by a link that was sent there. Another address is another row, so that
    links to the one before are dead.
    """

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=254)
    given_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)


class ReturnKey(models.Model):
    """A key in a letter, by which its reader comes back to a conversation, once. Only its hash is kept."""

    digest = models.CharField(max_length=64, unique=True)
    address = models.ForeignKey(ReplyAddress, on_delete=models.CASCADE, related_name="+")
    site_key = models.CharField(max_length=64)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
