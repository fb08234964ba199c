"""What every page knows: the brand, and where its reader may start again."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import is_valid_path, reverse

from vigil.workspace.profile import profile


def brand(request: HttpRequest) -> dict[str, Any]:
    """Give the templates the brand's name and colour."""
    return {"brand": profile()}


def start(request: HttpRequest) -> dict[str, Any]:
    """Give a page that leads no further the address to go on from, worked out when it asks: the desk's, or a front page if there is one."""
    return {"start": partial(_start_of, request.path)}


def _start_of(path: str) -> str:
    desk = reverse("desk:home")
    if path.startswith(desk):
        return desk
    return "/" if is_valid_path("/") else ""
