"""The headers that every page carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Nothing comes from a third party and nothing inline runs; a face that may be framed says so on its own response.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)


class SecurityHeaders:
    """Adds the policy of the house to every response; `response.frame_ancestors` names origins that may frame the page."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer and add the headers."""
        response = self._answer(request)
        ancestors = getattr(response, "frame_ancestors", ())
        response.headers.setdefault("Content-Security-Policy", _POLICY.format(ancestors=" ".join(ancestors) or "'none'"))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        if not ancestors:
            response.headers.setdefault("X-Frame-Options", "DENY")
        if not request.path.startswith("/static/"):
            # No page of ours may be kept by a proxy between two people, nor by a browser after sign-out.
            response.headers.setdefault("Cache-Control", "private, no-store")
        if request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return response
