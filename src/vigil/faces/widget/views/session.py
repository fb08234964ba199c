"""A browser comes in, goes on, chooses its language, and leaves."""

import re
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse, JsonResponse

from vigil.customers import commands as customers
from vigil.faces.widget.budgets import BUDGETS, neighbourhood
from vigil.faces.widget.doors import bearer, json_door
from vigil.faces.widget.flood import let_in
from vigil.faces.widget.presenters.session import session_body, token_body
from vigil.kernel import clock
from vigil.kernel.live import strict
from vigil.kernel.live.refusals import BadField, NotFound
from vigil.languages.table import find_language
from vigil.workspace.profile import profile

# 32 bytes that the host page's browser drew, in base64.
_VISITOR = re.compile(r"[A-Za-z0-9+/]{43}")


@json_door
def session(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """Welcome a customer with {"site", "token"?, "visitor"?, "known"?, "language", "zone"}.

    The token goes before the visitor key. With "known": true nobody new is made: 204 where there is nobody to go on as. 404 for
    a site that is none of ours, 401 for a dead token.
    """
    strict.only(body, "site", "token", "visitor", "known", "language", "zone")
    key = _site(body)
    language = _language(strict.text(body, "language", most=64, least=0))
    zone = _zone(strict.text(body, "zone", most=64, least=0))
    visitor = _visitor(body)
    is_known = strict.flag(body, "known") if "known" in body else False
    at = clock.now()
    arrival = _go_on(request, key, _token(body), visitor) if "token" in body else None
    if arrival is None and visitor:
        BUDGETS.look(address=neighbourhood(request.META["REMOTE_ADDR"]))
        arrival = customers.find_visitor(visitor=visitor, site_key=key, at=at)
    if arrival is None and is_known:
        return HttpResponse(status=204)
    if arrival is None:
        let_in(request, BUDGETS, deed="arrive", site=key)
        arrival = customers.arrive(site_key=key, language=language, zone=zone, visitor=visitor, at=at)
    return JsonResponse(session_body(arrival, site=key, language=language, at=at))


@json_door
def leave(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """End the sessions of this browser with {"site", "token"?, "visitor"?}: after a log-out nobody goes on here. Always 204."""
    strict.only(body, "site", "token", "visitor")
    key = _site(body)
    customers.leave(site_key=key, token=_token(body) if "token" in body else "", visitor=_visitor(body), at=clock.now())
    return HttpResponse(status=204)


@json_door
def language(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """Remember the language that was chosen, {"language"}; answers with a live token that speaks it."""
    guest = bearer(request)
    strict.only(body, "language")
    chosen = find_language(strict.text(body, "language", most=64))
    if chosen is None or chosen.code not in profile().languages:
        raise BadField(field="language")
    customers.choose_language(customer_id=guest.customer_id, language=chosen.code)
    return JsonResponse({"language": chosen.code, **token_body(guest, language=chosen.code, at=clock.now())})


def _go_on(request: HttpRequest, site: str, token: str, visitor: str) -> customers.Arrival:
    asker = f"address:{neighbourhood(request.META['REMOTE_ADDR'])}"
    BUDGETS.misses.check(asker)
    try:
        return customers.resume(token=token, site_key=site, visitor=visitor, at=clock.now())
    except customers.SessionUnknown:
        BUDGETS.misses.count(asker)
        raise


def _site(body: dict[str, Any]) -> str:
    key = strict.text(body, "site", most=64)
    if profile().find_site(key) is None:
        raise NotFound
    return key


def _token(body: dict[str, Any]) -> str:
    return strict.text(body, "token", most=256, least=0)


def _visitor(body: dict[str, Any]) -> str:
    if "visitor" not in body:
        return ""
    visitor = strict.text(body, "visitor", most=64)
    if not _VISITOR.fullmatch(visitor):
        raise BadField(field="visitor")
    return visitor


def _language(wish: str) -> str:
    found = find_language(wish)
    return found.code if found else profile().default_language


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(name: str) -> str:
    return name if name in _zones() else ""
