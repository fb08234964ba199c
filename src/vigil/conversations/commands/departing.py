"""Answers that go by post wait a moment, in the database and not in a browser: undone or sent, and sent once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from vigil.conversations.commands.reply import answer_with, news_of
from vigil.conversations.commands.timeline import Change, apply
from vigil.conversations.errors import GoneAlready
from vigil.conversations.events import ReplyTurnedBack
from vigil.conversations.models import Conversation, Departure
from vigil.conversations.rules import Draft
from vigil.files import commands as files
from vigil.kernel import faults
from vigil.kernel.errors import Refusal
from vigil.kernel.events import publish
from vigil.kernel.live.refusals import Busy
from vigil.kernel.text import MaskedText


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What an answer was made of that its author has taken back; the files belong to nobody again until they are sent."""

    conversation_id: int
    text: MaskedText | None
    files: tuple[tuple[str, str], ...]  # names and kinds


def let_depart(*, departure_id: int, at: datetime) -> bool:
    """Send an answer that has waited; False when it was undone, or is sent already. May be repeated, and cut off anywhere.

    What the conversation does not take any more is turned back to its author. Raises Busy while somebody holds the conversation.
    """
    with transaction.atomic():
        row = Departure.objects.select_for_update().filter(id=departure_id).first()
        if row is None:
            return False
        name = Conversation.objects.values_list("public_id", flat=True).get(id=row.conversation_id)
        faults.point("conversations.before_departure")
        try:
            apply(_change(row, name, at), at=at)
        except Busy:
            raise
        except Refusal:
            publish(ReplyTurnedBack(row.public_id, name, row.agent_id, at))
            return False
        row.delete()
        faults.point("conversations.after_departure")
    return True


def take_back(*, departure: str, agent_id: int) -> TakenBack:
    """Undo an agent's own answer that has not gone yet, and give back what it was made of. Raises GoneAlready."""
    with transaction.atomic():
        row = Departure.objects.select_for_update().filter(public_id=departure, agent_id=agent_id).first()
        if row is None:
            raise GoneAlready
        sent: Sequence[dict[str, str]] = row.data.get("files", ())
        files.release(public_ids=[file["id"] for file in sent])
        row.delete()
    return TakenBack(row.conversation_id, row.text, tuple((file["id"], file["kind"]) for file in sent))


def _change(row: Departure, name: str, at: datetime) -> Change:
    draft = Draft("reply", "agent", row.agent_id, row.text, row.language, row.data, row.key)
    return Change(
        conversation=name,
        # Whoever sent it saw the conversation then, and was told that it goes.
        may_touch=lambda found: True,
        decide=partial(answer_with, draft=draft, secrets=tuple(row.secrets), at=at),
        subject="reply",
        news=partial(news_of, agent_id=row.agent_id, at=at, waited=True),
        key=("agent", row.agent_id, row.key),
        text=row.text,
    )
