"""A dead resume token was shown: the customer learns of it in the conversation."""

from datetime import datetime
from functools import partial

from vigil.conversations.commands.timeline import Change, apply
from vigil.conversations.held import Held
from vigil.conversations.models import Conversation
from vigil.conversations.rules import Decision, Draft, State
from vigil.conversations.sight import is_visible_to


def report_replayed_key(*, customer_id: int, at: datetime) -> None:
    """Tell the owner, in the newest conversation that is not closed; does nothing where there is none."""
    row = Conversation.objects.filter(customer_id=customer_id).exclude(status="closed").order_by("-id").only("public_id").first()
    if row is not None:
        apply(Change(row.public_id, partial(is_visible_to, customer_id), _decide, "key_replayed", lambda row, entry: None), at=at)


def _decide(row: Held, state: State) -> Decision:
    return Decision(state, (Draft("key_replayed", "system"),))
