"""What an agent does to a conversation; the stream tells everybody, this answers the one who did it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.commands import SetStatus, SetTopic, Step
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.rules import Seen
from vigil.faces.desk.doors import Visitor, fields, signed_in
from vigil.faces.desk.views.conversations import head_of
from vigil.kernel.errors import Refusal
from vigil.kernel.live.refusals import BadField
from vigil.topics.queries import is_topic

STATUSES = ("open", "waiting", "resolved", "closed")


class TopicUnsaid(Refusal):
    """Nobody knows what it was about, and with that it would be counted by nobody."""

    code = "topic_unsaid"
    status = 422
    sentence = _("Please choose first what it was about.")


@require_POST
@signed_in
def assign(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Give the conversation to an agent, or with an empty field back to the queue."""
    to = fields(request, "agent", *seen_in(request))["agent"]
    agent_id, seen = number_in(to, "agent") if to else None, who_had_it(request)
    return answer(
        request,
        visitor,
        name,
        lambda: conversations.assign(conversation=name, sight=visitor.sight, agent_id=agent_id, at=visitor.at, seen=seen),
    )


@require_POST
@signed_in
def set_status(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Choose the status; what is resolved has a topic, which comes along where nobody knew it."""
    given = fields(request, "status", *(("topic",) if "topic" in request.POST else ()))
    status, topic = given["status"], given.get("topic", "")
    if status not in STATUSES:
        raise BadField(field="status")
    if topic and not is_topic(topic):
        raise BadField(field="topic")
    if status == "resolved":
        return answer(request, visitor, name, lambda: _resolve(visitor, name, topic))
    return answer(
        request, visitor, name, lambda: conversations.set_status(conversation=name, sight=visitor.sight, status=status, at=visitor.at)
    )


@require_POST
@signed_in
def set_priority(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Choose how urgent it is."""
    priority = number_in(fields(request, "priority")["priority"], "priority")
    if priority not in range(1, 5):
        raise BadField(field="priority")
    return answer(
        request, visitor, name, lambda: conversations.set_priority(conversation=name, sight=visitor.sight, priority=priority, at=visitor.at)
    )


@require_POST
@signed_in
def set_topic(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Choose what it is about; an empty field leaves that open."""
    topic = fields(request, "topic")["topic"]
    if topic and not is_topic(topic):
        raise BadField(field="topic")
    return answer(
        request, visitor, name, lambda: conversations.set_topic(conversation=name, sight=visitor.sight, topic=topic, at=visitor.at)
    )


@require_POST
@signed_in
def move(request: HttpRequest, visitor: Visitor, name: str) -> HttpResponse:
    """Move the conversation to another queue; what leaves our teams is not ours to see any more."""
    queue_id = number_in(fields(request, "queue")["queue"], "queue")
    return answer(
        request, visitor, name, lambda: conversations.move(conversation=name, sight=visitor.sight, queue_id=queue_id, at=visitor.at)
    )


def _resolve(visitor: Visitor, name: str, topic: str) -> None:
    row = queries.find_conversation(name, visitor.sight)
    if row is not None and not row.topic and not topic:
        raise TopicUnsaid
    steps: list[Step] = [SetTopic(name, visitor.sight, topic)] if topic else []
    for outcome in conversations.change_many([*steps, SetStatus(name, visitor.sight, "resolved")], at=visitor.at):
        if isinstance(outcome, Refusal):
            raise outcome


def seen_in(request: HttpRequest) -> tuple[str, ...]:
    """Name the field that says who had the conversation, where there is one."""
    return ("seen",) if "seen" in request.POST else ()


def who_had_it(request: HttpRequest) -> Seen:
    """Read who had the conversation when the one who asks looked; "whoever" where that is not said. Raises BadField."""
    if "seen" not in request.POST:
        return "whoever"
    seen = request.POST["seen"]
    return number_in(seen, "seen") if seen else None


def number_in(text: str, field: str) -> int:
    """Read a number that a field holds. Raises BadField."""
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise BadField(field=field)
    return int(text)


def answer(request: HttpRequest, visitor: Visitor, name: str, act: Callable[[], object]) -> HttpResponse:
    """Act, and show how the conversation stands then; without script, its page again."""
    act()
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(reverse("desk:conversation", args=[name]))
    try:
        return head_of(request, visitor, name)
    except ConversationNotFound:
        # It went to another team just now, which was the wish.
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("desk:team")})
