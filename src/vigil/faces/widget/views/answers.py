"""What a guest says about the answers, where they are told of them, and how they come back from there."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from vigil.conversations import commands as conversations
from vigil.conversations.live import for_its_sender
from vigil.customers import commands as customers
from vigil.customers.queries import find_address
from vigil.faces.widget.budgets import BUDGETS, neighbourhood
from vigil.faces.widget.doors import bearer, by_method, deleting_door, json_door, reading_door
from vigil.faces.widget.presenters.session import session_body
from vigil.kernel import clock
from vigil.kernel.live import strict
from vigil.kernel.live.posts import MOST_BODY
from vigil.kernel.live.refusals import BadField
from vigil.languages.table import find_language
from vigil.records import commands as records
from vigil.workspace.profile import profile

_LONGEST_ADDRESS = 320


@json_door
def rate(request: HttpRequest, body: dict[str, Any], name: str) -> HttpResponse:
    """Rate a conversation that is over with {"key", "score": 1 to 5, "text"?}; the last rating counts. Answers {"entry"}."""
    guest = bearer(request)
    strict.only(body, "key", "score", "text")
    key, score = strict.sending_key(body), strict.whole(body, "score", most=5)
    if score < 1:
        raise BadField(field="score")
    text = strict.text(body, "text", most=MOST_BODY, least=0) if "text" in body else ""
    BUDGETS.act(guest=guest.session)
    rating = conversations.Rating(name, guest.customer_id, key, score, text, guest.language)
    with BUDGETS.misses.watch(f"customer:{guest.customer_id}"):
        written = conversations.rate_conversation(rating, at=clock.now())
    return JsonResponse({"entry": for_its_sender(name, written.entry) if written.entry else None})


@reading_door
def _show_address(request: HttpRequest) -> HttpResponse:
    known = find_address(bearer(request).customer_id)
    return JsonResponse({"email": known.hint if known else None})


@json_door
def _give_address(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    guest = bearer(request)
    strict.only(body, "email")
    email = strict.text(body, "email", most=_LONGEST_ADDRESS)
    # What nobody can be written to under costs none of the letters; whoever tries it all day is stopped as well.
    BUDGETS.type(guest=guest.session)
    email = customers.read_address(email)
    BUDGETS.write(guest=guest.session, address=neighbourhood(request.META["REMOTE_ADDR"]), recipient=email)
    customers.give_address(customer_id=guest.customer_id, email=email, at=clock.now())
    return HttpResponse(status=204)


@deleting_door
def _forget_address(request: HttpRequest) -> HttpResponse:
    customers.forget_address(customer_id=bearer(request).customer_id)
    return HttpResponse(status=204)


# Where answers are told of: POST {"email"} and DELETE answer 204; GET {"email": what may be shown of it, or null}.
address = by_method(GET=_show_address, POST=_give_address, DELETE=_forget_address)


@json_door
def mail(request: HttpRequest, body: dict[str, Any], name: str) -> HttpResponse:
    """Send the transcript with {}: 202 {"as": "record", or "link" where nobody has come back from the address yet}; 409 without one."""
    guest = bearer(request)
    strict.only(body)
    known = find_address(guest.customer_id)
    if known is not None:
        BUDGETS.write(guest=guest.session, address=neighbourhood(request.META["REMOTE_ADDR"]), recipient=known.address)
    with BUDGETS.misses.watch(f"customer:{guest.customer_id}"):
        sent = records.mail_record(conversation=name, customer_id=guest.customer_id, at=clock.now())
    return JsonResponse({"as": sent}, status=202)


@json_door
def come_back(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """Let the reader of a letter go on with {"key", "language"}: as a session is answered, with the "site" of the chat."""
    strict.only(body, "key", "language")
    key, wish = strict.text(body, "key", most=64), find_language(strict.text(body, "language", most=64, least=0))
    at = clock.now()
    with BUDGETS.misses.watch(f"address:{neighbourhood(request.META['REMOTE_ADDR'])}"):
        returned = customers.come_back(key=key, at=at)
    language = wish.code if wish else profile().default_language
    return JsonResponse({"site": returned.site_key, **session_body(returned.arrival, site=returned.site_key, language=language, at=at)})


@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Show the page that a letter's link opens; what stands behind the # of its address never comes here."""
    return render(request, "widget/back.html", {"brand_name": profile().name, "language": _language()})


def _language() -> str:
    """Tell the language of the page as BCP 47 writes it."""
    spoken = find_language(translation.get_language() or "")
    return spoken.code if spoken else profile().default_language
