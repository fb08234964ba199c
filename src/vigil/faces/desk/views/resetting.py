"""A new password by mail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from vigil.faces.desk.doors import fields
from vigil.kernel import clock
from vigil.kernel.errors import Refusal
from vigil.languages.table import find_language, get_language
from vigil.team import commands as team
from vigil.team import queries
from vigil.team.errors import PasswordTooWeak, ResetLinkDead


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Show the form, or take the request; the answer is the same whether or not the address is known."""
    if request.method != "POST":
        return render(request, "desk/reset.html")
    given = fields(request, "email")
    try:
        team.ask_for_reset(email=given["email"], address=request.META.get("REMOTE_ADDR", ""), at=clock.now())
    except Refusal as refusal:
        return _refused(request, "desk/reset.html", refusal)
    return render(request, "desk/reset_sent.html")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@sensitive_variables("given")
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """Show the form for a password in the letter's words, or set it. Looking at it uses nothing up: programs open links in mail too."""
    at, is_first = clock.now(), False
    try:
        link = queries.read_password_link(token, at=at)
        is_first = link.is_first
        _speak(request, link.language)
    except ResetLinkDead:
        # Whoever looks is told as much as whoever tries; what is refused is the trying.
        pass
    if request.method != "POST":
        return render(request, "desk/new_password.html", {"is_first": is_first})
    given = fields(request, "password")
    try:
        team.reset_password(token=token, password=given["password"], at=at)
    except Refusal as refusal:
        reasons = refusal.reasons if isinstance(refusal, PasswordTooWeak) else (refusal.say(),)
        return _refused(request, "desk/new_password.html", refusal, reasons=reasons, is_first=is_first)
    return render(request, "desk/password_set.html", {"is_first": is_first})


def _speak(request: HttpRequest, code: str) -> None:
    language = find_language(code) or get_language("en")
    translation.activate(language.django_code)
    request.LANGUAGE_CODE = language.django_code


def _refused(request: HttpRequest, page: str, refusal: Refusal, **more: Any) -> HttpResponse:
    response = render(request, page, {"refusal": refusal, **more}, status=refusal.status)
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response
