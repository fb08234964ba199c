"""Two conversations that change together: both or neither, locked in the order of their ids, so that no two agents wait in a ring."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import DatabaseError

from vigil.conversations.commands import rows
from vigil.conversations.commands.timeline import Change, Written, apply_many, state_of
from vigil.conversations.errors import DENIALS, ConversationNotFound
from vigil.conversations.held import Held, Line
from vigil.conversations.models import Conversation
from vigil.conversations.rules import Both, Decision, Denied, End, State
from vigil.conversations.sight import is_visible_to
from vigil.kernel.errors import Refusal
from vigil.kernel.events import Event
from vigil.kernel.live.refusals import Busy
from vigil.kernel.outages import LOCKED, sqlstate_of
from vigil.workspace.sight import Sight

News = Callable[[Held, Line], Event | None]


def hold(one: str, other: str, sight: Sight) -> tuple[End, End, Held]:
    """Lock two conversations in sight, and tell how they stand; the last is the row of the second. Raises ConversationNotFound, Busy."""
    try:
        held = rows.lock({one, other}, ()).conversations
    except DatabaseError as error:
        if sqlstate_of(error) == LOCKED:
            raise Busy(retry_after=1) from None
        raise
    if not all(name in held and is_visible_to(sight, held[name]) for name in (one, other)):
        raise ConversationNotFound
    return _end(held[one]), _end(held[other]), held[other]


def change_both(
    one: str, other: str, decided: Both | Denied, subject: str, news: News, *, sight: Sight, at: datetime
) -> tuple[Written, Written]:
    """Write what was decided on two conversations that are held; the news is that of the first. Raises the refusal."""
    if isinstance(decided, Denied):
        raise DENIALS[decided.reason]
    may_touch = partial(is_visible_to, sight)
    changes = [
        Change(name, may_touch, partial(_as_decided, decision), subject, tells)
        for name, decision, tells in ((one, decided[0], news), (other, decided[1], _no_news))
    ]
    outcomes = []
    for outcome in apply_many(changes, at=at):
        if isinstance(outcome, Refusal):
            raise outcome
        outcomes.append(outcome)
    return outcomes[0], outcomes[1]


def _end(row: Held) -> End:
    merged = Conversation.objects.filter(id=row.id).values_list("merged_into_id", "merged_at").get()
    parts = Conversation.objects.filter(merged_into_id=row.id).count()
    return End(row.id, row.public_id, row.customer_id, state_of(row), *merged, parts)


def _as_decided(decision: Decision, row: Held, state: State) -> Decision:
    return decision


def _no_news(row: Held, entry: Line) -> None:
    return None
