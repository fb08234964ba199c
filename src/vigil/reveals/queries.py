"""What is personal beside a conversation, and who has seen how much of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import salted_hmac

from vigil.conversations.queries import Beside, EntryRow, facts_of
from vigil.conversations.sight import VISIBLE
from vigil.identifiers import Fact
from vigil.kernel.database.plain import ask
from vigil.kernel.text import MaskedText, seal_again
from vigil.reveals.rules import masked
from vigil.workspace.profile import profile
from vigil.workspace.sight import Sight

LATELY, LONGER = timedelta(hours=24), timedelta(days=7)
_MOST = 50
_REACHES = frozenset({"address", "email", "phone", "telegram", "x", "facebook"})
# By the clock and not by the day: with a night shift's midnight nothing begins anew.
_COUNTS = """
SELECT agent_id, COUNT(*) FILTER (WHERE at > %(lately)s), COUNT(*) FROM reveals_reveal
 WHERE agent_id = ANY(%(agents)s) AND at > %(longer)s GROUP BY agent_id
"""
_LIST = f"""
SELECT c.public_id, person.name, c.language, r.kind, r.reason, r.words, r.at
  FROM reveals_reveal r JOIN conversations_conversation c ON c.id = r.conversation_id
  JOIN customers_customer person ON person.id = r.customer_id
 WHERE r.agent_id = %(agent)s AND c.{VISIBLE} ORDER BY r.at DESC LIMIT %(most)s
"""  # noqa: S608 - constants; values are parameters


@dataclass(frozen=True, slots=True)
class Personal:
    """A piece of personal data beside a conversation; `key` names it there without telling it."""

    key: str
    kind: str
    value: str

    @property
    def masked(self) -> str:
        """Write it so that nobody learns it."""
        return masked(self.kind, self.value)


@dataclass(frozen=True, slots=True)
class Count:
    """How often somebody was shown personal data: in the last 24 hours, and in the last seven days."""

    lately: int
    longer: int

    @property
    def is_unusual(self) -> bool:
        """Say whether it is more than the profile calls usual for 24 hours."""
        return self.lately > profile().usual_reveals


@dataclass(frozen=True, slots=True)
class RevealRow:
    """One look: at whose data, in which conversation, of which kind, and why."""

    conversation: str
    customer: MaskedText | None
    customer_language: str
    kind: str
    reason: str
    words: MaskedText | None
    at: datetime


NOTHING = Count(0, 0)


def is_personal(kind: str) -> bool:
    """Say whether values of this kind are masked at the desk: whatever reaches a person, and an account's number if the profile says so."""
    return profile().masks_uid if kind == "uid" else kind in _REACHES


def personal_beside(conversation: str, beside: Beside) -> list[Personal]:
    """List what is known of the person beside a conversation: the account's number, and where they are reached."""
    uid = [("uid", beside.customer.uid)] if beside.customer.is_verified else []
    # A guest of the chat has an address there too, which is a name of ours and reaches nobody.
    known = [*uid, *((contact.kind, contact.value) for contact in beside.customer.contacts if contact.kind in _REACHES)]
    return [_personal(conversation, kind, value) for kind, value in dict.fromkeys(known)]


def personal_fact(conversation: str, fact: Fact) -> Personal | None:
    """Give a fact of the case as personal data; None where its kind is not."""
    # The address of a fact is one of a chain, and belongs to the case.
    return _personal(conversation, fact.kind, fact.value) if fact.kind in {"uid", "email", "phone"} and is_personal(fact.kind) else None


def find_personal(conversation: str, key: str, beside: Beside, said: Iterable[EntryRow]) -> Personal | None:
    """Find by its key what stands beside a conversation, or among the facts in these entries."""
    facts = (personal_fact(conversation, fact) for fact in facts_of(said))
    return next((each for each in (*personal_beside(conversation, beside), *facts) if each and each.key == key), None)


def counts_of(agent_ids: Collection[int], *, at: datetime) -> dict[int, Count]:
    """Count how often each of these agents was shown personal data; those who never were are left out."""
    values = {"agents": list(agent_ids), "lately": at - LATELY, "longer": at - LONGER}
    return {agent: Count(lately, longer) for agent, lately, longer in ask(_COUNTS, values)}


def list_reveals(agent_id: int, sight: Sight) -> list[RevealRow]:
    """List the 50 last looks of an agent, the newest first, in conversations that the one who asks sees."""
    return [_row(*found) for found in ask(_LIST, {"agent": agent_id, "teams": list(sight.team_ids), "most": _MOST})]


def _personal(conversation: str, kind: str, value: str) -> Personal:
    # Keyed: whoever reads the page could else try all numbers of a phone until one fits.
    digest = salted_hmac("vigil.reveals", f"{conversation}\n{kind}\n{value}", algorithm="sha256").hexdigest()[:16]
    return Personal(f"{kind}-{digest}", kind, value)


def _row(conversation: str, customer: str | None, *found: Any) -> RevealRow:
    language, kind, reason, words, at = found
    name, said = (seal_again(each) for each in (customer, words))
    return RevealRow(conversation, name, language, kind, reason, said, at)
