"""An agent lets nothing more in from a customer, and lets it in again."""

from datetime import datetime
from functools import partial

from django.db import transaction

from vigil.audit.commands import record
from vigil.audit.rules import Detail
from vigil.conversations.commands.timeline import Change, Written, apply
from vigil.conversations.events import CustomerBlocked
from vigil.conversations.held import Held, Line
from vigil.conversations.rules import Decision, State, on_block
from vigil.conversations.sight import is_visible_to
from vigil.customers import commands as customers
from vigil.workspace.sight import Sight


def block_customer(*, conversation: str, sight: Sight, reason: str, at: datetime) -> Written:
    """Take nothing any more from the customer of a conversation in sight, for a reason (abuse, spam), or (empty) again.

    All they send is refused from then on, in every conversation of theirs; what was said stays. It is written in this
    timeline and in the audit. Repeating changes nothing. Raises ConversationNotFound, and ValueError for another reason.
    """
    customer_id = 0

    def decide(row: Held, state: State) -> Decision:
        nonlocal customer_id
        customer_id = row.customer_id
        # Under the lock of the conversation, whose customer may have changed a moment ago.
        changed = customers.block(customer_id=customer_id, reason=reason, at=at)
        return on_block(state, reason=reason, by=sight.agent_id) if changed else Decision(state)

    def news(row: Held, entry: Line) -> CustomerBlocked:
        return CustomerBlocked(row.customer_id, reason, sight.agent_id, at)

    with transaction.atomic():
        written = apply(Change(conversation, partial(is_visible_to, sight), decide, "blocked", news), at=at)
        if written.entry is not None:
            who, whom = f"agent:{sight.agent_id}", f"customer:{customer_id}"
            if reason:
                details: dict[str, Detail] = {"reason": reason, "conversation": written.conversation_id}
                record(actor=who, action="conversations.customer_blocked", subject=whom, at=at, details=details)
            else:
                record(actor=who, action="conversations.customer_unblocked", subject=whom, at=at)
    return written
