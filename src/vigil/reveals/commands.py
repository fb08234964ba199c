"""The one way to see what is masked."""

from datetime import datetime

from django.db import transaction

from vigil.audit.commands import record
from vigil.audit.rules import Detail
from vigil.conversations import queries as conversations
from vigil.reveals.errors import PersonalNotFound, ReasonUnsaid
from vigil.reveals.models import Reason, Reveal
from vigil.reveals.queries import Personal, find_personal
from vigil.safety import commands as safety
from vigil.workspace.sight import Sight

LONGEST_REASON = 200


def reveal(*, conversation: str, sight: Sight, key: str, reason: str, words: str, at: datetime) -> Personal:
    """Give a piece of personal data beside a conversation in sight to the agent who says why; it is counted, and the audit keeps it.

    Twice is two looks. Raises ConversationNotFound, ReasonUnsaid for another reason without `words`, PersonalNotFound, what
    screening refuses, and ValueError for a reason that nobody knows.
    """
    if reason not in Reason.values:
        raise ValueError(reason)
    row, beside = conversations.get_facts(conversation, sight)
    said = safety.mask_line(words, limit=LONGEST_REASON)
    if reason == Reason.OTHER and not said:
        raise ReasonUnsaid
    personal = find_personal(conversation, key, beside, conversations.list_telling_beside(row, beside))
    if personal is None:
        raise PersonalNotFound
    with transaction.atomic():
        Reveal.objects.create(
            agent_id=sight.agent_id,
            conversation_id=row.id,
            customer_id=row.customer_id,
            kind=personal.kind,
            reason=reason,
            words=said or None,
            at=at,
        )
        details: dict[str, Detail] = {"what": personal.kind, "reason": reason, "conversation": row.id}
        record(
            actor=f"agent:{sight.agent_id}", action="reveals.personal_shown", subject=f"customer:{row.customer_id}", at=at, details=details
        )
    return personal
