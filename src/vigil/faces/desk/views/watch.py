"""The watch: who is on, what each has, where somebody waits longest; for those above."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vigil.conversations import queries as conversations
from vigil.conversations.queries import Place
from vigil.faces.desk.doors import Visitor, allowed_to
from vigil.faces.desk.presenters import watch as present
from vigil.faces.desk.presenters.account import page_of
from vigil.faces.desk.presenters.personal import show_looks, show_reveals
from vigil.faces.desk.presenters.rows import show_rows
from vigil.faces.desk.presenters.watch import shelf_of
from vigil.reveals import queries as reveals
from vigil.team import queries as team
from vigil.team.capabilities import Capability


@require_safe
@allowed_to(Capability.WATCH)
def show_watch(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the people in sight with what they have, and the queues with what nobody has taken; ?part asks for the tables alone."""
    people = [person for person in team.list_people(visitor.sight) if person.is_active]
    queues = team.list_queues(visitor.sight)
    ids = [each.id for each in people]
    loads, looks = conversations.load_of_agents(ids, visitor.sight), reveals.counts_of(ids, at=visitor.at)
    shown = {
        "people": present.show_people(people, loads, visitor),
        "looks": show_looks(people, looks, visitor),
        "queues": present.show_queues(queues, conversations.load_of_queues([each.id for each in queues], visitor.sight), visitor),
    }
    if "part" in request.GET:
        return render(request, "desk/_watch.html", shown)
    return render(request, "desk/watch.html", {**shown, **page_of(visitor, "watch")})


@require_safe
@allowed_to(Capability.WATCH)
def show_work(request: HttpRequest, visitor: Visitor, person: int) -> HttpResponse:
    """Show what one of them has, each conversation to look on at, and what personal data they were shown. Raises PersonNotFound."""
    row = team.get_person(person, visitor.sight)
    found = conversations.list_conversations(Place(assignee_id=row.id), visitor.sight)
    seen = show_reveals(reveals.list_reveals(row.id, visitor.sight), visitor)
    shown = {"person": row.name, "rows": show_rows(found, visitor, shelf_of(row)), "reveals": seen}
    return render(request, "desk/watched_work.html", {**shown, **page_of(visitor, "watch")})
