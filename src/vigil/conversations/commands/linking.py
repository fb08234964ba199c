"""Conversations that belong together are linked, whoever their customers are."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from vigil.conversations.commands.pairs import change_both, hold
from vigil.conversations.commands.timeline import Written
from vigil.conversations.events import ConversationsLinked
from vigil.conversations.held import Held, Line
from vigil.conversations.models import Link
from vigil.conversations.rules import on_link
from vigil.workspace.sight import Sight


def link(*, conversation: str, other: str, sight: Sight, on: bool, at: datetime) -> Written:
    """Link two conversations in sight, or part them; both timelines say so. Repeating changes nothing.

    Raises ConversationNotFound, NothingToLink, TooManyLinks, and Busy while somebody holds one of them.
    """
    with transaction.atomic():
        one, two, _ = hold(conversation, other, sight)
        pair = {"one_id": min(one.id, two.id), "other_id": max(one.id, two.id)}

        def news(row: Held, entry: Line) -> ConversationsLinked:
            return ConversationsLinked(one.id, two.id, on, at)

        decided = on_link(
            one,
            two,
            max(_links_of(one.id), _links_of(two.id)),
            is_linked=Link.objects.filter(**pair).exists(),
            on=on,
            by=sight.agent_id,
        )
        written, _ = change_both(conversation, other, decided, "linked", news, sight=sight, at=at)
        if written.entry is not None and on:
            Link.objects.create(**pair, created_at=at)
        elif written.entry is not None:
            Link.objects.filter(**pair).delete()
    return written


def _links_of(conversation_id: int) -> int:
    return Link.objects.filter(Q(one_id=conversation_id) | Q(other_id=conversation_id)).count()
