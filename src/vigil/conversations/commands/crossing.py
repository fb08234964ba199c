"""A reply that the customer's words crossed waits for its author to read them."""

from uuid import UUID

from vigil.conversations.commands.holding import find_waiting
from vigil.conversations.errors import Crossed
from vigil.conversations.held import Held
from vigil.conversations.models import Entry


def refuse_what_crossed(row: Held, seen: int, *, agent_id: int, key: UUID) -> None:
    """Refuse a reply to a locked conversation whose customer has written behind the entry `seen`. Raises Crossed.

    Mostly that entry is the last of all, and nothing is asked. What was held under the same key before is a repeat, and stands.
    """
    if row.last_seq <= seen:
        return
    # Only words of the customer's count: what an agent or the system has added in between changes no answer.
    has_crossed = Entry.objects.filter(conversation_id=row.id, seq__gt=seen, kind="message").exists()
    if has_crossed and find_waiting(row.id, agent_id, key) is None:
        raise Crossed
