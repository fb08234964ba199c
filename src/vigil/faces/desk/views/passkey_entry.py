"""Coming in by a passkey alone: its owner types nothing, and shows finger, face or PIN to their own device."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from vigil.faces.desk.browsers import ANSWERED_WITHIN, come_in, site_of
from vigil.faces.desk.doors import fields, safe_next
from vigil.faces.desk.views.entering import passkey_answer, show_form
from vigil.kernel import clock
from vigil.kernel.errors import Refusal
from vigil.team import commands as team
from vigil.team import passkeys
from vigil.team import queries as people
from vigil.team.errors import PasskeyRefused

_SALT = "vigil.desk.passkey-entry"


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Give the question for a browser, the same for everybody, and what it must come back with. Nothing of it is kept here."""
    site = site_of(request)
    if not site.takes_passkeys:
        raise PasskeyRefused
    asked = passkeys.ask_for_anybody(site)
    kept = {"state": dict(asked.state), "at": int(clock.now().timestamp())}
    answer = JsonResponse({"options": dict(asked.options), "state": signing.dumps(kept, salt=_SALT)})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@sensitive_post_parameters("answer", "state")
@sensitive_variables("given", "answer")
def enter(request: HttpRequest) -> HttpResponse:
    """Judge the answer and sign in whoever it names. Whatever is wrong with it, and whether anybody is known, is said in one sentence."""
    given = fields(request, "answer", "state", "next")
    try:
        agent_id = _judge(request, given)
    except Refusal as refusal:
        return show_form(request, {"next": safe_next(given["next"]), "refusal": refusal}, refusal)
    come_in(request, agent_id, proved=True)
    return HttpResponseRedirect(safe_next(given["next"]))


def _judge(request: HttpRequest, given: dict[str, str]) -> int:
    at = clock.now()
    try:
        team.knock(address=request.META.get("REMOTE_ADDR", ""), question=given["state"], at=at)
        agent_id, held = _read(request, given)
    except PasskeyRefused:
        team.turn_away(at=at)
        raise
    team.prove_by_passkey(agent_id=agent_id, credential=held.credential, counter=held.counter, at=at)
    return agent_id


def _read(request: HttpRequest, given: dict[str, str]) -> tuple[int, passkeys.Answered]:
    state, answer = _state(given["state"]), passkey_answer(given["answer"])
    found = people.find_passkey(passkeys.credential_of(answer))
    if found is None:
        raise PasskeyRefused
    agent_id, known = found
    return agent_id, passkeys.read_entry(site_of(request), state, answer, agent_id=agent_id, known=known)


def _state(signed: str) -> dict[str, Any]:
    try:
        kept = signing.loads(signed, salt=_SALT)
    except signing.BadSignature:
        raise PasskeyRefused from None
    if not 0 <= clock.now().timestamp() - kept["at"] < ANSWERED_WITHIN.total_seconds():
        raise PasskeyRefused
    return dict(kept["state"])
