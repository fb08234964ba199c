"""What can be inserted into a reply: the prepared answers, filled as far as we know how, and what stands in the column beside."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from vigil.conversations.queries import ConversationRow, EntryRow
from vigil.customers.queries import CustomerRow
from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.presenters.case import show_case
from vigil.macros.queries import MacroRow
from vigil.macros.rules import fill
from vigil.reveals.queries import is_personal
from vigil.topics.facts import fact_name


def show_insertables(
    macros: Sequence[MacroRow],
    row: ConversationRow,
    customer: CustomerRow,
    entries: Iterable[EntryRow],
    visitor: Visitor,
    *,
    brand: str,
    signature: str,
) -> list[dict[str, Any]]:
    """Show by group what may be inserted for this customer; a group with nothing in it is left out."""
    known = {"customer.name": row.customer_name or "", "agent.name": visitor.agent.public_name, "brand": brand}
    answers = [_macro(macro, known) for macro in macros]
    if signature:
        answers.append({"title": _("Your signature"), "text": signature})
    groups = [
        {"name": _("Prepared answers"), "icon": "note", "choices": answers},
        {"name": _("Facts of the case"), "icon": "info", "choices": _facts(row, customer, entries, visitor)},
        {"name": _("Tags"), "icon": "slash", "choices": [{"title": tag, "text": tag} for tag in row.tags]},
    ]
    return [group for group in groups if group["choices"]]


def _macro(macro: MacroRow, known: dict[str, str]) -> dict[str, Any]:
    filled = fill(macro.text, known)
    return {"title": macro.title, "lang": macro.language, "text": filled.text, "missing": len(filled.missing)}


def _facts(row: ConversationRow, customer: CustomerRow, entries: Iterable[EntryRow], visitor: Visitor) -> list[dict[str, str]]:
    case = show_case(row, entries, visitor)
    # What is masked in the column is not given away here.
    uid = customer.uid if customer.is_verified and not is_personal("uid") else ""
    found = [(_("Name"), row.customer_name or "", ""), (fact_name("uid"), uid, "")]
    # What cannot be right so is not handed on.
    found += [(fact.name, fact.head, fact.tail) for fact in case.facts if not fact.is_doubtful]
    return [{"title": name, "text": head + tail, "head": head, "tail": tail} for name, head, tail in found if head]
