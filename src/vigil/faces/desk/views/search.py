"""The place Search, and what the one box finds while somebody types.

What is searched for is posted and never stands in an address: it may be a customer's name, and addresses are kept by browsers and
by whatever stands before us. The address names the search by its number in the agent's own list of recent ones.
"""

from collections.abc import Sequence
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from vigil.conversations import queries as conversations
from vigil.conversations.queries import ConversationRow
from vigil.faces.desk.doors import Visitor, fields, signed_in
from vigil.faces.desk.presenters import search as present
from vigil.faces.desk.presenters.filters import choices_for, filters_of
from vigil.faces.desk.presenters.places import url_of_page
from vigil.faces.desk.views.lists import around, nav_of
from vigil.kernel.errors import Refusal
from vigil.kernel.live.refusals import BadField, UnknownField
from vigil.kernel.text import MaskedText
from vigil.languages.lexemes import terms_of
from vigil.readings import commands as readings
from vigil.safety import commands as safety
from vigil.safety.refusals import WordsTooLong, WordsUnreadable
from vigil.search import commands as search
from vigil.search import queries as found
from vigil.search.errors import SearchHoldsSecret, SearchTooLong
from vigil.search.rules import FILTERS, Asked, Filters, read_asked
from vigil.team import queries as team
from vigil.team.queries import QueueRow

