"""Every way to ask about customers."""

from collections.abc import Collection
from dataclasses import dataclass

from vigil.customers.models import Customer, GuestSession
from vigil.kernel.live.source import Connection, ask
from vigil.kernel.text import MaskedText


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as the desk and the record show one; `name` is None for a guest who gave none."""

    id: int
    public_id: str
    name: MaskedText | None
    language: str
    zone: str
    country: str
    tier: str
    uid: str
    is_verified: bool


def get_customer(customer_id: int) -> CustomerRow:
    """Get one customer by id. Raises Customer.DoesNotExist."""
    fields = ("id", "public_id", "name", "language", "zone", "country", "tier", "uid", "is_verified")
    return CustomerRow(*Customer.objects.values_list(*fields).get(id=customer_id))


def ended_sessions(sessions: Collection[str], *, borrowed: Connection | None = None) -> set[str]:
    """Tell which of these guests' sessions are over or never were.

    One statement, however many are asked about; on `borrowed`, a connection outside Django's, where one is given.
    """
    alive = "SELECT public_id FROM customers_guestsession WHERE ended_at IS NULL AND public_id = ANY(%s)"
    return set(sessions) - {name for (name,) in ask(alive, (list(sessions),), borrowed)}


def has_open_session(session: str, customer_id: int) -> bool:
    """Say whether a guest's session still holds and is that customer's."""
    return GuestSession.objects.filter(public_id=session, customer_id=customer_id, ended_at=None).exists()


def guest_before(session: str) -> int | None:
    """Tell which guest a browser was before the exchange said who it is; None where it was nobody, or is a guest still."""
    row = GuestSession.objects.filter(public_id=session, ended_at=None, vouched_at__isnull=False).values_list("before__customer_id").first()
    return row[0] if row else None
