"""What belongs together: links between conversations, and those of one person that go on as one."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.faces.desk.doors import Visitor, fields, signed_in
from vigil.faces.desk.views.actions import answer
from vigil.faces.desk.views.work import flag_in
from vigil.kernel.errors import Refusal
from vigil.kernel.ids import PUBLIC_ID_LENGTH, is_public_id

_NAME = re.compile(r"[0-9a-z]+", re.ASCII)


class NoConversationNamed(Refusal):
    """What was written is neither an address of a conversation nor its number."""

    code = "no_conversation_named"
    status = 400
    sentence = _("Please paste the address of a conversation here: open it and copy it from the browser. Names are not looked up.")


@require_POST
@signed_in
def link(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Link the conversation with another one, by its address or its number, or remove the link."""
    given = fields(request, "other", "on")
    other, on = _name_in(given["other"]), flag_in(given["on"], "on")
    return answer(
        request, visitor, name, lambda: conversations.link(conversation=name, other=other, sight=visitor.sight, on=on, at=visitor.at)
    )


@require_POST
@signed_in
def merge(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Let another conversation of the same person go on in this one."""
    other = _name_in(fields(request, "other")["other"])
    return answer(request, visitor, name, lambda: conversations.merge(conversation=other, into=name, sight=visitor.sight, at=visitor.at))


@require_POST
@signed_in
def part(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Undo the merge of this conversation with another one, whichever of the two goes on."""
    other = _name_in(fields(request, "other")["other"])

    def act() -> None:
        row = queries.find_conversation(name, visitor.sight)
        source = name if row is not None and row.merged_into_id else other
        conversations.undo_merge(conversation=source, sight=visitor.sight, at=visitor.at)

    return answer(request, visitor, name, act)


def _name_in(text: str) -> str:
    # An address ends with the name, and may go on with where somebody came from.
    found: list[str] = [each for each in _NAME.findall(text[:500]) if len(each) == PUBLIC_ID_LENGTH and is_public_id(each)]
    if not found:
        raise NoConversationNamed
    return found[0]
