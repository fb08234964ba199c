"""What the first words say while they are written, and what shows it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vigil.faces.widget.assets import chips_sheet, digest
from vigil.faces.widget.budgets import BUDGETS, neighbourhood
from vigil.faces.widget.doors import json_door
from vigil.faces.widget.presenters.reading import active_code, chips_context, reading_body
from vigil.faces.widget.views.frame import asset
from vigil.identifiers import read_facts
from vigil.kernel.live import strict
from vigil.kernel.web.packing import packed_for_all
from vigil.languages.rules import guess_language
from vigil.look.shrinking import shrink_page
from vigil.safety import commands as safety
from vigil.topics.facts import each_once
from vigil.topics.queries import guess_topic
from vigil.workspace.profile import profile

_MOST = 4000  # characters: the chips are about how it begins


@json_door
def read(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """Read {"text"} of at most 4,000 characters: {"topic" or null, "language" or null, "facts", "warning", "said"}.

    Stores nothing, and needs nobody to be known: whoever only writes has not come in yet. What safety takes out is not read.
    """
    strict.only(body, "text")
    text = strict.text(body, "text", most=_MOST)
    BUDGETS.read(address=neighbourhood(request.META["REMOTE_ADDR"]), length=len(text))
    words, likely = safety.screen(text).text, active_code()
    language = guess_language(words, likely)
    language = language if language in profile().languages else None
    topic = guess_topic(words, language or likely)
    return JsonResponse(reading_body(topic.key if topic else None, language, each_once(read_facts(words))))


@require_safe
@packed_for_all
def chips(request: HttpRequest) -> HttpResponse:
    """Give the chips as they are drawn, in the active language, with nothing in them yet."""
    response = render(request, "widget/chips.html", chips_context(digest(chips_sheet())))
    response.content = shrink_page(response.text).encode()
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
@packed_for_all
def sheet(request: HttpRequest, name: str) -> HttpResponse:
    """Give the chips' style sheet."""
    return asset(chips_sheet(), name, "text/css")
