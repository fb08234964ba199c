"""Every way drafts change."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import connection, transaction

from vigil.conversations import commands as answers
from vigil.conversations import queries as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.drafts.errors import DraftHoldsSecret
from vigil.drafts.events import DraftChanged
from vigil.drafts.models import Draft
from vigil.drafts.queries import NOTHING, DraftRow, find_draft
from vigil.drafts.rules import may_replace, next_moment, version_of
from vigil.kernel.database.plain import ask
from vigil.kernel.events import publish
from vigil.kernel.text import MaskedText
from vigil.safety import commands as safety
from vigil.safety.refusals import WordsEmpty
from vigil.workspace.sight import Sight

# As long as two texts of the longest kind.
_BOTH = 2 * safety.LIMIT + 2
# What was sent, or a beginning of it: a draft is saved a moment after each pause, and the last words may have come without one.
_SENT = """
DELETE FROM drafts_draft d
 USING json_to_recordset(%s::json) AS sent(conversation bigint, agent bigint, seq int), conversations_entry e, conversations_conversation c
 WHERE d.agent_id = sent.agent AND d.conversation_id = sent.conversation
   AND c.id = d.conversation_id AND e.conversation_id = c.id AND e.seq = sent.seq AND starts_with(e.text, d.text)
RETURNING c.public_id, d.agent_id
"""
_WAITS = """
DELETE FROM drafts_draft d USING conversations_departure w, conversations_conversation c
 WHERE w.id = %(departure)s AND c.id = w.conversation_id AND d.conversation_id = c.id AND d.agent_id = w.agent_id
   AND starts_with(w.text, d.text)
RETURNING c.public_id, d.agent_id
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """How the draft stands now; not `is_mine` where another tab or device has written since, and nothing was changed."""

    draft: DraftRow
    is_mine: bool


def keep_draft(*, conversation: str, sight: Sight, text: str, kind: Literal["reply", "note"], base: str, at: datetime) -> Kept:
    """Keep what an agent has begun, written upon the version `base`; empty words forget it. Repeating changes nothing.

    Raises ConversationNotFound, DraftHoldsSecret, and what screening refuses.
    """
    row = conversations.find_conversation(conversation, sight)
    if row is None:
        raise ConversationNotFound
    words = _screened(text.strip())
    with transaction.atomic():
        if words is None:
            return _forget(row.id, conversation, sight.agent_id, base=base)
        fresh = {"kind": kind, "text": words, "saved_at": at}
        mine = Draft.objects.select_for_update()
        draft, is_new = mine.get_or_create(conversation_id=row.id, agent_id=sight.agent_id, defaults=fresh)
        if is_new:
            return _told(Kept(_row(draft), is_mine=True), conversation, sight.agent_id, turned=True)
        is_same = (draft.text, draft.kind) == (words, kind)
        if is_same or not may_replace(version_of(draft.saved_at), base=base, is_same=is_same):
            return Kept(_row(draft), is_mine=is_same)
        draft.kind, draft.text, draft.saved_at = kind, words, next_moment(draft.saved_at, at)
        draft.save(update_fields=["kind", "text", "saved_at"])
        return _told(Kept(_row(draft), is_mine=True), conversation, sight.agent_id, turned=False)


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What an agent has again after an answer was undone: the draft with its words, and its files by name and kind."""

    draft: DraftRow
    files: tuple[tuple[str, str], ...]


def take_back(*, departure: str, conversation: str, agent_id: int, at: datetime) -> GivenBack:
    """Undo an agent's own answer that has not gone yet; its words stand before what was begun meanwhile. Raises GoneAlready."""
    with transaction.atomic():
        taken = answers.take_back(departure=departure, agent_id=agent_id)
        if taken.text is None:
            return GivenBack(find_draft(conversation, agent_id), taken.files)
        standing = Draft.objects.select_for_update().filter(conversation__public_id=conversation, agent_id=agent_id).first()
        if standing is None:
            row = Draft.objects.create(conversation_id=taken.conversation_id, agent_id=agent_id, kind="reply", text=taken.text, saved_at=at)
        else:
            row = standing
            # Nobody may read as a reply what was begun as a note.
            row.text, row.saved_at = safety.mask(f"{taken.text}\n\n{row.text}", limit=_BOTH), next_moment(row.saved_at, at)
            row.save(update_fields=["text", "saved_at"])
        publish(DraftChanged(conversation, agent_id, version_of(row.saved_at), turned=standing is None))
        return GivenBack(_row(row), taken.files)


def forget_sent(sent: Iterable[tuple[int, int, int]]) -> None:
    """Forget the drafts that agents' words were, each by conversation, agent and the words' number. May be repeated."""
    rows = [{"conversation": conversation, "agent": agent, "seq": seq} for conversation, agent, seq in sent]
    if rows:
        for name, agent_id in ask(_SENT, [json.dumps(rows)]):
            publish(DraftChanged(name, agent_id, "", turned=True))


def forget_waiting(*, departure_id: int) -> None:
    """Forget the draft that an answer was which waits to go. May be repeated."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITS, {"departure": departure_id})
        for name, agent_id in cursor.fetchall():
            publish(DraftChanged(name, agent_id, "", turned=True))


def forget_all_of(agent_id: int) -> None:
    """Forget everything that an agent has begun. May be repeated."""
    Draft.objects.filter(agent_id=agent_id).delete()


def _screened(text: str) -> MaskedText | None:
    try:
        screened = safety.screen_shaped(text)
    except WordsEmpty:
        return None
    if screened.findings:
        raise DraftHoldsSecret
    return screened.text


def _forget(conversation_id: int, name: str, agent_id: int, *, base: str) -> Kept:
    draft = Draft.objects.select_for_update().filter(conversation_id=conversation_id, agent_id=agent_id).first()
    if draft is None:
        return Kept(NOTHING, is_mine=True)
    if not may_replace(version_of(draft.saved_at), base=base, is_same=False):
        return Kept(_row(draft), is_mine=False)
    draft.delete()
    return _told(Kept(NOTHING, is_mine=True), name, agent_id, turned=True)


def _row(draft: Draft) -> DraftRow:
    return DraftRow(draft.kind, draft.text, version_of(draft.saved_at))


def _told(kept: Kept, conversation: str, agent_id: int, *, turned: bool) -> Kept:
    publish(DraftChanged(conversation, agent_id, kept.draft.version, turned))
    return kept
