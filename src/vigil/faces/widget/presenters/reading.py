"""What the first words say, as the chips under them show it."""

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from vigil.identifiers import Fact
from vigil.languages.table import find_language, get_language
from vigil.topics.facts import named
from vigil.topics.queries import list_groups, topic_name
from vigil.workspace.profile import profile

MOST_FACTS = 8
# An amount that can mean two things was not mistyped.
_MISTYPED = {"checksum", "length", "character"}


def chips_context(sheet: str) -> dict[str, Any]:
    """Gather what the chips' template needs, in the active language."""
    languages = [{"code": code, "name": get_language(code).own_name} for code in profile().languages]
    return {"sheet": sheet, "groups": list_groups(), "languages": languages}


def reading_body(topic: str | None, language: str | None, facts: Iterable[Fact]) -> dict[str, Any]:
    """Write what was read: keys and values to send back, and in the active language what the chips show and say."""
    shown = [_fact(fact) for fact in facts][:MOST_FACTS]
    problems = [each["label"] for each in shown if each["is_mistyped"]]
    said = [*([topic_name(topic)] if topic else []), *(each["label"] for each in shown)]
    return {
        "topic": topic,
        "language": language,
        "facts": shown,
        "warning": _("%(fact)s looks mistyped. Please compare it with the original.") % {"fact": problems[0]} if problems else "",
        "said": _("We read in your words: %(facts)s.") % {"facts": ", ".join(said)} if said else "",
    }


def _fact(fact: Fact) -> dict[str, Any]:
    label = named(fact)
    return {
        "value": fact.value,
        "label": label,
        "remove": _("Not this: %(fact)s") % {"fact": label},
        "is_checked": fact.checked,
        "is_mistyped": fact.problem in _MISTYPED,
    }


def active_code() -> str:
    """Tell the language that the reader is answered in, as BCP 47 writes it."""
    spoken = find_language(translation.get_language() or "")
    return spoken.code if spoken else profile().default_language
