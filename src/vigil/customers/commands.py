"""Every way customers and their sessions change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vigil.customers import tokens
from vigil.customers.events import ResumeTokenReplayed
from vigil.customers.models import Customer, GuestSession, Identity
from vigil.kernel.errors import Refusal
from vigil.kernel.events import publish
from vigil.kernel.text import MaskedText

# A session that nobody used for so long is over: the browser starts as a new guest.
IDLE_LIMIT = timedelta(days=90)


class SessionUnknown(Refusal):
    """The resume token is not ours, was replaced, or its session is over."""

    code = "session_unknown"
    status = 401
    sentence = _("This conversation cannot be continued from here. Please start a new one.")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A guest who may go on: who it is, and the token to show next time."""

    customer_id: int
    session: str
    token: str


def arrive(*, site_key: str, language: str, zone: str, at: datetime) -> Arrival:
    """Welcome a browser that nobody knows as a new, unverified customer."""
    with transaction.atomic():
        customer = Customer.objects.create(language=language, zone=zone, created_at=at)
        session = GuestSession.objects.create(customer=customer, site_key=site_key, created_at=at, used_at=at)
        Identity.objects.create(customer=customer, channel="chat", address=session.public_id)
    return Arrival(customer.id, session.public_id, tokens.write(session.public_id, 1, site_key))


def resume(*, token: str, site_key: str, at: datetime) -> Arrival:
    """Let a known browser go on and hand it the next token; the token before the shown one dies now.

    Showing the same token twice is fine (two tabs, a lost answer) until its successor was used. Raises SessionUnknown.
    """
    shown = tokens.read(token, site_key)
    if shown is None:
        raise SessionUnknown
    with transaction.atomic():
        session = GuestSession.objects.select_for_update().filter(public_id=shown.session, site_key=site_key).first()
        arrival = _go_on(session, shown.generation, at) if session is not None else None
    if arrival is None:
        raise SessionUnknown
    return arrival


def _go_on(session: GuestSession, generation: int, at: datetime) -> Arrival | None:
    if session.ended_at is not None or at - session.used_at > IDLE_LIMIT:
        return None
    if generation < session.generation:
        session.replayed_at = at
        session.save(update_fields=["replayed_at"])
        publish(ResumeTokenReplayed(customer_id=session.customer_id, at=at))
        return None
    session.generation, session.used_at = generation, at
    session.save(update_fields=["generation", "used_at"])
    return Arrival(session.customer_id, session.public_id, tokens.write(session.public_id, generation + 1, session.site_key))


def end_session(*, session: str, at: datetime) -> None:
    """End a guest's session: every token of it is dead. May be repeated."""
    GuestSession.objects.filter(public_id=session, ended_at=None).update(ended_at=at)


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
