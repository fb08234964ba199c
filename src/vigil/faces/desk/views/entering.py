"""Coming in, in one step or two, and going out."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from vigil.faces.desk.browsers import ANSWERED_WITHIN, ENTERED_WITHIN, browser_id, come_in, recall, remember, site_of
from vigil.faces.desk.doors import fields, safe_next
from vigil.kernel import clock
from vigil.kernel.errors import Refusal
from vigil.kernel.live.refusals import BadField
from vigil.team import commands as team
from vigil.team import passkeys
from vigil.team import queries as people
from vigil.team.errors import EntryOver, PasskeyRefused


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@sensitive_variables("given", "entrant")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or judge it; whoever has a second factor goes on to the second step, and is nobody yet."""
    if request.method != "POST":
        return show_form(request, {"next": safe_next(request.GET.get("next", ""))})
    given = fields(request, "email", "password", "next")
    entrant = team.Entrant(given["email"], given["password"], request.META.get("REMOTE_ADDR", ""))
    try:
        admitted = team.sign_in(entrant, at=clock.now())
    except Refusal as refusal:
        return show_form(request, {"next": safe_next(given["next"]), "email": given["email"], "refusal": refusal}, refusal)
    if admitted.must_prove:
        request.session.cycle_key()
        remember(request, "entering", {"agent": admitted.agent_id, "state": admitted.state, "next": safe_next(given["next"])})
        return HttpResponseRedirect(reverse("desk:prove"))
    come_in(request, admitted.agent_id, proved=False)
    return HttpResponseRedirect(safe_next(given["next"]))


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code", "answer")
@sensitive_variables("given")
def prove(request: HttpRequest) -> HttpResponse:
    """Show the second step, or judge it; without a first one there is none."""
    if "entering" not in request.session:
        return HttpResponseRedirect(reverse("desk:sign-in"))
    entering = recall(request, "entering", ENTERED_WITHIN)
    if entering is None or not people.is_account_as_it_was(entering["agent"], entering["state"]):
        request.session.pop("entering", None)
        return show_form(request, {"next": safe_next(""), "refusal": EntryOver()}, EntryOver())
    agent_id = int(entering["agent"])
    if request.method != "POST":
        return _second_step(request, agent_id)
    given = fields(request, "way", "code") if "code" in request.POST else fields(request, "way", "answer")
    try:
        _ways(request, agent_id, given)()
    except Refusal as refusal:
        return _second_step(request, agent_id, refusal)
    request.session.pop("entering", None)
    come_in(request, agent_id, proved=True)
    return HttpResponseRedirect(safe_next(entering["next"]))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session of this browser; may be repeated."""
    fields(request)
    if request.user.is_authenticated and request.user.pk is not None:
        team.sign_out(agent_id=request.user.pk, session_id=browser_id(request), at=clock.now())
    logout(request)
    return HttpResponseRedirect(reverse("desk:sign-in"))


def _ways(request: HttpRequest, agent_id: int, given: dict[str, str]) -> Callable[[], None]:
    at = clock.now()
    match given:
        case {"way": "code", "code": code}:
            return lambda: team.prove_by_code(agent_id=agent_id, code=code, at=at)
        case {"way": "recovery", "code": code}:
            return lambda: team.prove_by_recovery_code(agent_id=agent_id, code=code, at=at)
        case {"way": "passkey", "answer": answer}:
            return lambda: _prove_by_passkey(request, agent_id, answer)
        case _:
            raise BadField(field="way")


def _prove_by_passkey(request: HttpRequest, agent_id: int, answer: str) -> None:
    state = recall(request, "passkey", ANSWERED_WITHIN, once=True)
    if state is None:
        raise PasskeyRefused
    held = passkeys.read_proof(site_of(request), state, passkey_answer(answer), people.list_passkeys(agent_id))
    team.prove_by_passkey(agent_id=agent_id, credential=held.credential, counter=held.counter, at=clock.now())


def passkey_answer(answer: str) -> dict[str, Any]:
    """Read what a browser says for a passkey. Raises PasskeyRefused."""
    try:
        said = json.loads(answer[: passkeys.LONGEST_ANSWER])
    except (ValueError, RecursionError):
        raise PasskeyRefused from None
    if not isinstance(said, dict):
        raise PasskeyRefused
    return said


def _second_step(request: HttpRequest, agent_id: int, refusal: Refusal | None = None) -> HttpResponse:
    kinds = {factor.kind for factor in people.list_factors(agent_id)}
    shown: dict[str, Any] = {"refusal": refusal, "has_app": "codes" in kinds, "has_passkey": False}
    site = site_of(request)
    if "passkey" in kinds and site.takes_passkeys:
        asked = passkeys.ask_for_proof(site, people.list_passkeys(agent_id))
        remember(request, "passkey", dict(asked.state))
        shown |= {"has_passkey": True, "options": json.dumps(dict(asked.options))}
    return _page(request, "desk/prove.html", shown, refusal)


def show_form(request: HttpRequest, shown: dict[str, Any], refusal: Refusal | None = None) -> HttpResponse:
    """Show the door, with what was refused at it."""
    return _page(request, "desk/sign_in.html", {"takes_passkeys": site_of(request).takes_passkeys, **shown}, refusal)


def _page(request: HttpRequest, name: str, shown: dict[str, Any], refusal: Refusal | None) -> HttpResponse:
    response = render(request, name, shown, status=refusal.status if refusal else 200)
    if refusal and refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response
