"""The lists, and the places that lead to them."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vigil.conversations import queries as conversations
from vigil.drafts.queries import with_drafts
from vigil.faces.desk.doors import Visitor, signed_in
from vigil.faces.desk.presenters import live, nav, rows
from vigil.faces.desk.presenters.entries import blank_entry
from vigil.faces.desk.presenters.keys import keys_for_scripts, labels_of
from vigil.faces.desk.presenters.places import Shelf, find_shelf
from vigil.faces.desk.words import words_of_scripts
from vigil.kernel.ids import is_public_id
from vigil.languages import formats
from vigil.readings import commands as readings
from vigil.team import queries as team
from vigil.team.queries import QueueRow

MOST_ASKED = 100
_SEPARATOR = re.compile(r",")


@require_safe
@signed_in
def show_home(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Lead to the team's list: a page of the desk has one address."""
    return HttpResponseRedirect(reverse("desk:team"))


@require_safe
@signed_in
def show_place(request: HttpRequest, visitor: Visitor, place: str) -> HttpResponse:
    """Show a list: the whole desk, the list alone for htmx, or its next page."""
    queues = team.list_queues(visitor.sight)
    shelf = shelf_or_404(place, visitor, queues)
    after = rows.read_after(request.GET.get("after", ""))
    if after and shelf.place.assignee_id != visitor.agent.id:
        readings.read_on(agent_id=visitor.agent.id, at=visitor.at)
    if after and request.headers.get("HX-Request"):
        return render(request, "desk/_rows.html", list_of(shelf, visitor, after=after))
    shown = desk_of(shelf, queues, visitor)
    return render(request, "desk/_place.html" if request.headers.get("HX-Request") else "desk/desk.html", shown)


@require_safe
@signed_in
def show_nav(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the places again, with fresh counts."""
    queues = team.list_queues(visitor.sight)
    return render(request, "desk/_nav.html", nav_of(request.GET.get("place", ""), queues, visitor))


@require_safe
@signed_in
def show_strip(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the agent's chats that go on now."""
    shown = live.show_live(conversations.list_live(visitor.sight, at=visitor.at), visitor)
    return render(request, "desk/_live.html", {"live": shown})


@require_safe
@signed_in
def show_rows(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show those of ?ids= that belong to ?place= now, the others have left it or are none of ours; without ?ids= the first page."""
    shelf = shelf_or_404(request.GET.get("place", "team"), visitor, team.list_queues(visitor.sight))
    if "ids" not in request.GET:
        return render(request, "desk/_rows.html", list_of(shelf, visitor))
    ids = [each for each in _SEPARATOR.split(request.GET.get("ids", ""), MOST_ASKED)[:MOST_ASKED] if is_public_id(each)]
    found: list[conversations.ConversationRow] = []
    for start in range(0, len(ids), conversations.PAGE):
        found += conversations.list_conversations(shelf.place, visitor.sight, among=ids[start : start + conversations.PAGE])
    return render(request, "desk/_rows.html", {"rows": _shown(found, visitor, shelf)})


def shelf_or_404(key: str, visitor: Visitor, queues: list[QueueRow]) -> Shelf:
    """Find a list in sight. Raises Http404."""
    shelf = find_shelf(key, visitor.sight, queues, at=visitor.at)
    if shelf is None:
        raise Http404
    return shelf


def desk_of(shelf: Shelf, queues: list[QueueRow], visitor: Visitor) -> dict[str, Any]:
    """Gather what every whole page of the desk shows."""
    return {**nav_of(shelf.key, queues, visitor), **list_of(shelf, visitor), **around(visitor)}


def around(visitor: Visitor) -> dict[str, Any]:
    """Gather what stands around whatever a whole page shows."""
    return {
        "visitor": {
            "id": visitor.agent.id,
            "zone": visitor.agent.zone,
            "density": visitor.agent.density,
            "keys": keys_for_scripts(visitor),
        },
        "keys": labels_of(visitor),
        "theme": visitor.agent.theme,
        "blanks": [blank_entry(kind) for kind in ("message", "reply", "note")],
        "words": words_of_scripts(),
    }


def nav_of(key: str, queues: list[QueueRow], visitor: Visitor) -> dict[str, Any]:
    """Gather the places with their counts."""
    counts = conversations.count_open(visitor.sight, [queue.id for queue in queues], at=visitor.at)
    return {
        "nav": nav.show_nav(queues, counts, visitor, key),
        "languages": nav.show_languages(visitor),
        "availabilities": nav.show_availabilities(visitor),
    }


def list_of(shelf: Shelf, visitor: Visitor, **page: Any) -> dict[str, Any]:
    """Gather one page of a list."""
    found = conversations.list_conversations(shelf.place, visitor.sight, **page)
    return {
        "shelf": shelf,
        "rows": _shown(found, visitor, shelf),
        "more": rows.next_page(found, shelf),
        "shown_at": formats.clock(visitor.at, visitor.language, visitor.agent.zone),
    }


def _shown(found: list[conversations.ConversationRow], visitor: Visitor, shelf: Shelf) -> list[rows.ShownRow]:
    return rows.show_rows(found, visitor, shelf, with_drafts(visitor.agent.id, [row.id for row in found]))
