"""One's own account: the profile, the password, and the browsers one is signed in with."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vigil.faces.desk.browsers import confirm, stay
from vigil.faces.desk.doors import Visitor, allowed_to, fields, safe_next
from vigil.faces.desk.presenters import account, keys
from vigil.kernel.errors import Refusal
from vigil.kernel.live.refusals import BadField, UnknownField
from vigil.languages.table import find_language
from vigil.nudges import queries as nudges
from vigil.nudges.commands import ensure_own_key
from vigil.team import commands as team
from vigil.team import queries as people
from vigil.team.capabilities import Capability
from vigil.team.errors import KeysClash, PasswordTooWeak
from vigil.team.rules import DEEDS, own_keys

_OWN = Capability.KEEP_OWN_ACCOUNT
_PROFILE = ("public_name", "signature", "zone", "ui_language", "theme", "density")


@require_POST
@allowed_to(_OWN, sets_up=True)
def choose_language(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Remember the language of the desk and go back to the page."""
    given = fields(request, "language", "next")
    language = find_language(given["language"])
    if language is None or language.code != given["language"]:
        raise BadField(field="language")
    team.choose_interface(agent_id=visitor.agent.id, ui_language=language.code)
    return HttpResponseRedirect(safe_next(given["next"]))


@require_POST
@allowed_to(_OWN)
def choose_availability(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Tell the colleagues whether one is available, and go back to the page."""
    given = fields(request, "availability", "next")
    try:
        team.choose_availability(agent_id=visitor.agent.id, availability=given["availability"])
    except ValueError:
        raise BadField(field="availability") from None
    return HttpResponseRedirect(safe_next(given["next"]))


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_to(_OWN)
def keep_profile(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the own profile, or store it."""
    if request.method != "POST":
        return _profile(request, visitor, account.profile_of(visitor, people.get_signature(visitor.agent.id)))
    given = _read_profile(request)
    try:
        team.change_profile(given, agent_id=visitor.agent.id, at=visitor.at)
    except ValueError:
        raise BadField(field="profile") from None
    except Refusal as refusal:
        return _profile(request, visitor, given, refusal)
    return HttpResponseRedirect(reverse("desk:account"))


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_to(_OWN)
def keep_keys(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the keys of one's own, or keep them; a form with none of them brings the usual ones back."""
    if request.method != "POST":
        return _keys(request, visitor, own_keys(visitor.agent.shortcuts))
    given = fields(request, *DEEDS) if set(request.POST) - {"csrfmiddlewaretoken"} else {}
    try:
        team.change_shortcuts(given, agent_id=visitor.agent.id)
    except ValueError:
        raise BadField(field="keys") from None
    except KeysClash as refusal:
        said = f"{keys.say_clash(refusal.deeds)} {refusal.say()}"
        return _keys(request, visitor, given, refusal.deeds, says=said)
    return _keys(request, visitor, own_keys(given), is_kept=True)


@require_safe
@allowed_to(_OWN)
def show_sessions(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show in which browsers one is signed in, and the form for another password."""
    return _sessions(request, visitor)


@require_POST
@allowed_to(_OWN)
def end_session(request: HttpRequest, visitor: Visitor, session: int) -> HttpResponse:
    """End one browser's session."""
    fields(request)
    actor = f"agent:{visitor.agent.id}"
    team.end_session(agent_id=visitor.agent.id, session_id=session, actor=actor, at=visitor.at)
    return HttpResponseRedirect(reverse("desk:sessions"))


@require_POST
@allowed_to(_OWN)
def end_other_sessions(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """End the sessions of all browsers but this one."""
    fields(request)
    team.end_other_sessions(agent_id=visitor.agent.id, but=visitor.browser, at=visitor.at)
    return HttpResponseRedirect(reverse("desk:sessions"))


@require_POST
@allowed_to(_OWN)
@sensitive_post_parameters("old", "new")
@sensitive_variables("given")
def change_password(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Set another password by the present one; the other browsers are signed out."""
    given = fields(request, "old", "new")
    own = {"agent_id": visitor.agent.id, "session_id": visitor.browser}
    try:
        team.change_own_password(**own, old=given["old"], new=given["new"], at=visitor.at)
    except Refusal as refusal:
        return _sessions(request, visitor, refusal)
    stay(request, visitor.agent.id)
    confirm(request)
    return _sessions(request, visitor, has_new_password=True)


def _read_profile(request: HttpRequest) -> team.Profile:
    # One name may come several times here, once for each language, which `fields` refuses on purpose.
    unknown = set(request.POST) - {*_PROFILE, "languages", "csrfmiddlewaretoken"}
    if unknown:
        raise UnknownField(field=min(unknown)[:40])
    given = {name: request.POST.getlist(name) for name in _PROFILE}
    for name, values in given.items():
        if len(values) != 1:
            raise BadField(field=name)
    return team.Profile(languages=request.POST.getlist("languages"), **{name: values[0] for name, values in given.items()})


def _profile(request: HttpRequest, visitor: Visitor, given: team.Profile, refusal: Refusal | None = None) -> HttpResponse:
    told = account.ShownNudges(ensure_own_key(), is_on=nudges.is_told(visitor.browser))
    shown = {"profile": account.show_profile(given, visitor), "nudges": told, "refusal": refusal, **account.page_of(visitor, "account")}
    return render(request, "desk/profile.html", shown, status=refusal.status if refusal else 200)


def _keys(
    request: HttpRequest, visitor: Visitor, chosen: Mapping[str, str], clash: tuple[str, str] | None = None, **more: Any
) -> HttpResponse:
    shown = {"deeds": keys.show_deeds(chosen, clash), **account.page_of(visitor, "keys"), **more}
    return render(request, "desk/own_keys.html", shown, status=KeysClash.status if clash else 200)


def _sessions(request: HttpRequest, visitor: Visitor, refusal: Refusal | None = None, **more: Any) -> HttpResponse:
    found = people.list_sessions(visitor.agent.id, at=visitor.at)
    reasons = refusal.reasons if isinstance(refusal, PasswordTooWeak) else (refusal.say(),) if refusal else ()
    shown = {"sessions": account.show_sessions(found, visitor), "reasons": reasons, **account.page_of(visitor, "sessions")}
    return render(request, "desk/sessions.html", {**shown, **more}, status=refusal.status if refusal else 200)
