"""Coming in and going out."""

from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from vigil.faces.desk.doors import fields, safe_next
from vigil.kernel import clock
from vigil.kernel.errors import Refusal
from vigil.team import commands as team
from vigil.team import queries as people


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@sensitive_variables("given", "entrant")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or judge it."""
    if request.method != "POST":
        return _form(request, {"next": safe_next(request.GET.get("next", ""))})
    given = fields(request, "email", "password", "next")
    entrant = team.Entrant(given["email"], given["password"], request.META.get("REMOTE_ADDR", ""))
    try:
        agent_id = team.sign_in(entrant, at=clock.now())
    except Refusal as refusal:
        return _form(request, {"next": safe_next(given["next"]), "email": given["email"], "refusal": refusal}, refusal)
    # Django gives the session a new id here, so that one planted before is worth nothing.
    login(request, people.get_user(agent_id))
    return HttpResponseRedirect(safe_next(given["next"]))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; may be repeated."""
    fields(request)
    if request.user.is_authenticated and request.user.pk is not None:
        team.sign_out(agent_id=request.user.pk, at=clock.now())
    logout(request)
    return HttpResponseRedirect(reverse("desk:sign-in"))


def _form(request: HttpRequest, shown: dict[str, Any], refusal: Refusal | None = None) -> HttpResponse:
    response = render(request, "desk/sign_in.html", shown, status=refusal.status if refusal else 200)
    if refusal and refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response
