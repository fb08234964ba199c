"""What an agent has begun in a conversation, asked for and kept by the composer."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from vigil.conversations import queries as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.drafts import commands as drafts
from vigil.drafts.queries import DraftRow, find_draft
from vigil.faces.desk.doors import Visitor, fields, signed_in
from vigil.kernel.live.refusals import BadField


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def keep_draft(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Tell the agent's own draft, or keep a newer one; 409 with the standing one where it was written elsewhere meanwhile."""
    if request.method != "POST":
        if conversations.find_conversation(name, visitor.sight) is None:
            raise ConversationNotFound
        return JsonResponse(_told(find_draft(name, visitor.agent.id)))
    given = fields(request, "text", "kind", "base")
    if given["kind"] not in ("reply", "note"):
        raise BadField(field="kind")
    kind: Any = given["kind"]
    # As a form sends it, a line ends with two letters; as it was typed, with one.
    text = given["text"].replace("\r\n", "\n")
    kept = drafts.keep_draft(conversation=name, sight=visitor.sight, text=text, kind=kind, base=given["base"], at=visitor.at)
    return JsonResponse(_told(kept.draft), status=200 if kept.is_mine else 409)


@require_POST
@signed_in
def take_back(request: HttpRequest, visitor: Visitor, name: str, departure: str) -> HttpResponse:
    """Undo an answer that has not gone yet: its words are a draft again, and its files may be sent anew."""
    fields(request)
    if conversations.find_conversation(name, visitor.sight) is None:
        raise ConversationNotFound
    given = drafts.take_back(departure=departure, conversation=name, agent_id=visitor.agent.id, at=visitor.at)
    return JsonResponse({**_told(given.draft), "files": [{"id": file, "kind": kind} for file, kind in given.files]})


def _told(draft: DraftRow) -> dict[str, str]:
    return {"text": draft.text or "", "kind": draft.kind, "version": draft.version}
