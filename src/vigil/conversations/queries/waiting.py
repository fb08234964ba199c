"""How a customer's wait stands: whose turn it is, who is before them, and until when an answer is promised."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from vigil.conversations.errors import ConversationNotFound

MOST_AHEAD = 999
# Those of the same queue whom nobody has taken, in the order in which the desk lists them: what is due next first.
_WAIT = """
SELECT c.team_id, c.waiting_since, c.due_at, c.assignee_id, c.status,
       (SELECT COUNT(*) FROM (SELECT 1 FROM conversations_conversation other
                               WHERE other.queue_id = c.queue_id AND other.status IN ('open', 'waiting', 'snoozed')
                                 AND other.assignee_id IS NULL AND (other.due_at, other.id) < (c.due_at, c.id)
                               LIMIT %(most)s) AS ahead)
  FROM conversations_conversation c WHERE c.public_id = %(name)s AND c.customer_id = %(customer)s
"""


@dataclass(frozen=True, slots=True)
class Wait:
    """How a wait stands. `place` counts from 1 to 1,000, and is None once somebody has taken it or it is the customer's turn.

    `answer_by` is the promise, None where nobody waits or the promise is past.
    """

    team_id: int
    place: int | None
    answer_by: datetime | None


def get_wait(public_id: str, customer_id: int, *, at: datetime) -> Wait:
    """Get how the wait in a customer's conversation stands. Raises ConversationNotFound."""
    with connection.cursor() as cursor:
        cursor.execute(_WAIT, {"name": public_id, "customer": customer_id, "most": MOST_AHEAD})
        found = cursor.fetchone()
    if found is None:
        raise ConversationNotFound
    team_id, waiting_since, due_at, assignee_id, status, ahead = found
    waits = waiting_since is not None and status in {"open", "snoozed"}
    is_in_line = waits and assignee_id is None
    return Wait(team_id, ahead + 1 if is_in_line else None, due_at if waits and due_at is not None and due_at > at else None)
