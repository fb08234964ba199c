"""Where a customer is told of answers, and the key by which they come back from there."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vigil.customers.commands.sessions import Arrival, arrival_of
from vigil.customers.events import CustomerRenamed
from vigil.customers.models import GuestSession, ReplyAddress, ReturnKey
from vigil.kernel.errors import Refusal
from vigil.kernel.events import publish
from vigil.kernel.post.rules import check_address

KEY_HOLDS = timedelta(days=7)
_LONGEST_KEY = 64


class ReturnKeyDead(Refusal):
    """The key of a letter's link is not ours, was used, is too old, or went to an address that was taken back."""

    code = "return_key_dead"
    status = 401
    sentence = _(
        "This link has been used already or is too old. Please open the chat where you began it: your conversation is still there."
    )


@dataclass(frozen=True, slots=True)
class Return:
    """Somebody who came back by a letter: who it is, and where the chat they left stands."""

    arrival: Arrival
    site_key: str


def read_address(email: str) -> str:
    """Give an address in its one spelling, as it would be remembered. Raises BadAddress."""
    return check_address(email.strip())


def give_address(*, customer_id: int, email: str, at: datetime) -> None:
    """Remember where a customer is told of answers; another one than before makes every link to the old one worthless.

    May be repeated. Raises BadAddress.
    """
    address = read_address(email)
    with transaction.atomic():
        known = ReplyAddress.objects.select_for_update().filter(customer_id=customer_id).first()
        if known is not None and known.address == address:
            return
        if known is not None:
            known.delete()
        ReplyAddress.objects.create(customer_id=customer_id, address=address, given_at=at)
        publish(CustomerRenamed(customer_id))


def forget_address(*, customer_id: int) -> None:
    """Forget where a customer is told of answers; links that were sent there are dead. May be repeated."""
    with transaction.atomic():
        if ReplyAddress.objects.filter(customer_id=customer_id).delete()[0]:
            publish(CustomerRenamed(customer_id))


def bring_address(*, from_customer: int, to_customer: int) -> None:
    """Tell a customer of answers where the same browser's guest wanted to be told, unless they have named a place. May be repeated."""
    with transaction.atomic():
        if ReplyAddress.objects.filter(customer_id=to_customer).exists():
            return
        # Whoever sat there before the log-in may have been another: what they confirmed proves nothing of this customer.
        if ReplyAddress.objects.filter(customer_id=from_customer).update(customer_id=to_customer, confirmed_at=None):
            publish(CustomerRenamed(from_customer))
            publish(CustomerRenamed(to_customer))


def make_return_key(*, address_id: int, site_key: str, at: datetime) -> str:
    """Make a key that brings its reader back once within seven days; it is told here and nowhere else, and kept as a hash."""
    key = secrets.token_urlsafe(32)
    ReturnKey.objects.create(digest=_digest(key), address_id=address_id, site_key=site_key, expires_at=at + KEY_HOLDS)
    return key


def come_back(*, key: str, at: datetime) -> Return:
    """Let the reader of a letter go on, in a session of their own; the key is worth nothing from now on. Raises ReturnKeyDead."""
    with transaction.atomic():
        fresh = ReturnKey.objects.filter(digest=_digest(key), used_at=None, expires_at__gt=at)
        if len(key) > _LONGEST_KEY or not fresh.update(used_at=at):
            raise ReturnKeyDead
        used = ReturnKey.objects.select_related("address__customer").get(digest=_digest(key))
        # Whom the exchange knows, it alone may vouch for: not a letter.
        if used.address.customer.is_verified:
            raise ReturnKeyDead
        ReplyAddress.objects.filter(id=used.address_id, confirmed_at=None).update(confirmed_at=at)
        session = GuestSession.objects.create(customer=used.address.customer, site_key=used.site_key, created_at=at, used_at=at)
    return Return(arrival_of(session), used.site_key)


def clear_return_keys(*, before: datetime) -> int:
    """Delete keys that were over before this moment; give their number."""
    return ReturnKey.objects.filter(expires_at__lt=before).delete()[0]


def _digest(key: str) -> str:
    return sha256(f"vigil.return\n{key}".encode()).hexdigest()
