"""What a guest says about the answers: how good they were."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from vigil.conversations import commands as conversations
from vigil.conversations.live import for_its_sender
from vigil.faces.widget.budgets import BUDGETS
from vigil.faces.widget.doors import bearer, json_door
from vigil.kernel import clock
from vigil.kernel.live import strict
from vigil.kernel.live.refusals import BadField


@json_door
def rate(request: HttpRequest, body: dict[str, Any], name: str) -> HttpResponse:
    """Rate a conversation that is over with {"key", "score": 1 to 5, "text"?}; the last rating counts. Answers {"entry"}."""
    guest = bearer(request)
    strict.only(body, "key", "score", "text")
    key, score = strict.sending_key(body), strict.whole(body, "score", most=5)
    if score < 1:
        raise BadField(field="score")
    # Safety says how long a comment may be, in words that help; this only bounds what is looked at.
    text = strict.text(body, "text", most=conversations.LONGEST_COMMENT * 8, least=0) if "text" in body else ""
    BUDGETS.act(guest=guest.session)
    rating = conversations.Rating(name, guest.customer_id, key, score, text, guest.language)
    with BUDGETS.misses.watch(f"customer:{guest.customer_id}"):
        written = conversations.rate_conversation(rating, at=clock.now())
    return JsonResponse({"entry": for_its_sender(name, written.entry) if written.entry else None})
