"""What is personal of a customer: masked, and shown to whoever has said why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vigil.conversations.queries import Beside
from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.presenters.places import conversation_url
from vigil.languages import formats
from vigil.reveals.queries import Count, Personal, RevealRow, is_personal, personal_beside
from vigil.team.capabilities import Capability, may
from vigil.team.queries import PersonRow
from vigil.topics.facts import fact_name

_NAMES: dict[str, str | Promise] = {
    # Translators: beside a customer's e-mail address, to which we write that there is an answer.
    "address": gettext_lazy("Answers go to"),
    "telegram": "Telegram",
    "x": "X",
    "facebook": "Facebook",
}
_REASONS: dict[str, Promise] = {
    "account": gettext_lazy("To find the account at the exchange"),
    "identity": gettext_lazy("To check who writes"),
    "reach": gettext_lazy("To reach them, or to correct where we do"),
    "security": gettext_lazy("An account may be in danger"),
    "other": gettext_lazy("Another reason, in words"),
}


@dataclass(frozen=True, slots=True)
class ShownPersonal:
    """A piece of personal data as the column shows it; with a `key` it is masked, and may be asked for."""

    name: str
    text: str
    id: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class ShownLooks:
    """How often somebody was shown personal data."""

    id: int
    name: str
    lately: str
    longer: str
    is_unusual: bool


def show_personal(conversation: str, beside: Beside, visitor: Visitor) -> list[ShownPersonal]:
    """Show what is known of a person, masked where it is personal."""
    return [show_masked(each, conversation, visitor) for each in personal_beside(conversation, beside)]


def show_masked(personal: Personal, conversation: str, visitor: Visitor) -> ShownPersonal:
    """Show one piece as it is before somebody has asked for it."""
    asks = is_personal(personal.kind)
    may_ask = asks and may(visitor.agent.role, Capability.REVEAL)
    text = personal.masked if asks else personal.value
    return ShownPersonal(kind_name(personal.kind), text, id_of(personal.key, conversation), personal.key if may_ask else "")


def show_revealed(personal: Personal, conversation: str, visitor: Visitor) -> dict[str, Any]:
    """Show the value, and to whom it was shown: a photograph of the screen says whose screen it was."""
    clock = formats.clock(visitor.at, visitor.language, visitor.agent.zone)
    # Translators: under a customer's address or number that an agent has asked to see.
    seen = _("shown to %(name)s, %(time)s") % {"name": visitor.agent.name, "time": clock}
    return {"name": kind_name(personal.kind), "value": personal.value, "seen": seen}


def show_form(personal: Personal, conversation: str) -> dict[str, Any]:
    """Show what is asked of whoever wants to see it."""
    name = kind_name(personal.kind)
    return {"conversation": conversation, "key": personal.key, "name": name, "reasons": reasons()}


def reasons() -> list[dict[str, str]]:
    """List the reasons there are."""
    return [{"key": key, "name": str(name)} for key, name in _REASONS.items()]


def kind_name(kind: str) -> str:
    """Name a kind of personal data."""
    return str(_NAMES[kind]) if kind in _NAMES else fact_name(kind)


def id_of(key: str, conversation: str) -> str:
    """Name its place on the page: what was shown there stays when the column is drawn anew, and goes with the conversation."""
    return f"personal-{conversation}-{key}"


def show_looks(people: Iterable[PersonRow], counts: Mapping[int, Count], visitor: Visitor) -> list[ShownLooks]:
    """Show who was shown personal data in the last seven days, and how often; those first who were shown most lately."""
    shown = []
    for person in people:
        count = counts.get(person.id)
        if count:
            lately, longer = (formats.number(each, visitor.language) for each in (count.lately, count.longer))
            shown.append((-count.lately, -count.longer, ShownLooks(person.id, person.name, lately, longer, count.is_unusual)))
    return [row for *_rank, row in sorted(shown, key=lambda each: each[:2])]


def show_reveals(rows: Iterable[RevealRow], visitor: Visitor) -> list[dict[str, str]]:
    """Show what somebody was shown, and why."""
    return [
        {
            "when": formats.moment(row.at, visitor.language, visitor.agent.zone, now=visitor.at),
            "url": conversation_url(row.conversation),
            "customer": row.customer or _("Guest"),
            "customer_lang": row.customer_language if row.customer else "",
            "what": kind_name(row.kind),
            "reason": row.words or str(_REASONS[row.reason]),
        }
        for row in rows
    ]
