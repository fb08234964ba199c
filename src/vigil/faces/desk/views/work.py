"""What moves a conversation on: who has it next, when it is looked at again, and what is taken back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from vigil.conversations import commands as conversations
from vigil.conversations.errors import BLOCKS
from vigil.faces.desk.doors import Visitor, allowed_to, fields, signed_in, zone_of
from vigil.faces.desk.presenters.snoozing import read_until
from vigil.faces.desk.views.actions import answer, number_in, seen_in, who_had_it
from vigil.kernel.live.refusals import BadField
from vigil.team.capabilities import Capability


@require_POST
@signed_in
def hand_over(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Give the conversation to a colleague, or with an empty field back to the queue; with a note where one was written."""
    given = fields(request, "agent", "note", "key", *seen_in(request))
    seen = who_had_it(request)
    to = number_in(given["agent"], "agent") if given["agent"] else None
    if not given["note"].strip():
        return answer(
            request,
            visitor,
            name,
            lambda: conversations.assign(conversation=name, sight=visitor.sight, agent_id=to, at=visitor.at, seen=seen),
        )
    words = conversations.Words(name, visitor.sight, _key_in(given["key"]), given["note"], "note", zone=visitor.agent.zone)
    return answer(request, visitor, name, lambda: conversations.hand_over(words, to=to, at=visitor.at, seen=seen))


@require_POST
@signed_in
def tag(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Put a tag on the conversation, or take it off."""
    given = fields(request, "tag", "on")
    on = flag_in(given["on"], "on")
    return answer(
        request,
        visitor,
        name,
        lambda: conversations.tag(conversation=name, sight=visitor.sight, word=given["tag"], on=on, at=visitor.at),
    )


@require_POST
@signed_in
def follow(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Follow the conversation, or stop."""
    follows = flag_in(fields(request, "follows")["follows"], "follows")
    return answer(
        request, visitor, name, lambda: conversations.follow(conversation=name, sight=visitor.sight, follows=follows, at=visitor.at)
    )


def flag_in(text: str, field: str) -> bool:
    """Read a yes or a no. Raises BadField."""
    if text not in {"yes", "no"}:
        raise BadField(field=field)
    return text == "yes"


def _key_in(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadField(field="key") from None


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
def mark_unclear(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Mark a reply as not clear to its customer, or take the mark off."""
    given = fields(request, "seq", "on")
    seq, on = number_in(given["seq"], "seq"), flag_in(given["on"], "on")
    return answer(
        request, visitor, name, lambda: conversations.mark_unclear(conversation=name, sight=visitor.sight, seq=seq, on=on, at=visitor.at)
    )


@require_POST
@allowed_to(Capability.BLOCK)
def block(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Take nothing from the conversation's customer any more, for a reason, or with an empty field again."""
    reason = fields(request, "reason")["reason"]
    if reason not in {"", *BLOCKS}:
        raise BadField(field="reason")
    return answer(
        request,
        visitor,
        name,
        lambda: conversations.block_customer(conversation=name, sight=visitor.sight, reason=reason, at=visitor.at),
    )


@require_POST
@signed_in
def snooze(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Let it sleep until a usual moment, or a day and a time on the agent's clock."""
    given = fields(request, *(("day", "time") if "day" in request.POST else ("until",)))
    until = read_until(given.get("until") or f"{given['day']}T{given['time']}", visitor.at, zone_of(visitor.agent.zone))
    if until is None:
        raise BadField(field="until")
    return answer(
        request,
        visitor,
        name,
        lambda: conversations.set_status(conversation=name, sight=visitor.sight, status="snoozed", at=visitor.at, until=until),
    )
