"""Somebody logs in at the exchange, and the exchange says who it is."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vigil.customers import vouchers
from vigil.customers.commands.sessions import Arrival, SessionUnknown, alone, arrival_of, end_session
from vigil.customers.events import CustomerRenamed
from vigil.customers.models import Customer, GuestSession
from vigil.customers.vouchers import Voucher, VoucherUsed
from vigil.kernel import once
from vigil.kernel.events import publish
from vigil.kernel.text import MaskedText
from vigil.safety import commands as safety
from vigil.workspace.vouching import find_key


@dataclass(frozen=True, slots=True)
class Known:
    """A verified customer at one browser; `guest_id` is the customer this browser was before, where there was one."""

    arrival: Arrival
    name: MaskedText | None
    guest_id: int | None


def identify(*, session: str, token: str, site_key: str, at: datetime) -> Known:
    """Let a page go on as the customer that the exchange's token names, in a session of its own; the guest's stays as it was.

    The only way to become verified. A token works once; the browser that showed it may show it again, and finds the
    session it made. Raises VoucherRefused and its kinds, WordsUnreadable for such a name, SessionUnknown.
    """
    voucher = vouchers.read(token, key=find_key(site_key), site=site_key, at=at)
    name = safety.mask_line(voucher.name) if voucher.name.strip() else None
    with transaction.atomic():
        shown = GuestSession.objects.select_for_update().filter(public_id=session, site_key=site_key, ended_at=None).first()
        if shown is None:
            raise SessionUnknown
        alone(f"account {voucher.uid}")
        customer = _customer(voucher, name, shown.customer, at)
        is_first = once.spend("voucher", f"{site_key}\n{voucher.jti}", until=voucher.expires_at)
        theirs = shown if shown.customer_id == customer.id else None if is_first else _made_before(shown, customer)
        if theirs is None and not is_first:
            raise VoucherUsed
        return _go_on(theirs or GuestSession(site_key=site_key, customer=customer, before=_guest(shown), created_at=at), shown, at)


def _customer(voucher: Voucher, name: MaskedText | None, guest: Customer, at: datetime) -> Customer:
    """Find or make the verified customer of an account. One who merely says the same number beside it is somebody else."""
    known = Customer.objects.filter(uid=voucher.uid, is_verified=True).first()
    if known is None:
        return Customer.objects.create(
            name=name, uid=voucher.uid, is_verified=True, language=guest.language, zone=guest.zone, created_at=at
        )
    if name is not None and name != known.name:
        known.name = name
        known.save(update_fields=["name"])
        publish(CustomerRenamed(known.id))
    return known


def _made_before(shown: GuestSession, customer: Customer) -> GuestSession | None:
    return (
        GuestSession.objects.select_for_update().filter(before=_guest(shown) or 0, customer=customer, ended_at=None).order_by("-id").first()
    )


def _guest(shown: GuestSession) -> GuestSession | None:
    return shown if shown.vouched_at is None else shown.before


def _go_on(theirs: GuestSession, shown: GuestSession, at: datetime) -> Known:
    theirs.vouched_at = theirs.used_at = at
    theirs.save()
    if shown.vouched_at is not None and shown.pk != theirs.pk:
        # Another account at the same browser: whoever was logged in before is not any more.
        end_session(session=shown.public_id, at=at)
    return Known(arrival_of(theirs), theirs.customer.name, theirs.before.customer_id if theirs.before else None)
