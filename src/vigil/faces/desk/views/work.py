"""What moves a conversation on: when it is looked at again, and what is taken back."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from vigil.conversations import commands as conversations
from vigil.faces.desk.doors import Visitor, fields, signed_in, zone_of
from vigil.faces.desk.presenters.snoozing import read_until
from vigil.faces.desk.views.actions import answer, number_in
from vigil.kernel.live.refusals import BadField


@require_POST
@signed_in
def withdraw(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Take one's own reply back, within its first minute."""
    seq = number_in(fields(request, "seq")["seq"], "seq")
    return answer(
        request, visitor, name, lambda: conversations.withdraw_reply(conversation=name, sight=visitor.sight, seq=seq, at=visitor.at)
    )


@require_POST
@signed_in
def snooze(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Let it sleep until a usual moment, or a day and a time on the agent's clock."""
    until = read_until(fields(request, "until")["until"], visitor.at, zone_of(visitor.agent.zone))
    if until is None:
        raise BadField(field="until")
    return answer(
        request,
        visitor,
        name,
        lambda: conversations.set_status(conversation=name, sight=visitor.sight, status="snoozed", at=visitor.at, until=until),
    )
