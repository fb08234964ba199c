"""The session of the browser that stands at the door: how it begins, what it remembers, and when somebody last said who they are."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import login, update_session_auth_hash
from django.http import HttpRequest

from vigil.kernel import clock
from vigil.team import commands as team
from vigil.team import queries as people
from vigil.team.passkeys import Site
from vigil.workspace.profile import profile

# For so long after the password, or after it was asked for again, what guards the account may be changed.
CONFIRMED_FOR = timedelta(minutes=15)
# For so long a passkey's question waits for its answer, and the password for its second factor.
ANSWERED_WITHIN = timedelta(minutes=5)
ENTERED_WITHIN = timedelta(minutes=10)


def come_in(request: HttpRequest, agent_id: int, *, proved: bool) -> None:
    """Sign an agent in, in this browser; `proved` says that a second factor has vouched for them too."""
    # Django gives the session a new id here, so that one planted before is worth nothing.
    login(request, people.get_user(agent_id))
    request.session["factor"] = proved
    confirm(request)
    browser = team.Browser(str(request.session.session_key), request.headers.get("User-Agent", ""), request.META.get("REMOTE_ADDR", ""))
    request.session["browser"] = team.begin_session(browser, agent_id=agent_id, at=clock.now())


def browser_id(request: HttpRequest) -> int:
    """Tell the number of this browser's session; 0 where there is none."""
    return int(request.session.get("browser", 0))


def stay(request: HttpRequest, agent_id: int, *, proved: bool | None = None) -> None:
    """Keep this browser signed in over a change that ends the others; it goes on under a new id."""
    if proved is not None:
        request.session["factor"] = proved
    update_session_auth_hash(request, people.get_user(agent_id))
    team.move_session(agent_id=agent_id, session_id=browser_id(request), key=str(request.session.session_key))


def confirm(request: HttpRequest) -> None:
    """Remember that just now somebody has said the password."""
    request.session["confirmed_at"] = int(clock.now().timestamp())


def is_confirmed(request: HttpRequest) -> bool:
    """Say whether the password was said within the last quarter of an hour."""
    return _is_recent(request.session.get("confirmed_at", 0), CONFIRMED_FOR)


def remember(request: HttpRequest, what: str, value: Any) -> None:
    """Keep something for the next request of this browser."""
    request.session[what] = {"value": value, "at": int(clock.now().timestamp())}


def recall(request: HttpRequest, what: str, within: timedelta, *, once: bool = False) -> Any:
    """Give what was kept, if that is not too long ago; `once`, and it is gone. None where there is nothing."""
    kept = request.session.pop(what, None) if once else request.session.get(what)
    return kept["value"] if kept and _is_recent(kept["at"], within) else None


def site_of(request: HttpRequest) -> Site:
    """Tell where the page stands, as a browser names it to a passkey; the host is one of ours, or nobody came this far."""
    origin = f"{request.scheme}://{request.get_host()}"
    return Site(urlsplit(origin).hostname or "", origin, profile().name)


def _is_recent(at: int, within: timedelta) -> bool:
    return 0 <= clock.now().timestamp() - at < within.total_seconds()
