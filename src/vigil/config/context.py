"""What every page knows: the brand."""

from typing import Any

from django.http import HttpRequest

from vigil.workspace.profile import profile


def brand(request: HttpRequest) -> dict[str, Any]:
    """Give the templates the brand's name and colour."""
    return {"brand": profile()}
