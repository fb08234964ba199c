"""Every way to ask for prepared answers."""

from dataclasses import dataclass

from django.db.models import Q

from vigil.kernel.text import MaskedText
from vigil.macros.models import MacroText
from vigil.workspace.sight import Sight

_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class MacroRow:
    """A prepared answer in one language, which is English where the wanted one is missing."""

    key: str
    language: str
    title: MaskedText
    text: MaskedText


def list_macros(sight: Sight, language: str) -> list[MacroRow]:
    """List what an agent may use, everybody's and the own teams', in order; in `language`, else in English."""
    mine = Q(macro__team=None) | Q(macro__team__in=sight.team_ids)
    found = MacroText.objects.filter(mine, language__in={language, _FALLBACK}).select_related("macro")
    rows: dict[str, MacroRow] = {}
    for text in found.order_by("macro__position", "macro__key"):
        if text.macro.key not in rows or text.language == language:
            rows[text.macro.key] = MacroRow(text.macro.key, text.language, text.title, text.text)
    return list(rows.values())
