"""Every way to ask the index, and for what an agent has searched for."""

from vigil.search.queries.finding import CAP, MOST_CANDIDATES, Found, count, find
from vigil.search.queries.highlights import Passage, highlight, passages_of
from vigil.search.queries.recent import RecentRow, find_recent, list_recent
from vigil.search.queries.standing import MUCH_BEHIND, Standing, get_standing

__all__ = [
    "CAP",
    "MOST_CANDIDATES",
    "MUCH_BEHIND",
    "Found",
    "Passage",
    "RecentRow",
    "Standing",
    "count",
    "find",
    "find_recent",
    "get_standing",
    "highlight",
    "list_recent",
    "passages_of",
]
