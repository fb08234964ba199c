"""How a search is read, and how it is put to the index."""

from vigil.search.rules.asking import FILTERS, Asked, read_asked
from vigil.search.rules.days import days_between
from vigil.search.rules.facets import Filters, asks_of, conditions_of, facets_of
from vigil.search.rules.lexemes import quoted, vector_of
from vigil.search.rules.windows import all_parts, newest_parts

__all__ = [
    "FILTERS",
    "Asked",
    "Filters",
    "all_parts",
    "asks_of",
    "conditions_of",
    "days_between",
    "facets_of",
    "newest_parts",
    "quoted",
    "read_asked",
    "vector_of",
]
