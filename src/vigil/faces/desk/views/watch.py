"""The watch: who is on, what each has, where somebody waits longest; for those above."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from vigil.conversations import queries as conversations
from vigil.conversations.queries import Place
from vigil.faces.desk.doors import Visitor, allowed_to, fields
from vigil.faces.desk.presenters import readings as present_readings
from vigil.faces.desk.presenters import watch as present
from vigil.faces.desk.presenters.account import page_of
from vigil.faces.desk.presenters.personal import show_looks, show_reveals
from vigil.faces.desk.presenters.rows import show_rows
from vigil.faces.desk.presenters.watch import shelf_of
from vigil.kernel.errors import Refusal
from vigil.readings import commands
from vigil.readings import queries as readings
from vigil.reveals import queries as reveals
from vigil.team import queries as team
from vigil.team.capabilities import Capability
from vigil.team.queries import PersonRow


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
        "readers": present_readings.show_readers(people, readings.counts_of(ids, at=visitor.at), visitor),
        "queues": present.show_queues(queues, conversations.load_of_queues([each.id for each in queues], visitor.sight), visitor),
    }
    if "part" in request.GET:
        return render(request, "desk/_watch.html", shown)
    return render(request, "desk/watch.html", {**shown, **page_of(visitor, "watch")})


@require_safe
@allowed_to(Capability.WATCH)
def show_work(request: HttpRequest, visitor: Visitor, person: int) -> HttpResponse:
    """Show what one of them has, each conversation to look on at, and what personal data they were shown. Raises PersonNotFound."""
    return _work(request, visitor, team.get_person(person, visitor.sight))


@require_POST
@allowed_to(Capability.RELEASE)
def release(request: HttpRequest, visitor: Visitor, person: int) -> HttpResponse:
    """Let one of them read on who was stopped. Raises PersonNotFound."""
    row = team.get_person(person, visitor.sight)
    try:
        commands.release(agent_id=row.id, by=visitor.sight, words=fields(request, "words")["words"], at=visitor.at)
    except Refusal as refusal:
        return _work(request, visitor, row, refusal)
    return HttpResponseRedirect(f"{reverse('desk:watched-work', args=[row.id])}#read")


def _work(request: HttpRequest, visitor: Visitor, row: PersonRow, refusal: Refusal | None = None) -> HttpResponse:
    found = conversations.list_conversations(Place(assignee_id=row.id), visitor.sight)
    seen = show_reveals(reveals.list_reveals(row.id, visitor.sight), visitor)
    count, release = readings.count_of(row.id, at=visitor.at), readings.find_release(row.id, at=visitor.at)
    shown = {
        "person": row.name,
        "rows": show_rows(found, visitor, shelf_of(row)),
        "reveals": seen,
        "read": present_readings.show_readings(readings.list_readings(row.id, visitor.sight), visitor),
        "reader": present_readings.show_reader(row, count, release, visitor),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "desk/watched_work.html", {**shown, **page_of(visitor, "watch")}, status=status)
