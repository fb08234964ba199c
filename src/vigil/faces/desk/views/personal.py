"""What is masked of a customer, for whoever says why they must see it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from vigil.conversations import queries as conversations
from vigil.faces.desk.doors import Visitor, allowed_to, fields
from vigil.faces.desk.presenters import personal as present
from vigil.kernel.live.refusals import BadField
from vigil.reveals import commands as reveals
from vigil.reveals import queries
from vigil.reveals.errors import PersonalNotFound
from vigil.team.capabilities import Capability


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_to(Capability.REVEAL)
def reveal(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Ask why somebody must see what has this ?key, with ?masked show it as it was; and show it to whoever has said why."""
    if request.method == "POST":
        return _shown(request, visitor, name)
    row, beside = conversations.get_facts(name, visitor.sight)
    said = conversations.list_telling_beside(row, beside)
    personal = queries.find_personal(name, request.GET.get("key", ""), beside, said)
    if personal is None:
        raise PersonalNotFound
    if "masked" in request.GET:
        return render(request, "desk/_personal.html", {"each": present.show_masked(personal, name, visitor), "id": name, "is_back": True})
    return render(request, "desk/_reveal.html", {"form": present.show_form(personal, name)})


def _shown(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    given = fields(request, "key", "reason", "words")
    if given["reason"] not in {each["key"] for each in present.reasons()}:
        raise BadField(field="reason")
    personal = reveals.reveal(conversation=name, sight=visitor.sight, at=visitor.at, **given)
    return render(request, "desk/_revealed.html", {"shown": present.show_revealed(personal, name, visitor)})
