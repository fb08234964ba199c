"""A browser comes in, or goes on, and chooses its language."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse, JsonResponse

from vigil.customers import commands as customers
from vigil.faces.widget.budgets import BUDGETS, neighbourhood
from vigil.faces.widget.doors import bearer, json_door
from vigil.faces.widget.presenters.session import session_body, token_body
from vigil.kernel import clock
from vigil.kernel.live import strict
from vigil.kernel.live.refusals import BadField, NotFound
from vigil.languages.table import find_language
from vigil.workspace.profile import profile


@json_door
def session(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """Welcome a guest with {"site", "token"?, "language", "zone"}; 404 for a site that is none of ours, 401 for a dead token."""
    strict.only(body, "site", "token", "language", "zone")
    key = strict.text(body, "site", most=64)
    if profile().find_site(key) is None:
        raise NotFound
    language = _language(strict.text(body, "language", most=64, least=0))
    zone = _zone(strict.text(body, "zone", most=64, least=0))
    arrival = _go_on(request, key, strict.text(body, "token", most=256, least=0)) if "token" in body else None
    if arrival is None:
        BUDGETS.arrive(address=neighbourhood(request.META["REMOTE_ADDR"]), site=key)
        arrival = customers.arrive(site_key=key, language=language, zone=zone, at=clock.now())
    return JsonResponse(session_body(arrival, site=key, language=language, at=clock.now()))


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


def _go_on(request: HttpRequest, site: str, token: str) -> customers.Arrival:
    asker = f"address:{neighbourhood(request.META['REMOTE_ADDR'])}"
    BUDGETS.misses.check(asker)
    try:
        return customers.resume(token=token, site_key=site, at=clock.now())
    except customers.SessionUnknown:
        BUDGETS.misses.count(asker)
        raise


def _language(wish: str) -> str:
    found = find_language(wish)
    return found.code if found else profile().default_language


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(name: str) -> str:
    return name if name in _zones() else ""