LONGEST = 200
IN_THE_BOX = 6


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@sensitive_post_parameters()
@sensitive_variables()
def show_search(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the place, a search by its number, or its next page; what is posted is searched for, and gets a number."""
    if request.method == "POST":
        return _search(request, visitor)
    queues, of = team.list_queues(visitor.sight), _number(request, "of")
    if of:
        readings.search(agent_id=visitor.agent.id, at=visitor.at)
    shown = place_of(of, queues, visitor, order=_order(request), after=_number(request, "after"))
    if request.headers.get("HX-Request"):
        return render(request, "desk/_found.html" if "after" in request.GET else "desk/_search_place.html", shown)
    return render(request, "desk/desk.html", {**around(visitor), **shown})


@require_POST
@signed_in
@sensitive_post_parameters()
@sensitive_variables()
def show_in_box(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the first of what is found by what stands in the box so far; nothing of it is kept."""
    words = fields(request, "words")["words"]
    try:
        asked = read_asked(_screened(words))
        filters = filters_of(asked, choices_for(visitor, team.list_queues(visitor.sight)), visitor) if asked.filters else Filters()
        terms = terms_of(asked.words, unfinished=True)
        if terms or asked.filters:
            readings.search(agent_id=visitor.agent.id, at=visitor.at, is_glance=True)
        page = found.find(terms, filters, visitor.sight, most=IN_THE_BOX) if terms or asked.filters else None
    except Refusal as refusal:
        return render(request, "desk/_box.html", {"refusal": refusal.say()})
    rows = _rows(page.ids, visitor) if page else []
    shown = present.show_found(rows, found.passages_of(page.ids, terms) if page else {}, terms, visitor, None)
    return render(request, "desk/_box.html", {"found": shown, "kind": present.kind_of(words), "words": words})


@require_POST
@signed_in
def forget(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Forget one of the agent's own searches, or all of them."""
    number = fields(request, "of")["of"]
    if number != "all" and not (number.isascii() and number.isdigit() and len(number) < 16):
        raise BadField(field="of")
    search.forget_recent(None if number == "all" else int(number), agent_id=visitor.agent.id)
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(url_of_page("search"))
    return render(request, "desk/_search_place.html", place_of(None, team.list_queues(visitor.sight), visitor))


def place_of(
    of: int | None, queues: list[QueueRow], visitor: Visitor, *, order: Literal["newest", "best"] = "newest", after: int | None = None
) -> dict[str, Any]:
    """Gather what the place shows: a search by its number with what it finds, or the form alone."""
    recent = found.find_recent(of, visitor.agent.id) if of else None
    asked = read_asked(recent.asked) if recent else Asked()
    shown = _form(asked, queues, visitor)
    if recent is None:
        return {**shown, "is_gone": of is not None}
    try:
        return {**shown, **_found(asked, recent.id, shown["choices"], visitor, order=order, after=after)}
    except Refusal as refusal:
        return {**shown, "refusal": refusal.say()}


def _search(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    try:
        asked = _read(request)
        masked = _screened(asked.text)
        if masked and request.headers.get("HX-Request"):
            # Without script it is found, and counted, at the address that this answers with.
            readings.search(agent_id=visitor.agent.id, at=visitor.at)
    except Refusal as refusal:
        queues = team.list_queues(visitor.sight)
        shown = {**_form(Asked(), queues, visitor), "refusal": refusal.say()}
        if request.headers.get("HX-Request"):
            # Said where it was typed; htmx would throw away what comes with another status.
            return render(request, "desk/_search_place.html", shown)
        return render(request, "desk/desk.html", {**around(visitor), **shown}, status=refusal.status)
    if not masked:
        return HttpResponseRedirect(url_of_page("search"))
    number = search.keep_recent(masked, agent_id=visitor.agent.id, at=visitor.at)
    address = present.address_of(number)
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(address)
    shown = place_of(number, team.list_queues(visitor.sight), visitor)
    answer = render(request, "desk/_search_place.html", shown)
    answer["HX-Push-Url"] = address
    return answer


def _read(request: HttpRequest) -> Asked:
    given = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    for name, values in given.items():
        if name != "words" and name not in FILTERS:
            raise UnknownField(field=name[:40])
        if len(values) != 1:
            raise BadField(field=name)
    typed = read_asked(given.get("words", [""])[0])
    chosen = {name: values[0].strip() for name, values in given.items() if name != "words" and values[0].strip()}
    return Asked(typed.words, {**chosen, **typed.filters})


def _screened(text: str) -> MaskedText:
    try:
        screened = safety.screen_line(text, limit=LONGEST)
    except WordsTooLong:
        raise SearchTooLong(limit=LONGEST) from None
    except WordsUnreadable:
        raise BadField(field="words") from None
    if screened.findings:
        raise SearchHoldsSecret
    return screened.text


def _form(asked: Asked, queues: Sequence[QueueRow], visitor: Visitor) -> dict[str, Any]:
    choices = choices_for(visitor, queues)
    return {
        **nav_of("search", list(queues), visitor),
        "search": present.show_search(asked, choices, visitor),
        "recent": present.show_recent(found.list_recent(visitor.agent.id)),
        "choices": choices,
    }


def _found(asked: Asked, of: int, choices: Any, visitor: Visitor, *, order: Literal["newest", "best"], after: int | None) -> dict[str, Any]:
    terms, filters = terms_of(asked.words), filters_of(asked, choices, visitor)
    best = order == "best" and bool(terms)
    skip = after or 0 if best else 0
    page = found.find(
        terms,
        filters,
        visitor.sight,
        most=conversations.PAGE,
        before=None if best else after,
        skip=skip,
        order="best" if best else "newest",
    )
    rows, passages = _rows(page.ids, visitor), found.passages_of(page.ids, terms)
    return {
        "found": present.show_found(rows, passages, terms, visitor, of),
        "pages": present.pages_of(page, of=of, order=order, skip=skip),
        "order": order,
        "has_words": bool(terms),
        "total": "" if after else present.total_of(found.count(terms, filters, visitor.sight), visitor),
    }


def _rows(ids: Sequence[int], visitor: Visitor) -> list[ConversationRow]:
    # Looked at once more: what one may see is asked of the conversations themselves, last of all.
    known = {row.id: row for row in conversations.list_these(ids, visitor.sight)}
    return [known[each] for each in ids if each in known]


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None


def _order(request: HttpRequest) -> Literal["newest", "best"]:
    return "best" if request.GET.get("order") == "best" else "newest"
