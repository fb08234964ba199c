"""One's own second factors: what there is, what comes, what goes, and the codes on paper."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vigil.faces.desk.browsers import ANSWERED_WITHIN, CONFIRMED_FOR, confirm, recall, remember, site_of, stay
from vigil.faces.desk.doors import Visitor, allowed_to, confirmed, fields, safe_next
from vigil.faces.desk.presenters import account
from vigil.faces.desk.views.entering import passkey_answer
from vigil.kernel.errors import Refusal
from vigil.kernel.sealing import seal, unseal
from vigil.team import commands as team
from vigil.team import passkeys
from vigil.team import queries as people
from vigil.team.capabilities import Capability
from vigil.team.errors import EntryOver, PasskeyRefused

_OWN = Capability.KEEP_OWN_ACCOUNT


@require_safe
@allowed_to(_OWN, sets_up=True)
def show_factors(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show one's own second factors; who has none yet, and needs one, sees nothing else."""
    return _factors(request, visitor)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_to(_OWN, sets_up=True)
@confirmed
@sensitive_post_parameters("code")
@sensitive_variables("secret")
def set_up_app(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the secret of an app, for it to be taken over, or take the app once it shows a right code."""
    secret = _secret_on_the_way(request, visitor)
    if request.method != "POST":
        return _app(request, visitor, secret)
    code = fields(request, "code")["code"]
    try:
        codes = team.add_codes(agent_id=visitor.agent.id, session_id=visitor.browser, secret=secret, code=code, at=visitor.at)
    except Refusal as refusal:
        return _app(request, visitor, secret, refusal)
    request.session.pop("secret", None)
    return _added(request, visitor, codes)


@require_POST
@allowed_to(_OWN, sets_up=True)
@confirmed
def add_passkey(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Take a passkey that the browser has just made."""
    given = fields(request, "name", "answer")
    state = recall(request, "passkey", ANSWERED_WITHIN, once=True)
    try:
        if state is None:
            raise PasskeyRefused
        made = passkeys.read_new(site_of(request), state, passkey_answer(given["answer"]))
        codes = team.add_passkey(
            agent_id=visitor.agent.id,
            session_id=visitor.browser,
            credential=made.credential,
            secret=made.secret,
            counter=made.counter,
            name=given["name"],
            at=visitor.at,
        )
    except Refusal as refusal:
        return _factors(request, visitor, refusal)
    return _added(request, visitor, codes)


@require_POST
@allowed_to(_OWN)
@confirmed
def remove(request: HttpRequest, visitor: Visitor, factor: int) -> HttpResponse:
    """Take one of them away."""
    fields(request)
    try:
        team.remove_factor(agent_id=visitor.agent.id, factor_id=factor, at=visitor.at)
    except Refusal as refusal:
        return _factors(request, visitor, refusal)
    return HttpResponseRedirect(reverse("desk:factors"))


@require_POST
@allowed_to(_OWN)
@confirmed
def renew_recovery_codes(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Draw new codes for paper, and show them this once."""
    fields(request)
    if not visitor.agent.has_second_factor:
        return HttpResponseRedirect(reverse("desk:factors"))
    return _codes(request, team.renew_recovery_codes(agent_id=visitor.agent.id, at=visitor.at))


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_to(_OWN, sets_up=True)
@sensitive_post_parameters("password")
@sensitive_variables("given")
def confirm_self(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask for the password again before something is changed that guards the account."""
    if request.method != "POST":
        return render(request, "desk/confirm.html", {"next": safe_next(request.GET.get("next", ""))})
    given = fields(request, "password", "next")
    try:
        team.confirm_password(agent_id=visitor.agent.id, password=given["password"], at=visitor.at)
    except Refusal as refusal:
        return render(request, "desk/confirm.html", {"next": safe_next(given["next"]), "refusal": refusal}, status=refusal.status)
    confirm(request)
    return HttpResponseRedirect(safe_next(given["next"]))


def _factors(request: HttpRequest, visitor: Visitor, refusal: Refusal | None = None) -> HttpResponse:
    site = site_of(request)
    factors = people.list_factors(visitor.agent.id)
    shown: dict[str, Any] = {
        "account": account.show_factors(factors, people.count_recovery_codes(visitor.agent.id), visitor),
        "must_set_up": settings.VIGIL_SECOND_FACTOR and not factors,
        "takes_passkeys": site.takes_passkeys,
        "refusal": refusal,
        **account.page_of(visitor, "factors"),
    }
    if site.takes_passkeys:
        known = people.list_passkeys(visitor.agent.id)
        asked = passkeys.ask_for_new(site, agent_id=visitor.agent.id, email=visitor.agent.email, name=visitor.agent.name, known=known)
        remember(request, "passkey", dict(asked.state))
        shown["options"] = json.dumps(dict(asked.options))
    return render(request, "desk/factors.html", shown, status=refusal.status if refusal else 200)


def _secret_on_the_way(request: HttpRequest, visitor: Visitor) -> bytes:
    purpose = f"desk.secret:{visitor.agent.id}"
    kept = recall(request, "secret", CONFIRMED_FOR)
    if kept is not None:
        return unseal(bytes.fromhex(kept), purpose=purpose)
    if request.method == "POST":
        raise EntryOver
    secret = team.draw_secret()
    # Sealed here too: sessions lie in the database.
    remember(request, "secret", seal(secret, purpose=purpose).hex())
    return secret


def _app(request: HttpRequest, visitor: Visitor, secret: bytes, refusal: Refusal | None = None) -> HttpResponse:
    shown = {"app": account.show_app(secret, visitor), "refusal": refusal}
    return render(request, "desk/factor_app.html", shown, status=refusal.status if refusal else 200)


def _added(request: HttpRequest, visitor: Visitor, codes: tuple[str, ...]) -> HttpResponse:
    stay(request, visitor.agent.id, proved=True)
    return _codes(request, codes) if codes else HttpResponseRedirect(reverse("desk:factors"))


def _codes(request: HttpRequest, codes: tuple[str, ...]) -> HttpResponse:
    return render(request, "desk/recovery_codes.html", {"codes": codes})
