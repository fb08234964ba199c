"""The doors of the JSON endpoints: no cookies, our own origin, JSON that means one thing, and a bearer where one is needed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from vigil.customers.queries import has_open_session
from vigil.faces.widget.guest import Guest, guest_of
from vigil.kernel.errors import Refusal
from vigil.kernel.live import tokens
from vigil.kernel.live.posts import MOST_BODY
from vigil.kernel.live.refusals import ForeignOrigin, NotJson, TokenExpired, TokenInvalid, TooLarge, WrongMethod
from vigil.kernel.live.strict import read_object
from vigil.kernel.web.origins import own_origins
from vigil.kernel.web.refusals import speaks_json
from vigil.languages.middleware import QUERY
from vigil.languages.table import find_language

Answer = Callable[..., HttpResponse]


def json_door(view: Callable[..., HttpResponse]) -> Answer:
    """Let a POST with a JSON object in, as `view(request, body)`; every refusal is answered as JSON."""

    @wraps(view)
    def with_body(request: HttpRequest, **named: Any) -> HttpResponse:
        return view(request, _read(request), **named)

    # A bearer is no cookie: a foreign page has none to send, and the origin is checked besides.
    return csrf_exempt(_bare_door("POST", with_body))


def reading_door(view: Callable[..., HttpResponse]) -> Answer:
    """Let a GET in, as `view(request)`; every refusal is answered as JSON."""
    return _bare_door("GET", view)


def deleting_door(view: Callable[..., HttpResponse]) -> Answer:
    """Let a DELETE in, as `view(request)`; every refusal is answered as JSON."""
    return csrf_exempt(_bare_door("DELETE", view))


def _bare_door(method: str, view: Callable[..., HttpResponse]) -> Answer:
    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        _speak(request)
        try:
            if request.method != method:
                raise WrongMethod
            check_origin(request)
            return view(request, **named)
        except Refusal as refusal:
            return refused(refusal)

    return speaks_json(answer)


def by_method(**doors: Answer) -> Answer:
    """Join doors at one address, each named by its method."""

    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        door = doors.get(str(request.method))
        _speak(request)
        return door(request, **named) if door else refused(WrongMethod())

    return csrf_exempt(speaks_json(answer))


def bearer(request: HttpRequest) -> Guest:
    """Tell who bears the live token of this request. Raises TokenInvalid, TokenExpired."""
    guest = guest_of(tokens.read(_token(request)))
    if not has_open_session(guest.session, guest.customer_id):
        raise TokenInvalid
    return guest


def _speak(request: HttpRequest) -> None:
    """Answer in the language of the chat: what the address asks for, else what the live token says that was chosen there.

    What the browser prefers is for those alone who show neither. It was activated for the time of this request, and ends with it.
    """
    if find_language(request.GET.get(QUERY, "")):
        return
    try:
        chosen = find_language(tokens.read(_token(request)).language)
    except (TokenInvalid, TokenExpired):
        return
    if chosen is not None:
        translation.activate(chosen.django_code)


def _token(request: HttpRequest) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        raise TokenInvalid
    return token.strip()


def check_origin(request: HttpRequest) -> None:
    """Refuse a request that names another origin than ours; one that names none comes from no page. Raises ForeignOrigin."""
    origin = request.headers.get("Origin")
    if origin is not None and origin not in own_origins():
        raise ForeignOrigin


def refused(refusal: Refusal) -> HttpResponse:
    """Answer with a refusal in the reader's language."""
    response = JsonResponse(refusal.as_json(), status=refusal.status)
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    if refusal.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _read(request: HttpRequest) -> dict[str, Any]:
    # Only this type makes a browser ask first before it sends across origins; a form can send text/plain.
    if request.content_type != "application/json":
        raise NotJson
    announced = request.headers.get("Content-Length", "")
    if not announced.isdigit() or int(announced) > MOST_BODY:
        raise TooLarge
    return read_object(request.body)
