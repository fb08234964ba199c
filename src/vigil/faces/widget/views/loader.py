"""The script that a host page loads."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from vigil.faces.widget.assets import loader_script
from vigil.faces.widget.words import host_words
from vigil.languages.table import find_language, get_language
from vigil.workspace.profile import profile


@require_safe
@gzip_page
def loader(request: HttpRequest) -> HttpResponse:
    """Give the script with its words in the reader's language; the same for everybody who reads that language."""
    spoken = find_language(translation.get_language() or "") or get_language("en")
    given = {"language": spoken.code, "hue": profile().hue, "words": host_words(profile().name)}
    script = loader_script().replace('"__GIVEN__"', json.dumps(given, ensure_ascii=False, separators=(",", ":")), 1)
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=300"
    # Any page may load it, also one that isolates itself from everything that does not say so.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
