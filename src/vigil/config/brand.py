"""The brand's colour, as the one rule a style sheet needs."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vigil.workspace.profile import profile


@require_safe
def style_sheet(request: HttpRequest) -> HttpResponse:
    """Answer with the hue; everything else about colour follows from the tokens."""
    response = HttpResponse(f"@layer tokens{{:root{{--brand-hue:{profile().hue}}}}}", content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
