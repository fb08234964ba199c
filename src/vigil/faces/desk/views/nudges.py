"""Whether this browser is told while the desk is shut."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from vigil.faces.desk.doors import Visitor, allowed_to, fields
from vigil.nudges import commands as nudges
from vigil.team.capabilities import Capability

_OWN = Capability.KEEP_OWN_ACCOUNT


@require_safe
@allowed_to(_OWN)
def give_worker(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Give the script that a browser keeps to show what comes while no page is open; it looks for a newer one by itself."""
    response = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_POST
@allowed_to(_OWN)
def tell_browser(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Tell this browser from now on: 204. Raises PushServiceUnknown."""
    given = fields(request, "endpoint", "key", "auth")
    nudges.tell_browser(agent_id=visitor.agent.id, session_id=visitor.browser, **given, at=visitor.at)
    return HttpResponse(status=204)


@require_POST
@allowed_to(_OWN)
def leave_browser_alone(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Tell this browser nothing more: 204."""
    fields(request)
    nudges.leave_browser_alone(session_id=visitor.browser)
    return HttpResponse(status=204)


@cache
def _worker() -> str:
    found = finders.find("desk/js/push_worker.js")
    if found is None:
        raise LookupError("the static file desk/js/push_worker.js is missing")
    return Path(found).read_text(encoding="utf-8")
