"""What a person sees when a request cannot be answered at all."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from vigil.kernel.errors import Refusal
from vigil.kernel.live.refusals import Failed
from vigil.kernel.web.refusals import wants_json


class FormOutdated(Refusal):
    """The form was not ours, or it is too old."""

    code = "form_outdated"
    status = 403
    sentence = _("This page has been open for too long. Please reload it and try again.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from our own page."""
    refusal = FormOutdated()
    if wants_json(request):
        return JsonResponse(refusal.as_json(), status=refusal.status)
    return render(request, "look/refused.html", {"refusal": refusal}, status=refusal.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be understood."""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what this reader may not do."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address where nothing is; the same for what must not be seen."""
    return _page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when we failed; says nothing of how."""
    if wants_json(request):
        return JsonResponse(Failed().as_json(), status=Failed.status)
    return _page(request, 500)


def _page(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"look/{status}.html", status=status)
