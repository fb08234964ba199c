"""The reader's language of a request: what was chosen in the address, else in the cookie, else what the browser prefers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from vigil.languages.table import Language, find_language, get_language, negotiate

QUERY = "lang"


def readers_language(request: HttpRequest) -> Language:
    """Find the language to answer `request` in; English where nothing else is known."""
    for chosen in (request.GET.get(QUERY, ""), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")):
        language = find_language(chosen)
        if language is not None:
            return language
    return get_language(negotiate(request.headers.get("Accept-Language", "")))


class ReadersLanguage:
    """Activates the reader's language for the time of a request, and leaves the thread as it found it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the reader's language; a view may still activate another."""
        language = readers_language(request)
        try:
            with translation.override(language.django_code):
                request.LANGUAGE_CODE = language.django_code
                response = self.get_response(request)
                spoken = find_language(translation.get_language() or "") or language
        finally:
            # A view may have set the reader's zone; the next request in this thread is somebody else's.
            timezone.deactivate()
        response.headers.setdefault("Content-Language", spoken.code)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response
