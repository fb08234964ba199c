"""Shows the chat where customers meet it: on somebody else's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vigil.demo.exchange import list_accounts, write_word
from vigil.kernel import clock
from vigil.kernel.live.refusals import NotFound
from vigil.languages.table import list_languages
from vigil.workspace.profile import profile


def front_page(request: HttpRequest) -> HttpResponse:
    """Show an exchange's front page, with the chat of the profile's first site on it."""
    codes = profile().languages
    languages = [{"code": each.code, "name": each.own_name} for each in list_languages() if each.code in codes]
    return render(request, "demo/front_page.html", {"site": profile().sites[0].key, "languages": languages, "accounts": list_accounts()})


@require_safe
def word(request: HttpRequest) -> HttpResponse:
    """Give the exchange's word for the account in the address. A real exchange asks its own session, and no address, who it is."""
    token = write_word(request.GET.get("account", ""), site=profile().sites[0].key, at=clock.now())
    if token is None:
        raise NotFound
    return HttpResponse(token, content_type="text/plain; charset=utf-8")
