"""An agent takes a reply back, visibly, as long as hardly anybody has read it."""

from datetime import datetime
from functools import partial

from django.db import transaction

from vigil.audit.commands import record
from vigil.conversations.commands.receive import promised_on
from vigil.conversations.commands.timeline import PREVIEW_LENGTH, Change, Written, apply
from vigil.conversations.events import ReplyWithdrawn
from vigil.conversations.held import Held, Line
from vigil.conversations.models import Conversation, Entry
from vigil.conversations.rules import Decision, Denied, Standing, State, on_withdraw
from vigil.conversations.sight import is_visible_to
from vigil.files import commands as files
from vigil.safety import commands as safety
from vigil.workspace.sight import Sight


def withdraw_reply(*, conversation: str, sight: Sight, seq: int, at: datetime) -> Written:
    """Take an agent's own reply in a chat back, up to 60 s after it was stored; repeating changes nothing.

    Its words and files leave the database and every list; the entry keeps its number and when it was withdrawn, another one tells both
    sides, and the audit that it was done. Raises ConversationNotFound (also for what is no reply), NotYourReply,
    TooLateToWithdraw.
    """
    decide, news = partial(_decide, seq=seq, by=sight.agent_id, at=at), partial(_news, of=seq, by=sight.agent_id, at=at)
    with transaction.atomic():
        written = apply(Change(conversation, partial(is_visible_to, sight), decide, "withdrawn", news), at=at)
        if written.entry is not None:
            # The row is locked since the entry was written.
            _forget(written.conversation_id, seq, at)
            details = {"seq": seq}
            record(
                actor=f"agent:{sight.agent_id}",
                action="conversations.reply_withdrawn",
                subject=f"conversation:{conversation}",
                at=at,
                details=details,
            )
    return written


def _decide(row: Held, state: State, *, seq: int, by: int, at: datetime) -> Decision | Denied:
    return on_withdraw(state, _standing(row.id, seq), by=by, channel=row.channel, promised=promised_on(row.channel), at=at)


def _standing(conversation_id: int, seq: int) -> Standing | None:
    entries = Entry.objects.filter(conversation_id=conversation_id)
    reply = entries.filter(seq=seq, kind="reply").first()
    if reply is None:
        return None
    others = entries.filter(kind="reply", text__isnull=False).exclude(seq=seq).order_by("-seq")
    last = others.values_list("seq", flat=True).first() or 0
    first_unanswered = entries.filter(kind="message", seq__gt=last).order_by("seq").values_list("created_at", flat=True).first()
    return Standing(seq, reply.agent_id, reply.created_at, "withdrawn_at" in reply.data, first_unanswered)


def _forget(conversation_id: int, seq: int, at: datetime) -> None:
    entries = Entry.objects.filter(conversation_id=conversation_id)
    files.let_go(public_ids=[file["id"] for file in entries.get(seq=seq).data.get("files", ())])
    entries.filter(seq=seq).update(text=None, language="", data={"withdrawn_at": at.isoformat()})
    # Lists show the beginning of the last words; those may have been these.
    left = entries.filter(kind__in=("message", "reply"), text__isnull=False).order_by("-seq").first()
    preview = safety.excerpt(left.text, PREVIEW_LENGTH, is_shaped=left.kind == "reply") if left else None
    Conversation.objects.filter(id=conversation_id).update(preview=preview)


def _news(row: Held, entry: Line, *, of: int, by: int, at: datetime) -> ReplyWithdrawn:
    return ReplyWithdrawn(row.id, of, by, at)
