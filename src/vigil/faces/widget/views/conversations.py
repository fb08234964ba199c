"""A guest begins a conversation, ends it and takes its record home."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation

from vigil.conversations import commands as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.live import for_its_sender
from vigil.conversations.queries import find_conversation, find_newest, get_wait
from vigil.conversations.sides import iso
from vigil.customers.queries import get_customer
from vigil.faces.widget.budgets import BUDGETS
from vigil.faces.widget.doors import bearer, by_method, json_door, reading_door
from vigil.faces.widget.flood import let_in
from vigil.faces.widget.live import files_of, meant_by, sent_body
from vigil.faces.widget.presenters.session import conversations_body, earlier_body, token_body
from vigil.kernel import clock
from vigil.kernel.live import strict
from vigil.kernel.live.posts import MOST_BODY
from vigil.kernel.live.refusals import BadField
from vigil.languages.table import find_language
from vigil.records import queries as records
from vigil.team import queries as team
from vigil.topics.queries import is_topic

_LONGEST_TOPIC, _MOST_NO_FACTS, _LONGEST_FACT = 48, 32, 200
# The record carries its own style; nothing in it may run, be sent or be fetched.
_RECORD_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@json_door
def begin(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """Begin a conversation with {"key", "text", "language"?, "topic"?, "no_facts"?, "files"?, "meant"?}: 201; 200 for a key already used.

    What was not chosen is heard in the words: the language, and the topic, which is empty where none was chosen. "no_facts" are
    values in the words that are none. 200 and "folded": true where the same words began one that still waits for its first answer.
    """
    guest = bearer(request)
    strict.only(body, "key", "text", "language", "topic", "no_facts", "files", "meant")
    key, text = strict.sending_key(body), strict.text(body, "text", most=MOST_BODY, least=0)
    wish = find_language(strict.text(body, "language", most=64)) if "language" in body else None
    topic, no_facts = _topic(body), _no_facts(body)
    BUDGETS.begin(guest=guest.session)
    let_in(request, BUDGETS, deed="begin", site=guest.site, guest=guest.session)
    language = wish.code if wish else guest.language
    files, sender = files_of(body), f"guest:{guest.session}"
    opening = conversations.Opening(
        guest.customer_id,
        "chat",
        language,
        key,
        text,
        topic=topic,
        files=files,
        files_of=sender,
        folds=True,
        hears_language=wish is None,
        no_facts=no_facts,
        meant=meant_by(body),
    )
    begun = conversations.open_conversation(opening, at=clock.now())
    answer = {**sent_body(begun), **token_body(guest, language=guest.language, at=clock.now())}
    return JsonResponse(answer, status=200 if begun.is_repeat else 201)


@reading_door
def listed(request: HttpRequest) -> HttpResponse:
    """Tell of the guest's newest conversations as the session does, with a live token that knows them."""
    return JsonResponse(conversations_body(bearer(request), at=clock.now()))


conversations_door = by_method(GET=listed, POST=begin)


@reading_door
def earlier(request: HttpRequest, name: str) -> HttpResponse:
    """Tell of the guest's conversations that began before one of them: a page of them, newest first."""
    guest = bearer(request)
    with BUDGETS.misses.watch(f"customer:{guest.customer_id}"):
        if find_conversation(name, guest.customer_id) is None:
            raise ConversationNotFound
    return JsonResponse(earlier_body(guest, before=name))


def _topic(body: dict[str, Any]) -> str | None:
    if "topic" not in body:
        return None
    topic = strict.text(body, "topic", most=_LONGEST_TOPIC, least=0)
    if topic and not is_topic(topic):
        raise BadField(field="topic")
    return topic


def _no_facts(body: dict[str, Any]) -> tuple[str, ...]:
    values = body.get("no_facts", [])
    if not isinstance(values, list) or len(values) > _MOST_NO_FACTS:
        raise BadField(field="no_facts")
    if not all(isinstance(value, str) and len(value) <= _LONGEST_FACT for value in values):
        raise BadField(field="no_facts")
    return tuple(values)


@json_door
def end(request: HttpRequest, body: dict[str, Any], name: str) -> HttpResponse:
    """End a conversation with {"key"?}: {"entry"} says who ended it and when, also where it was over already."""
    guest = bearer(request)
    # What waits for the connection has a key; an end needs none to be done once.
    strict.only(body, "key")
    BUDGETS.act(guest=guest.session)
    with BUDGETS.misses.watch(f"customer:{guest.customer_id}"):
        ended = conversations.end_conversation(conversation=name, customer_id=guest.customer_id, at=clock.now())
    entry = ended.entry or find_newest(name, guest.customer_id, kind="status")
    return JsonResponse({"entry": for_its_sender(name, entry) if entry else None})


@json_door
def shown(request: HttpRequest, body: dict[str, Any], name: str) -> HttpResponse:
    """Take note with {"seq"} that the guest sees in the open chat that answers are there, further down than they read: 204."""
    guest = bearer(request)
    strict.only(body, "seq")
    seq = strict.whole(body, "seq", most=2**31 - 1)
    BUDGETS.see(guest=guest.session)
    with BUDGETS.misses.watch(f"customer:{guest.customer_id}"):
        conversations.note_shown(conversation=name, customer_id=guest.customer_id, seq=seq, at=clock.now())
    return HttpResponse(status=204)


@reading_door
def place(request: HttpRequest, name: str) -> HttpResponse:
    """Tell how the wait stands: {"place" from 1 or null, "answer_by" or null, "free": an agent of the team has a desk open}."""
    guest, at = bearer(request), clock.now()
    with BUDGETS.misses.watch(f"customer:{guest.customer_id}"):
        wait = get_wait(name, guest.customer_id, at=at)
    free = team.is_somebody_at_desk(wait.team_id, at=at)
    return JsonResponse({"place": wait.place, "answer_by": iso(wait.answer_by), "free": free})


@reading_door
def html_record(request: HttpRequest, name: str) -> HttpResponse:
    """Give the record as a page."""
    return _record(request, name, records.get_html_record, "text/html", "html")


@reading_door
def text_record(request: HttpRequest, name: str) -> HttpResponse:
    """Give the record as plain text."""
    return _record(request, name, records.get_text_record, "text/plain", "txt")


def _record(request: HttpRequest, name: str, render: Callable[..., str], kind: str, suffix: str) -> HttpResponse:
    guest = bearer(request)
    spoken = find_language(translation.get_language() or "")
    with BUDGETS.misses.watch(f"customer:{guest.customer_id}"):
        record = render(
            conversation=name,
            customer_id=guest.customer_id,
            language=spoken.code if spoken else guest.language,
            zone=get_customer(guest.customer_id).zone,
            at=clock.now(),
        )
    response = HttpResponse(record, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="conversation-{name[:8]}.{suffix}"'
    response.headers["Content-Security-Policy"] = _RECORD_POLICY
    return response
