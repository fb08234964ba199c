"""Who stands at the door of the desk: every page but the ones for coming in asks here, once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from vigil.faces.desk.browsers import browser_id, is_confirmed
from vigil.kernel import clock
from vigil.kernel.errors import Refusal
from vigil.kernel.live.refusals import BadField, UnknownField
from vigil.languages.table import find_language, get_language
from vigil.readings import commands as readings
from vigil.team import queries as team
from vigil.team.capabilities import Capability, NotAllowed, may
from vigil.team.errors import SecondFactorMissing
from vigil.team.queries import AgentRow
from vigil.workspace.sight import Sight

P = ParamSpec("P")


class NotSignedIn(Refusal):
    """Nobody is signed in any more."""

    code = "not_signed_in"
    status = 401
    sentence = _("You are not signed in any more. Please sign in again; what you wrote is kept on this device.")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks, what may be seen, in which language, and when."""

    agent: AgentRow
    sight: Sight
    language: str
    at: datetime
    # The number of the browser's session.
    browser: int = 0


Guarded = Callable[Concatenate[HttpRequest, Visitor, P], HttpResponse]


def allowed_to(
    capability: Capability, *, sets_up: bool = False, counts_itself: bool = False
) -> Callable[[Guarded[P]], Callable[..., HttpResponse]]:
    """Let only agents in whose session still holds and whose role gives the right, and give the view its visitor.

    Whoever lacks the second factor that this installation asks for is sent to set it up; only what `sets_up` is open to them.
    Whatever is shown or done about a conversation is counted as opening it, by the view where it `counts_itself`.
    The right stands on the view as `needs`, for whoever walks along the doors. The view raises NotAllowed
    and ReadingStopped.
    """

    def guard(view: Guarded[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def asked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated or _has_come_half_way(request):
                return _send_to_sign_in(request)
            visitor = _visitor(request)
            if settings.VIGIL_SECOND_FACTOR and not visitor.agent.has_second_factor and not sets_up:
                return _send_to_set_up(request)
            if not may(visitor.agent.role, capability):
                raise NotAllowed
            if "name" in kwargs and not counts_itself:
                readings.open_conversation(conversation=str(kwargs["name"]), sight=visitor.sight, at=visitor.at)
            return view(request, visitor, *args, **kwargs)

        asked.needs = capability  # type: ignore[attr-defined]  # A mark on a function, as Django's own csrf_exempt makes one.
        return asked

    return guard


def signed_in(view: Guarded[P]) -> Callable[..., HttpResponse]:
    """Let in whoever works at the desk: the right that every role gives."""
    return allowed_to(Capability.WORK)(view)


def confirmed(view: Callable[Concatenate[HttpRequest, Visitor, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask whoever wants to change what guards an account for the password, unless they have said it lately; stands behind `allowed_to`."""

    @wraps(view)
    def asked(request: HttpRequest, visitor: Visitor, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if is_confirmed(request):
            return view(request, visitor, *args, **kwargs)
        page = request.get_full_path() if request.method in {"GET", "HEAD"} else urlsplit(request.headers.get("Referer", "")).path
        return HttpResponseRedirect(f"{reverse('desk:confirm')}?{urlencode({'next': safe_next(page)})}")

    return asked


def fields(request: HttpRequest, *known: str) -> dict[str, str]:
    """Read a form that has exactly the known fields. Raises UnknownField, BadField."""
    given = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    for name in given:
        if name not in known:
            raise UnknownField(field=name[:40])
    for name in known:
        if len(given.get(name, ())) != 1:
            raise BadField(field=name)
    return {name: given[name][0] for name in known}


def safe_next(wanted: str) -> str:
    """Give the page to go on to: a path of the desk, or its first page for anything else."""
    home = reverse("desk:home")
    plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted and "//" not in wanted
    return wanted if plain and wanted.startswith(home) and ".." not in wanted else home


def zone_of(name: str) -> ZoneInfo:
    """Find a time zone; UTC for a name that nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _visitor(request: HttpRequest) -> Visitor:
    agent, sight = team.get_visitor(cast(Any, request.user))
    language = find_language(agent.ui_language) or get_language("en")
    translation.activate(language.django_code)
    request.LANGUAGE_CODE = language.django_code
    timezone.activate(zone_of(agent.zone))
    return Visitor(agent, sight, language.code, clock.now(), browser_id(request))


def _has_come_half_way(request: HttpRequest) -> bool:
    # With the password alone, before there was a second factor: the sessions of then have ended, and this one does too.
    return bool(cast(Any, request.user).has_second_factor) and not request.session.get("factor")


def _send_to_set_up(request: HttpRequest) -> HttpResponse:
    address = reverse("desk:factors")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=403, headers={"HX-Redirect": address})
    if "application/json" in request.headers.get("Accept", "") or request.method not in {"GET", "HEAD"}:
        raise SecondFactorMissing
    return HttpResponseRedirect(address)


def _send_to_sign_in(request: HttpRequest) -> HttpResponse:
    page = request.headers.get("HX-Current-URL", "") if request.headers.get("HX-Request") else request.get_full_path()
    path = page[page.find("/desk/") :] if "/desk/" in page else ""
    address = f"{reverse('desk:sign-in')}?{urlencode({'next': safe_next(path)})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    if "application/json" in request.headers.get("Accept", "") or request.method not in {"GET", "HEAD"}:
        return JsonResponse(NotSignedIn().as_json(), status=401)
    return HttpResponseRedirect(address)
