"""The key to the live tier."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from vigil.conversations import queries as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.faces.desk.doors import Visitor, signed_in
from vigil.faces.desk.live import token_for
from vigil.team import commands as team


@require_safe
@signed_in
def give_token(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Sign a token for ten minutes; ?watch= names the conversation in sight in which the agent may be seen typing."""
    name = request.GET.get("watch", "")
    watched = {}
    if name:
        row = conversations.find_conversation(name, visitor.sight)
        if row is None:
            raise ConversationNotFound
        watched[name] = (row.customer_id, row.team_id)
    team.note_at_desk(agent_id=visitor.agent.id, session_id=visitor.browser, at=visitor.at)
    return JsonResponse({"token": token_for(visitor.agent, visitor.sight, watched, browser=visitor.browser)})
