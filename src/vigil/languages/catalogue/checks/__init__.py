"""Rules a translation is held to: plain functions of the English words, the translation and the language's code.

Each yields one complaint for each thing that is wrong, and nothing for a good translation.
"""

from collections.abc import Callable, Iterator

from vigil.languages.catalogue.checks.letters import (
    chinese_script_is_right,
    is_composed,
    is_translated,
    latin_stays_out,
)
from vigil.languages.catalogue.checks.marks import (
    edges_match,
    ends_alike,
    marks_fit_the_script,
    opening_marks_are_there,
    quotes_are_typographic,
)
from vigil.languages.catalogue.checks.placeholders import placeholders_match, tags_match
from vigil.languages.catalogue.checks.speech import speaks_politely
from vigil.languages.catalogue.checks.terms import uses_the_terms
from vigil.languages.catalogue.names import Names

Rule = Callable[[str, str, str, Names], Iterator[str]]

RULES: tuple[Rule, ...] = (
    placeholders_match,
    tags_match,
    is_translated,
    latin_stays_out,
    chinese_script_is_right,
    is_composed,
    edges_match,
    ends_alike,
    marks_fit_the_script,
    opening_marks_are_there,
    quotes_are_typographic,
    speaks_politely,
    uses_the_terms,
)
