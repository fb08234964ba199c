"""How the tests of this app ask."""

from vigil.conversations import queries as conversations
from vigil.languages.lexemes import terms_of
from vigil.search import commands, queries
from vigil.search.rules import Filters
from vigil.workspace.sight import Sight


def catch_up() -> None:
    """Bring the index up to date, as a worker does."""
    commands.ensure_standing()
    while commands.follow():
        pass


def found(question: str, sight: Sight, filters: Filters | None = None) -> list[str]:
    """List the names of the conversations that are found, the newest first."""
    page = queries.find(terms_of(question), filters or Filters(), sight, most=30)
    return [row.public_id for row in conversations.list_these(page.ids, sight)]


def counted(question: str, sight: Sight, filters: Filters | None = None) -> int:
    """Tell how many are said to be found."""
    return queries.count(terms_of(question), filters or Filters(), sight)
