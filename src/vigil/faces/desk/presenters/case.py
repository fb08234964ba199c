"""What the case is about, and which facts of it are known."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vigil.conversations.queries import ConversationRow, EntryRow, facts_of
from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.presenters.personal import ShownPersonal, show_masked
from vigil.identifiers import Fact
from vigil.reveals.queries import personal_fact
from vigil.topics.facts import fact_name
from vigil.topics.queries import facts_needed, list_groups, topic_name

_MOST, _LONG, _TAIL = 20, 20, 6
# An account's number stands beside the name, where the exchange has said it.
_SAID_ELSEWHERE = {"uid"}


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact as the column shows it; where room is short `tail` is shown all the same. `is_doubtful` says that it cannot be right so.

    What is personal is shown `masked`, and nothing else of it is told.
    """

    name: str
    head: str = ""
    tail: str = ""
    is_checked: bool = False
    is_doubtful: bool = False
    masked: ShownPersonal | None = None

    @property
    def value(self) -> str:
        """Give the whole."""
        return self.head + self.tail


@dataclass(frozen=True, slots=True)
class ShownCase:
    """The topic by its name, the facts said so far, and the names of those that such a case needs besides."""

    topic: str
    facts: tuple[ShownFact, ...]
    missing: tuple[str, ...]


def show_case(row: ConversationRow, entries: Iterable[EntryRow], visitor: Visitor) -> ShownCase:
    """Show what a conversation is about, by its topic and the customer's messages among these entries."""
    facts = facts_of(entries)[:_MOST]
    said = {fact.kind for fact in facts} | (_SAID_ELSEWHERE if row.customer_is_verified else set())
    return ShownCase(
        topic_name(row.topic) if row.topic else "",
        tuple(_fact(fact, row.public_id, visitor) for fact in facts),
        tuple(fact_name(kind) for kind in facts_needed(row.topic) if kind not in said),
    )


def _fact(fact: Fact, conversation: str, visitor: Visitor) -> ShownFact:
    personal = personal_fact(conversation, fact)
    if personal is not None:
        return ShownFact(fact_name(fact.kind), masked=show_masked(personal, conversation, visitor))
    # Forged addresses begin like the real one: what tells them apart is how both ends look.
    is_code = len(fact.value) > _LONG and " " not in fact.value
    cut = len(fact.value) - _TAIL if is_code else len(fact.value)
    return ShownFact(fact_name(fact.kind), fact.value[:cut], fact.value[cut:], fact.checked, fact.problem is not None)


def topic_choices(row: ConversationRow) -> list[dict[str, Any]]:
    """List the topics that may be chosen, by group."""
    return [
        {
            "name": group.name,
            "choices": [{"key": each.key, "name": each.name, "is_current": each.key == row.topic} for each in group.topics],
        }
        for group in list_groups()
    ]
