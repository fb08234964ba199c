"""Whose words are taken."""

from datetime import datetime

from django.db import transaction

from vigil.customers.models import Customer, Reason


def block(*, customer_id: int, reason: str, at: datetime) -> bool:
    """Take nothing from a customer any more, for a reason (abuse, spam), or (empty) again; say whether that changed anything.

    Another reason replaces the one before. May be repeated. Raises ValueError for a reason that nobody knows.
    """
    if reason and reason not in Reason.values:
        raise ValueError(reason)
    with transaction.atomic():
        # Two at once: the second sees what the first has done.
        row = Customer.objects.select_for_update(no_key=True).only("block_reason").get(id=customer_id)
        if row.block_reason == reason:
            return False
        Customer.objects.filter(id=customer_id).update(block_reason=reason, blocked_at=at if reason else None)
    return True
