"""Turns a refusal into an answer: JSON for programs, a fragment or a page for people."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from vigil.kernel.errors import Refusal
from vigil.kernel.live.refusals import Unavailable
from vigil.kernel.outages import is_outage

_log = logging.getLogger(__name__)


View = TypeVar("View", bound=Callable[..., HttpResponse])


def speaks_json(view: View) -> View:
    """Mark a view as a door of programs: whatever goes wrong behind it, even what nobody foresaw, is answered as JSON."""
    view.speaks_json = True  # type: ignore[attr-defined]  # A mark on a function, as Django's own csrf_exempt makes one.
    return view


def wants_json(request: HttpRequest) -> bool:
    """Say whether whoever asks reads JSON: the door is one of programs, or the request says so."""
    door = getattr(request.resolver_match, "func", None)
    return (
        getattr(door, "speaks_json", False)
        or "application/json" in request.headers.get("Accept", "")
        or request.content_type == "application/json"
    )


class Refusals:
    """Answers for every `Refusal` a view lets through, and for a database that is gone, in the reader's language."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other error to the page for broken things."""
        if is_outage(error):
            _log.error("the database does not answer", exc_info=error)
            error = Unavailable(retry_after=5)
        if not isinstance(error, Refusal):
            return None
        return _answer(request, error)


def _answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    response: HttpResponse
    if request.headers.get("HX-Request") or wants_json(request):
        response = JsonResponse(refusal.as_json(), status=refusal.status)
    else:
        # A page that is only looked at says when to come back; whoever sent something is told what became of it.
        is_closed = refusal.status == 503 and request.method in {"GET", "HEAD"}
        response = render(request, "look/503.html" if is_closed else "look/refused.html", {"refusal": refusal}, status=refusal.status)
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response
