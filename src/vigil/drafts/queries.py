"""Every way to ask for drafts: an agent's own, and nobody else's."""

from collections.abc import Collection
from dataclasses import dataclass

from vigil.drafts.rules import version_of
from vigil.kernel.database.plain import Question, Rows, ask
from vigil.kernel.text import MaskedText, seal_again

_OF_NAME = """
SELECT d.kind, d.text, d.saved_at FROM drafts_draft d JOIN conversations_conversation c ON c.id = d.conversation_id
 WHERE c.public_id = %(name)s AND d.agent_id = %(agent)s
"""
_AMONG = "SELECT conversation_id FROM drafts_draft WHERE agent_id = %(agent)s AND conversation_id = ANY(%(ids)s)"


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What an agent has begun to write: a reply or a note; the version is empty where nothing is begun."""

    kind: str
    text: MaskedText | None
    version: str


NOTHING = DraftRow("reply", None, "")


def draft_asked(conversation: str, agent_id: int) -> Question[DraftRow]:
    """Ask for an agent's draft in a conversation; that it is in sight was asked before, or is asked along with this."""
    return Question(_OF_NAME, {"name": conversation, "agent": agent_id}, _read)


def find_draft(conversation: str, agent_id: int) -> DraftRow:
    """Find an agent's draft in a conversation that is in sight; NOTHING where none is begun."""
    question = draft_asked(conversation, agent_id)
    return question.read(ask(question.text, question.values))


def with_drafts(agent_id: int, conversation_ids: Collection[int]) -> set[int]:
    """Tell in which of these conversations an agent has begun something."""
    return {found for (found,) in ask(_AMONG, {"agent": agent_id, "ids": list(conversation_ids)})} if conversation_ids else set()


def _read(rows: Rows) -> DraftRow:
    for kind, text, saved_at in rows:
        return DraftRow(kind, seal_again(text), version_of(saved_at))
    return NOTHING
