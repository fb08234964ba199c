"""Which origins are our own: the one rule of the live routes, of what is mounted beside them and of the chat's JSON."""

from urllib.parse import urlsplit

from django.conf import settings


def own_origins() -> frozenset[str]:
    """List our origins exactly as browsers write them; on a laptop people type either name of it."""
    base = urlsplit(settings.VIGIL_BASE_URL)
    ours = f"{base.scheme}://{base.netloc}"
    if settings.VIGIL_MODE != "production" and base.hostname == "127.0.0.1":
        return frozenset({ours, f"{base.scheme}://localhost:{base.port}"})
    return frozenset({ours})
