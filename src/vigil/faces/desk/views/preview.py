"""How an agent's words will be read, before they are sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from vigil.conversations import queries as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.faces.desk.doors import Visitor, fields, signed_in
from vigil.faces.desk.presenters.entries import show_words
from vigil.safety import commands as safety


@require_POST
@signed_in
def show_preview(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Show words as they would stand in the thread, a secret among them taken out as it would be; nothing is kept."""
    row = conversations.find_conversation(name, visitor.sight)
    if row is None:
        raise ConversationNotFound
    text = fields(request, "text")["text"].replace("\r\n", "\n").strip()
    parts = show_words(safety.screen_shaped(text).text, visitor) if text else ()
    return render(request, "desk/_preview.html", {"parts": parts, "is_shaped": any(part.tag for part in parts), "lang": row.language})
