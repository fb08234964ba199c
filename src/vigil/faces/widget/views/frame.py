"""The document inside the frame on the host page, its style sheet and its script."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vigil.faces.widget.assets import digest, frame_script, frame_sheet, later_script
from vigil.faces.widget.presenters.frame import frame_context, sheets_context
from vigil.kernel.live.refusals import NotFound
from vigil.kernel.web.packing import packed_for_all
from vigil.look.shrinking import shrink_page
from vigil.workspace.profile import Site, profile


@require_safe
@packed_for_all  # Nothing in the document is secret or anybody's own, so that its length tells nothing.
def frame(request: HttpRequest) -> HttpResponse:
    """Show the chat of a site; only the site's own pages may frame it. Raises NotFound for a site that is none of ours."""
    site = profile().find_site(request.GET.get("site", "")[:64])
    if site is None:
        raise NotFound
    hosts = _hosts(site)
    response = render(request, "widget/frame.html", frame_context(site, hosts))
    response.content = shrink_page(response.text).encode()
    response.frame_ancestors = hosts  # type: ignore[attr-defined]  # Read by the middleware that writes the policy.
    return response


@require_safe
@packed_for_all
def sheet(request: HttpRequest, name: str) -> HttpResponse:
    """Give the frame's style sheet."""
    return asset(frame_sheet(), name, "text/css")


@require_safe
@packed_for_all
def script(request: HttpRequest, name: str) -> HttpResponse:
    """Give the frame's script."""
    return asset(frame_script(), name, "text/javascript")


@require_safe
@packed_for_all
def later(request: HttpRequest, name: str) -> HttpResponse:
    """Give a script that the frame asks for only when it needs it. Raises NotFound."""
    try:
        response = HttpResponse(later_script(name), content_type="text/javascript; charset=utf-8")
    except LookupError as error:
        raise NotFound from error
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
@packed_for_all
def sheets(request: HttpRequest) -> HttpResponse:
    """Give what comes up from below, in the active language; the frame asks for it once a conversation is open."""
    response = render(request, "widget/sheets.html", sheets_context())
    response.content = shrink_page(response.text).encode()
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def asset(content: str, name: str, kind: str) -> HttpResponse:
    """Answer with a sheet or a script that was asked for under a `name` of its content."""
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    # Under its own name a content never changes; a page from before a new version gets the new one, once.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if name == digest(content) else "no-store"
    return response


def _hosts(site: Site) -> list[str]:
    own = urlsplit(settings.VIGIL_BASE_URL)
    is_ours = f"{own.scheme}://{own.netloc}" in site.origins
    return [*site.origins, *(["'self'"] if is_ours else [])]
