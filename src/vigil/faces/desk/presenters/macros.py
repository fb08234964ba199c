"""The prepared answers, filled as far as we know how."""

from collections.abc import Sequence
from typing import Any

from vigil.conversations.queries import ConversationRow
from vigil.faces.desk.doors import Visitor
from vigil.macros.queries import MacroRow
from vigil.macros.rules import fill


def show_macros(macros: Sequence[MacroRow], row: ConversationRow, visitor: Visitor, brand: str) -> list[dict[str, Any]]:
    """Show each macro's title and its words for this customer; what has no value stays in double braces."""
    known = {"customer.name": row.customer_name or "", "agent.name": visitor.agent.public_name, "brand": brand}
    return [_macro(macro, known) for macro in macros]


def _macro(macro: MacroRow, known: dict[str, str]) -> dict[str, Any]:
    filled = fill(macro.text, known)
    return {"key": macro.key, "title": macro.title, "lang": macro.language, "text": filled.text, "missing": len(filled.missing)}
