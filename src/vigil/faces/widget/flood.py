"""What stands before the deeds that somebody could flood us with."""

from django.http import HttpRequest

from vigil.faces.widget import proof
from vigil.faces.widget.budgets import Budgets, neighbourhood
from vigil.kernel import clock


def let_in(request: HttpRequest, budgets: Budgets, *, deed: str, site: str, guest: str = "") -> None:
    """Let somebody do one deed ("arrive", "begin"); in a rush, only with a proof of a little work.

    Raises ChallengeRequired with what to solve, ChallengeInvalid, TooFast.
    """
    rush, address = budgets.rush(deed), neighbourhood(request.META["REMOTE_ADDR"])
    shown = request.headers.get(proof.HEADER)
    if shown is not None:
        rush.pay(address=address)
        proof.check(shown, deed=deed, site=site, guest=guest, at=clock.now())
    elif rush.is_on(address=address, site=site):
        raise proof.ChallengeRequired(proof.make(deed=deed, site=site, guest=guest, at=clock.now()))
