"""A browser whose owner has logged in at the exchange."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from vigil.conversations import commands as conversations
from vigil.customers import commands as customers
from vigil.customers.queries import guest_before
from vigil.customers.vouchers import VoucherRefused, VouchingOff
from vigil.faces.widget.budgets import BUDGETS
from vigil.faces.widget.doors import bearer, json_door
from vigil.faces.widget.presenters.session import claimed_body, session_body
from vigil.kernel import clock
from vigil.kernel.live import strict
from vigil.kernel.live.refusals import TokenInvalid

_MOST_TOKEN = 4096


@json_door
def identify(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """Go on as the customer whom the exchange's {"token"} names; answers as a session does, and the guest's token stays good.

    403 with identity_invalid, identity_expired, identity_used or identity_off: then nothing has changed.
    """
    guest = bearer(request)
    strict.only(body, "token")
    token = strict.text(body, "token", most=_MOST_TOKEN, least=0)
    asker, at = f"identify:{guest.session}", clock.now()
    BUDGETS.misses.check(asker)
    BUDGETS.name(guest=guest.session)
    try:
        known = customers.identify(session=guest.session, token=token, site_key=guest.site, at=at)
    except VouchingOff:
        raise
    except VoucherRefused:
        BUDGETS.misses.count(asker)
        raise
    return JsonResponse(session_body(known.arrival, site=guest.site, language=guest.language, at=at))


@json_door
def claim(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """Take over, {}, what the same browser said before its owner logged in; nobody else's. May be repeated."""
    guest = bearer(request)
    strict.only(body)
    before = guest_before(guest.session)
    if before is None:
        raise TokenInvalid
    customers.bring_address(from_customer=before, to_customer=guest.customer_id)
    conversations.claim(from_customer=before, to_customer=guest.customer_id, at=clock.now())
    return JsonResponse(claimed_body(guest, at=clock.now()))
