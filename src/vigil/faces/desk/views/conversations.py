"""One conversation, whole or in the pieces that the page asks for."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vigil.conversations import queries as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.queries import Beside, ConversationRow, EntryRow
from vigil.drafts.queries import draft_asked
from vigil.faces.desk.doors import Visitor, allowed_to, signed_in
from vigil.faces.desk.presenters import thread as present
from vigil.faces.desk.presenters.departures import show_departures
from vigil.faces.desk.presenters.entries import show_entries as present_entries
from vigil.faces.desk.presenters.facts import mergeable, show_facts
from vigil.faces.desk.presenters.facts import show_merging as present_merging
from vigil.faces.desk.presenters.macros import show_insertables
from vigil.faces.desk.presenters.places import find_shelf
from vigil.faces.desk.presenters.search import read_key
from vigil.faces.desk.views.lists import around, desk_of
from vigil.faces.desk.views.search import place_of
from vigil.kernel.database.plain import Question
from vigil.kernel.live.refusals import BadField
from vigil.macros import queries as macros
from vigil.readings import commands as readings
from vigil.readings.queries import standing_asked
from vigil.team import queries as team
from vigil.team.capabilities import Capability
from vigil.workspace.profile import profile


@require_safe
@allowed_to(Capability.WORK, counts_itself=True)
def show_thread(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show a conversation: the whole desk, or for htmx the thread and what is known of the person."""
    case = conversations.get_case(name, visitor.sight, *_own_asked(name, visitor))
    draft, departures, standing = case.answers
    readings.open_standing(standing, agent_id=visitor.agent.id, at=visitor.at)
    thread = case.thread
    # A page of a long conversation is not all that was said.
    said = conversations.list_telling_beside(thread.conversation, case.beside) if thread.has_earlier else thread.woven
    facts = _facts(thread.conversation, case.beside, said, visitor)
    leaving = show_departures(departures, thread.conversation, visitor)
    shown = {"thread": present.show_thread(thread, visitor), "facts": facts, "draft": draft, "departures": leaving}
    if request.headers.get("HX-Request"):
        return render(request, "desk/_conversation.html", shown)
    queues = team.list_queues(visitor.sight)
    searched = read_key(request.GET.get("from", ""))
    if searched is not None:
        return render(request, "desk/desk.html", {**around(visitor), **place_of(searched, queues, visitor), **shown})
    places = (request.GET.get("from", "team"), "team")
    shelf = next((found for place in places if (found := find_shelf(place, visitor.sight, queues, at=visitor.at))), None)
    if shelf is None:
        raise ConversationNotFound
    return render(request, "desk/desk.html", {**desk_of(shelf, queues, visitor), **shown})


def _own_asked(name: str, visitor: Visitor) -> tuple[Question[Any], ...]:
    """Ask for what an agent alone knows of a conversation: what is begun, what waits to go, and whether it is a reading to open it."""
    own = draft_asked(name, visitor.agent.id), conversations.departures_asked(name, visitor.agent.id)
    return *own, standing_asked(name, visitor.sight, at=visitor.at)


@require_safe
@signed_in
def show_head(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show the head again, as the conversation stands now, and the facts with it."""
    return head_of(request, visitor, name)


def head_of(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Answer with head and facts. Raises ConversationNotFound."""
    row, beside = conversations.get_facts(name, visitor.sight)
    shown = {"head": present.show_head(row, visitor), "facts": _facts(row, beside, conversations.list_telling_beside(row, beside), visitor)}
    return render(request, "desk/_head_and_facts.html", shown)


def _facts(row: ConversationRow, beside: Beside, said: Iterable[EntryRow], visitor: Visitor) -> dict[str, Any]:
    target = conversations.find_target(row, visitor.sight) if row.merged_into_id else None
    return show_facts(row, beside, said, visitor, target=target)


@require_safe
@signed_in
def show_merging(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show which conversations of the same person may be merged into this one, and what each merge would do."""
    row, beside = conversations.get_facts(name, visitor.sight)
    coming = conversations.what_comes([other.id for other in mergeable(row, beside)])
    return render(request, "desk/_merging.html", {"merging": present_merging(row, beside, coming, visitor)})


@require_safe
@signed_in
def show_entries(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show the entries ?after= a number, or the page ?before= one."""
    if "before" in request.GET:
        return _earlier(request, visitor, name)
    after = _number(request, "after")
    row = _row(name, visitor)
    # The one before the first tells on which day the reader is.
    entries = conversations.list_entries(name, visitor.sight, after=max(0, after - 1))
    context = [entry for entry in entries if entry.seq <= after]
    marks = conversations.marks_of([row.id]).get(row.id, conversations.Marks())
    fresh = [entry for entry in entries if entry.seq > after]
    behind = context[-1] if context else None
    return render(request, "desk/_entries.html", {"entries": present_entries(fresh, row, marks, visitor, behind=behind)})


@require_safe
@signed_in
def show_marks(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Tell how far the customer has come, for a desk that could not hear it."""
    row = _row(name, visitor)
    marks = conversations.marks_of([row.id]).get(row.id, conversations.Marks())
    told = {"conversation": name, "by": "customer", "delivered": marks.customer_delivered, "read": marks.customer_read}
    return JsonResponse(told)


@require_safe
@signed_in
def show_menu(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show what may be done to a conversation; asked for when the menu is opened."""
    row = _row(name, visitor)
    followers = conversations.followers_of(row.id)
    colleagues, queues = team.list_colleagues([row.team_id]), team.list_all_queues()
    menu = present.show_menu(
        row, visitor, colleagues, queues, conversations.list_replies(row.id), followers=team.names_of(set(followers)) if followers else {}
    )
    return render(request, "desk/_menu.html", {"menu": menu})


@require_safe
@signed_in
def show_resolving(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show where the topic is chosen without which nothing is resolved; asked for when somebody wants to resolve it."""
    return render(request, "desk/_resolve.html", {"menu": present.show_resolving(_row(name, visitor))})


@require_safe
@signed_in
def show_tagging(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show where a tag is written, with those that the team uses most."""
    row = _row(name, visitor)
    used = [word for word in conversations.list_used_tags(row.team_id) if word not in row.tags]
    return render(request, "desk/_tagging.html", {"id": name, "used": used})


@require_safe
@signed_in
def show_macros(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show what may be inserted: the prepared answers in the customer's language, and the facts and tags of the case."""
    row, beside = conversations.get_facts(name, visitor.sight)
    found = macros.list_macros(visitor.sight, row.language)
    signature = team.get_signature(visitor.agent.id)
    said = conversations.list_telling_beside(row, beside)
    groups = show_insertables(found, row, beside.customer, said, visitor, brand=profile().name, signature=signature or "")
    return render(request, "desk/_macros.html", {"groups": groups})


def _earlier(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    thread = conversations.get_thread(name, visitor.sight, before=_number(request, "before"))
    return render(request, "desk/_earlier.html", {"thread": present.show_thread(thread, visitor)})


def _row(name: str, visitor: Visitor) -> ConversationRow:
    row = conversations.find_conversation(name, visitor.sight)
    if row is None:
        raise ConversationNotFound
    return row


def _number(request: HttpRequest, field: str) -> int:
    text = request.GET.get(field, "0")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadField(field=field)
    return int(text)
