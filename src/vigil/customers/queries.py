"""Every way to ask about customers."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from vigil.customers.models import Customer, GuestSession, ReplyAddress
from vigil.customers.rules import hint_of
from vigil.kernel.database.plain import Question, Rows, ask
from vigil.kernel.text import MaskedText, seal_again


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Where a customer is reached: `address` is where they are told of answers, each other kind a channel."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as the desk and the record show one; `name` is None for a guest who gave none.

    `block_reason` says why nothing is taken from them; empty where it is.
    """

    id: int
    public_id: str
    name: MaskedText | None
    language: str
    zone: str
    country: str
    tier: str
    uid: str
    is_verified: bool
    block_reason: str
    contacts: tuple[ContactRow, ...]


# Along with the person, for a desk that asks for one asks for both.
_CUSTOMER = """
SELECT id, public_id, name, language, zone, country, tier, uid, is_verified, block_reason,
       ARRAY(SELECT 'address ' || address FROM customers_replyaddress WHERE customer_id = c.id
             UNION ALL (SELECT channel || ' ' || address FROM customers_identity WHERE customer_id = c.id ORDER BY id LIMIT 10))
  FROM customers_customer c WHERE id = ({which})
"""


def get_customer(customer_id: int) -> CustomerRow:
    """Get one customer by id. Raises Customer.DoesNotExist."""
    found = _read_customer(ask(_CUSTOMER.format(which="%s"), [customer_id]))
    if found is None:
        raise Customer.DoesNotExist
    return found


def customer_asked(which: str, values: Mapping[str, Any]) -> Question[CustomerRow | None]:
    """Ask for the customer whose id the SQL of `which` tells; every thread that an agent opens asks this."""
    return Question(_CUSTOMER.format(which=which), values, _read_customer)


def _read_customer(rows: Rows) -> CustomerRow | None:
    if not rows:
        return None
    number, public_id, name, *rest = rows[0]
    rest[-1] = tuple(ContactRow(*contact.split(" ", 1)) for contact in rest[-1])
    return CustomerRow(number, public_id, seal_again(name), *rest)


def blocked_asked(customer_ids: Collection[int]) -> Question[dict[int, str]]:
    """Ask from which of these customers nothing is taken, and for what reason."""
    blocked = "SELECT id, block_reason FROM customers_customer WHERE blocked_at IS NOT NULL AND id = ANY(%s)"
    return Question(blocked, [list(customer_ids)], dict)


def ended_sessions_asked(sessions: Collection[str]) -> Question[set[str]]:
    """Ask which of these guests' sessions are over or never were."""
    alive = "SELECT public_id FROM customers_guestsession WHERE ended_at IS NULL AND public_id = ANY(%s)"
    return Question(alive, [list(sessions)], lambda rows: set(sessions) - {name for (name,) in rows})


def has_open_session(session: str, customer_id: int) -> bool:
    """Say whether a guest's session still holds and is that customer's."""
    return GuestSession.objects.filter(public_id=session, customer_id=customer_id, ended_at=None).exists()


def guest_before(session: str) -> int | None:
    """Tell which guest a browser was before the exchange said who it is; None where it was nobody, or is a guest still."""
    row = GuestSession.objects.filter(public_id=session, ended_at=None, vouched_at__isnull=False).values_list("before__customer_id").first()
    return row[0] if row else None


@dataclass(frozen=True, slots=True)
class AddressRow:
    """Where a customer is told of answers; `hint` is what may be shown of it, `is_confirmed` that somebody came back from there."""

    id: int
    address: str
    hint: str
    is_confirmed: bool


def find_address(customer_id: int) -> AddressRow | None:
    """Find where a customer is told of answers."""
    row = ReplyAddress.objects.filter(customer_id=customer_id).first()
    return None if row is None else AddressRow(row.id, row.address, hint_of(row.address), row.confirmed_at is not None)


def addressed(customer_ids: Collection[int]) -> set[int]:
    """Name those of the customers who are told of answers anywhere."""
    question = "SELECT customer_id FROM customers_replyaddress WHERE customer_id IN (SELECT json_array_elements_text(%s::json)::bigint)"
    return {customer_id for (customer_id,) in ask(question, [json.dumps(sorted(customer_ids))])}


def find_site(customer_id: int) -> str:
    """Find the key of the site where a customer was last; empty for one who never came by the chat."""
    sites = GuestSession.objects.filter(customer_id=customer_id).order_by("-used_at", "-id")
    return sites.values_list("site_key", flat=True).first() or ""
