"""Shows the chat where customers meet it: on somebody else's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vigil.languages.table import list_languages
from vigil.workspace.profile import profile


def front_page(request: HttpRequest) -> HttpResponse:
    """Show an exchange's front page, with the chat of the profile's first site on it."""
    codes = profile().languages
    languages = [{"code": each.code, "name": each.own_name} for each in list_languages() if each.code in codes]
    return render(request, "demo/front_page.html", {"site": profile().sites[0].key, "languages": languages})
