"""Two conversations of one customer go on as one, and may be parted again for a day."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from vigil.conversations.commands.pairs import change_both, hold
from vigil.conversations.commands.receive import promised_on
from vigil.conversations.commands.timeline import Written
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.events import ConversationsMerged
from vigil.conversations.held import Held, Line
from vigil.conversations.models import Conversation, Entry
from vigil.conversations.rules import on_merge, on_undo
from vigil.workspace.sight import Sight


def merge(*, conversation: str, into: str, sight: Sight, at: datetime) -> Written:
    """Let a conversation go on in another one of the same customer, both in sight; its entries stay where they are.

    It is closed, and its customer waits in the other one if they waited here. Repeating changes nothing. Raises
    ConversationNotFound, NothingToLink, NotTheSameCustomer, AlreadyMerged, ConversationIsClosed where the other is over for
    good, and Busy while somebody holds one of them.
    """
    with transaction.atomic():
        source, target, _ = hold(conversation, into, sight)

        def news(row: Held, entry: Line) -> ConversationsMerged:
            return ConversationsMerged(source.id, target.id, undone=False, at=at)

        decided = on_merge(source, target, by=sight.agent_id)
        written, _ = change_both(conversation, into, decided, "merged", news, sight=sight, at=at)
        if written.entry is not None:
            # The rows are locked since before it was decided.
            Conversation.objects.filter(id=source.id).update(merged_into_id=target.id, merged_at=at)
    return written


def undo_merge(*, conversation: str, sight: Sight, at: datetime) -> Written:
    """Part a conversation from the one it was merged into, up to 24 hours later; each goes on as it stood.

    What was said meanwhile stays where it was said. Repeating changes nothing. Raises ConversationNotFound, also for what
    never was merged, TooLateToUndo, and Busy while somebody holds one of them.
    """
    with transaction.atomic():
        into = _last_target(conversation)
        source, target, row = hold(conversation, into, sight)

        def news(row: Held, entry: Line) -> ConversationsMerged:
            return ConversationsMerged(source.id, target.id, undone=True, at=at)

        decided = on_undo(
            source,
            target,
            _kept(source.id),
            written_since=_written_since(target.id, source.merged_at),
            promised=promised_on(row.channel),
            by=sight.agent_id,
            at=at,
        )
        # First, and rolled back where it is refused: what is open again cannot be merged.
        Conversation.objects.filter(id=source.id).update(merged_into=None, merged_at=None)
        written, _ = change_both(conversation, into, decided, "merged", news, sight=sight, at=at)
    return written


def _last_target(conversation: str) -> str:
    merges = Entry.objects.filter(conversation__public_id=conversation, kind="merged", data__has_key="into")
    target = merges.order_by("-seq").values_list("data__into", flat=True).first()
    if target is None:
        raise ConversationNotFound
    return Conversation.objects.values_list("public_id", flat=True).get(id=target)


def _kept(conversation_id: int) -> Mapping[str, Any]:
    merges = Entry.objects.filter(conversation_id=conversation_id, kind="merged", data__has_key="stood")
    kept: Mapping[str, Any] = merges.order_by("-seq").values_list("data", flat=True)[0]
    return kept


def _written_since(conversation_id: int, merged_at: datetime | None) -> datetime | None:
    messages = (
        Entry.objects.filter(conversation_id=conversation_id, kind="message", created_at__gt=merged_at)
        if merged_at
        else Entry.objects.none()
    )
    return messages.order_by("seq").values_list("created_at", flat=True).first()
