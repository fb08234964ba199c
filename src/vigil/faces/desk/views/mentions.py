"""The notes that name the agent who looks, and whom an agent may name."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vigil.conversations import queries as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.faces.desk.doors import Visitor, signed_in
from vigil.faces.desk.presenters.mentions import show_mentions as present_mentions
from vigil.languages import formats
from vigil.mentions import queries as mentions
from vigil.team import queries as team


@require_safe
@signed_in
def show_mentions(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Show the agent's own mentions, the newest first; with ?count how many of them are unread."""
    if "count" in request.GET:
        unread = mentions.count_unread(visitor.sight)
        return JsonResponse({"unread": unread, "shown": formats.capped_count(unread, visitor.language, cap=mentions.CAP)})
    return render(request, "desk/_mentions.html", {"mentions": present_mentions(mentions.list_mentions(visitor.sight), visitor)})


@require_safe
@signed_in
def show_people(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show whom a note in this conversation may name: those who see it."""
    row = conversations.find_conversation(name, visitor.sight)
    if row is None:
        raise ConversationNotFound
    names = team.names_in_sight_of(row.team_id)
    return render(request, "desk/_people.html", {"names": [name for agent, name in names.items() if agent != visitor.agent.id]})
