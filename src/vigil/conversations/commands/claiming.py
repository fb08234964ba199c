"""Somebody who has logged in takes over what the same browser said before."""

from datetime import datetime
from functools import partial

from django.db import transaction

from vigil.conversations.commands.timeline import MOST, Change, apply_many
from vigil.conversations.held import Held, Line
from vigil.conversations.models import Conversation
from vigil.conversations.rules import Decision, Draft, State
from vigil.conversations.sight import is_visible_to
from vigil.kernel.errors import Refusal


def claim(*, from_customer: int, to_customer: int, at: datetime) -> int:
    """Give the conversations of one customer to another, up to 256, the newest first; return how many. May be repeated.

    Who may ask for that is the caller's to know: only the browser that was the one and is the other, on a click. All or
    none. Raises Busy while somebody holds one of them.
    """
    theirs = Conversation.objects.filter(customer_id=from_customer)
    with transaction.atomic():
        names = list(theirs.order_by("-id").values_list("public_id", flat=True)[:MOST])
        outcomes = apply_many([_taken_over(name, from_customer) for name in names], at=at)
        for outcome in outcomes:
            if isinstance(outcome, Refusal):
                raise outcome
        known = Conversation.objects.filter(customer_id=to_customer, opening_key__isnull=False)
        theirs.filter(opening_key__in=known.values("opening_key")).update(opening_key=None)
        # The rows are locked since their entries were written.
        theirs.filter(public_id__in=names).update(customer_id=to_customer)
    return len(names)


def _taken_over(name: str, from_customer: int) -> Change:
    return Change(name, partial(is_visible_to, from_customer), _decide, "claimed", _no_news)


def _decide(row: Held, state: State) -> Decision:
    return Decision(state, (Draft("claimed", "customer", data={"from": row.customer_id}),))


def _no_news(row: Held, entry: Line) -> None:
    return None
