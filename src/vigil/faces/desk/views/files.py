"""An agent sends files, and looks at those of a conversation in sight."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from vigil.conversations import queries as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.queries import ConversationRow
from vigil.faces.desk.doors import Visitor, fields, signed_in
from vigil.faces.desk.live import subject_of
from vigil.files import queries as files
from vigil.files.grants import link_to
from vigil.files.http import begin as uploads
from vigil.files.refusals import FileNotFound
from vigil.files.rules import quotas
from vigil.kernel.live.refusals import BadField
from vigil.readings import commands as readings


@require_POST
@signed_in
def begin_upload(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Begin an upload for a conversation in sight: 201 with its name, where to send the bytes, and the grant that opens it."""
    _row(name, visitor)
    given = fields(request, "name", "type", "size")
    size = given["size"]
    if not size.isascii() or not size.isdigit() or len(size) > 15:
        raise BadField(field="size")
    owner = subject_of(visitor.agent, visitor.browser)
    begun = uploads.begin({**given, "size": int(size)}, owner=owner, quota=quotas.STAFF, at=visitor.at)
    return JsonResponse(begun, status=201)


@require_safe
@signed_in
def show_file(request: HttpRequest, visitor: Visitor, name: str, file: str) -> HttpResponse:
    """Show a file of the conversation on a page of its own; with ?whole or ?small, send on to its bytes or its thumbnail's.

    The address it ends at holds for minutes.
    """
    row = _row(name, visitor)
    found = next(iter(files.list_files([file])), None) if conversations.has_file(row.id, file) else None
    if found is None:
        raise FileNotFound
    if "small" not in request.GET and row.assignee_id != visitor.agent.id:
        readings.view_file(file=file, conversation_id=row.id, agent_id=visitor.agent.id, at=visitor.at)
    if "whole" in request.GET or "small" in request.GET:
        viewer = subject_of(visitor.agent, visitor.browser)
        return HttpResponseRedirect(link_to(file, viewer, at=visitor.at, thumbnail="small" in request.GET))
    return render(request, "desk/file.html", {"is_picture": found.family == "picture"})


def _row(name: str, visitor: Visitor) -> ConversationRow:
    row = conversations.find_conversation(name, visitor.sight)
    if row is None:
        raise ConversationNotFound
    return row
