"""The sessions of browsers: how one begins, goes on and ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vigil.customers import tokens
from vigil.customers.events import ResumeTokenReplayed
from vigil.customers.models import Customer, GuestSession, Identity
from vigil.kernel.errors import Refusal
from vigil.kernel.events import publish

# A session that nobody used for so long is over: the browser starts as a new guest.
IDLE_LIMIT = timedelta(days=90)
# Somebody else may sit at the same computer tomorrow: the exchange says anew who it is, each time its page loads.
VOUCHED_LIMIT = timedelta(hours=24)


class SessionUnknown(Refusal):
    """The resume token is not ours, was replaced, or its session is over."""

    code = "session_unknown"
    status = 401
    sentence = _("This conversation cannot be continued from here. Please start a new one.")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A customer who may go on: who it is, whether the exchange has said so, and the token to show next time."""

    customer_id: int
    session: str
    token: str
    is_vouched: bool = False


def arrive(*, site_key: str, language: str, zone: str, at: datetime, visitor: str = "") -> Arrival:
    """Welcome a browser that shows no token: as who it was, if its `visitor` key is known here, else as a new, unverified customer."""
    with transaction.atomic():
        known = find_visitor(visitor=visitor, site_key=site_key, at=at) if visitor else None
        if known is not None:
            return known
        customer = Customer.objects.create(language=language, zone=zone, created_at=at)
        digest = _take_visitor(visitor, site_key) if visitor else ""
        session = GuestSession.objects.create(customer=customer, site_key=site_key, visitor=digest, created_at=at, used_at=at)
        Identity.objects.create(customer=customer, channel="chat", address=session.public_id)
    return arrival_of(session)


def find_visitor(*, visitor: str, site_key: str, at: datetime) -> Arrival | None:
    """Let a browser go on by the key that its host page kept; None where nobody knows it. Never opens what was vouched for."""
    with transaction.atomic():
        alone(f"{site_key} {_digest(visitor)}")
        session = GuestSession.objects.select_for_update().filter(site_key=site_key, visitor=_digest(visitor)).first()
        if session is None or _is_over(session, at):
            return None
        return _go_on(session, session.generation, at)


def resume(*, token: str, site_key: str, at: datetime, visitor: str = "") -> Arrival:
    """Let a known browser go on and hand it the next token; the token before the shown one dies now.

    Showing the same token twice is fine (two tabs, a lost answer) until its successor was used. A `visitor` key that is
    nobody's yet becomes this guest's. Raises SessionUnknown.
    """
    shown = tokens.read(token, site_key)
    if shown is None:
        raise SessionUnknown
    with transaction.atomic():
        session = GuestSession.objects.select_for_update().filter(public_id=shown.session, site_key=site_key).first()
        arrival = _go_on(session, shown.generation, at) if session is not None else None
        if session is not None and arrival is not None and visitor:
            _bind(session, visitor)
    if arrival is None:
        raise SessionUnknown
    return arrival


def end_session(*, session: str, at: datetime) -> None:
    """End a guest's session: every token of it is dead. May be repeated."""
    GuestSession.objects.filter(public_id=session, ended_at=None).update(ended_at=at)


def leave(*, site_key: str, at: datetime, token: str = "", visitor: str = "") -> None:
    """End what a browser shows: the guest's session of its token, that of its visitor key, and those that grew out of them.

    What is not known here is not mentioned. May be repeated.
    """
    shown = tokens.read(token, site_key)
    ours = GuestSession.objects.filter(site_key=site_key)
    with transaction.atomic():
        session = ours.filter(public_id=shown.session, generation__lte=shown.generation).first() if shown else None
        guest = session.before or session if session else None
        for one in (guest, ours.filter(visitor=_digest(visitor)).first() if visitor else None):
            if one is not None:
                ours.filter(Q(pk=one.pk) | Q(before=one), ended_at=None).update(ended_at=at)


def forget_vouched(*, before: datetime) -> int:
    """Drop the sessions that the exchange vouched for before `before`: each page makes one, and none outlives its day."""
    return GuestSession.objects.filter(vouched_at__lt=before).delete()[0]


def arrival_of(session: GuestSession) -> Arrival:
    """Write the arrival of a session, with the token that follows the newest one used."""
    token = tokens.write(session.public_id, session.generation + 1, session.site_key)
    return Arrival(session.customer_id, session.public_id, token, session.vouched_at is not None)


def _is_over(session: GuestSession, at: datetime) -> bool:
    is_stale = session.vouched_at is not None and at - session.vouched_at > VOUCHED_LIMIT
    return session.ended_at is not None or at - session.used_at > IDLE_LIMIT or is_stale


def _go_on(session: GuestSession, generation: int, at: datetime) -> Arrival | None:
    if _is_over(session, at):
        return None
    if generation < session.generation:
        session.replayed_at = at
        session.save(update_fields=["replayed_at"])
        publish(ResumeTokenReplayed(customer_id=session.customer_id, at=at))
        return None
    session.generation, session.used_at = generation, at
    session.save(update_fields=["generation", "used_at"])
    return arrival_of(session)


def _bind(session: GuestSession, visitor: str) -> None:
    # Who was vouched for is never known by a key alone: another may sit at the same computer.
    if session.vouched_at is not None or session.visitor == _digest(visitor):
        return
    alone(f"{session.site_key} {_digest(visitor)}")
    if not GuestSession.objects.filter(site_key=session.site_key, visitor=_digest(visitor)).exists():
        session.visitor = _digest(visitor)
        session.save(update_fields=["visitor"])


def _take_visitor(visitor: str, site_key: str) -> str:
    # What the key belonged to is over.
    GuestSession.objects.filter(site_key=site_key, visitor=_digest(visitor)).update(visitor="")
    return _digest(visitor)


def _digest(visitor: str) -> str:
    return sha256(f"vigil.visitor\n{visitor}".encode()).hexdigest()


def alone(what: str) -> None:
    """Let one at a time go on with `what`, until the end of the transaction: two tabs of a new browser are one guest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"customers {what}",))
