"""The script that a host page loads."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vigil.faces.widget import editions
from vigil.kernel.live.refusals import NotFound
from vigil.kernel.web.packing import packed_for_all

_FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
@packed_for_all
def loader(request: HttpRequest) -> HttpResponse:
    """Give the script as it is now; the same for everybody, whatever they read."""
    return _script(editions.current().script, "public, max-age=300")


@require_safe
@packed_for_all
def edition(request: HttpRequest, name: str) -> HttpResponse:
    """Give the edition of that name, also one of an earlier version: a page that trusts it by its digest runs no other."""
    script = editions.find(name)
    if script is None:
        raise NotFound
    return _script(script, _FOR_EVER)


def _script(script: str, kept: str) -> HttpResponse:
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = kept
    # Any page may load it, also one that isolates itself from everything that does not say so, and one that checks its digest.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
