"""Customers as such."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from vigil.customers.models import Customer, Identity
from vigil.kernel.text import MaskedText


def register(
    *,
    name: MaskedText,
    language: str,
    addresses: Mapping[str, str],
    at: datetime,
    zone: str = "",
    country: str = "",
    tier: str = "",
    uid: str = "",
) -> int:
    """Make a customer who is reachable at `addresses` (channel to address), unverified; return the id.

    A customer who already owns one of the addresses is returned as is.
    """
    with transaction.atomic():
        known = Identity.objects.filter(channel__in=addresses, address__in=addresses.values()).first()
        if known is not None:
            return known.customer_id
        customer = Customer.objects.create(name=name, language=language, zone=zone, country=country, tier=tier, uid=uid, created_at=at)
        Identity.objects.bulk_create(
            Identity(customer=customer, channel=channel, address=address) for channel, address in addresses.items()
        )
    return customer.id


def choose_language(*, customer_id: int, language: str) -> None:
    """Remember the language the customer asked to be spoken to in."""
    Customer.objects.filter(id=customer_id).update(language=language)
