"""The team marks what was not clear to a customer, so that it is said better next time."""

from datetime import datetime
from functools import partial

from django.db import transaction

from vigil.conversations.commands.timeline import Change, Written, apply
from vigil.conversations.events import ReplyMarked
from vigil.conversations.held import Held, Line
from vigil.conversations.models import Entry
from vigil.conversations.rules import Decision, Denied, Said, State, on_unclear
from vigil.conversations.sight import is_visible_to
from vigil.workspace.sight import Sight


def mark_unclear(*, conversation: str, sight: Sight, seq: int, on: bool, at: datetime) -> Written:
    """Mark a reply, whoever wrote it, as not clear to its customer, or take the mark off; repeating changes nothing.

    Its customer learns nothing of it. Raises ConversationNotFound, also for what is no reply or was withdrawn.
    """

    def decide(row: Held, state: State) -> Decision | Denied:
        return on_unclear(state, _said(row.id, seq), on=on, by=sight.agent_id)

    def news(row: Held, entry: Line) -> ReplyMarked:
        return ReplyMarked(row.id, seq, on, sight.agent_id, at)

    with transaction.atomic():
        written = apply(Change(conversation, partial(is_visible_to, sight), decide, "unclear", news), at=at)
        if written.entry is not None:
            # The row is locked since the entry was written.
            _keep(written.conversation_id, seq, on=on)
    return written


def _said(conversation_id: int, seq: int) -> Said | None:
    reply = Entry.objects.filter(conversation_id=conversation_id, seq=seq, kind="reply").only("data").first()
    return None if reply is None or "withdrawn_at" in reply.data else Said(seq, bool(reply.data.get("unclear")))


def _keep(conversation_id: int, seq: int, *, on: bool) -> None:
    reply = Entry.objects.get(conversation_id=conversation_id, seq=seq)
    data = {name: value for name, value in reply.data.items() if name != "unclear"} | ({"unclear": True} if on else {})
    Entry.objects.filter(id=reply.id).update(data=data)
