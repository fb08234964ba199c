from django.conf import settings


def link(path: str) -> str:
    """Make the absolute address of a page of ours, always under VIGIL_BASE_URL and never from a request's Host."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        raise ValueError("a link in a letter begins with one slash")
    return f"{settings.VIGIL_BASE_URL}{path}"
