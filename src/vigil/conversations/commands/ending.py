"""The customer ends a conversation, and says how they found it."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from vigil.conversations.commands.timeline import Change, Written, apply
from vigil.conversations.events import ConversationRated, StatusChanged
from vigil.conversations.held import Held, Line
from vigil.conversations.rules import Decision, Denied, Draft, State, on_end, on_rating
from vigil.conversations.sight import is_visible_to
from vigil.safety import commands as safety

# Of a comment, in characters.
LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True)
class Rating:
    """How the customer found it, 1 (bad) to 5 (good); `text` may be empty."""

    conversation: str
    customer_id: int
    key: UUID
    score: int
    text: str = ""
    language: str = ""


def end_conversation(*, conversation: str, customer_id: int, at: datetime) -> Written:
    """Resolve the conversation on its customer's wish; does nothing to one that is over. Raises ConversationNotFound."""
    return apply(
        Change(conversation, partial(is_visible_to, customer_id), lambda row, state: on_end(state), "status", partial(_ended, at)), at=at
    )


def rate_conversation(rating: Rating, *, at: datetime) -> Written:
    """Store a rating of a conversation that is over; the same key again returns what was stored.

    Raises ConversationNotFound, NotOverYet, KeyReused, BlockedForAbuse or BlockedForSpam, and what screening refuses. Raises ValueError
    for another score.
    """
    if not 1 <= rating.score <= 5:
        raise ValueError(rating.score)
    screened = safety.screen(rating.text, limit=LONGEST_COMMENT) if rating.text.strip() else None
    words = Draft(
        "rated",
        "customer",
        text=screened.text if screened else None,
        language=rating.language,
        data={"score": rating.score},
        client_key=rating.key,
    )
    secrets = tuple(finding.kind for finding in screened.findings) if screened else ()

    def decide(row: Held, state: State) -> Decision | Denied:
        return on_rating(state, words, secrets=secrets)

    key = ("customer", None, rating.key)
    news = partial(_rated, rating.score, at)
    may_touch = partial(is_visible_to, rating.customer_id)
    return apply(Change(rating.conversation, may_touch, decide, "rated", news, key, words.text, customer=rating.customer_id), at=at)


def _ended(at: datetime, row: Held, entry: Line) -> StatusChanged:
    return StatusChanged(row.id, entry.data["from"], entry.data["to"], at)


def _rated(score: int, at: datetime, row: Held, entry: Line) -> ConversationRated:
    return ConversationRated(row.id, entry.seq, score, at)
