"""How a conversation stands, as lexemes: what filters ask for is answered by the same index as the words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vigil.conversations.rules import tidy_tag
from vigil.languages.lexemes import Term
from vigil.search.rules.days import days_between, days_of
from vigil.search.rules.lexemes import quoted
from vigil.search.rules.windows import parts_of

NOBODY = 0


@dataclass(frozen=True, slots=True)
class Filters:
    """What found conversations have to be like; what is empty may be anything. An agent of 0 is nobody."""

    status: str = ""
    agent_ids: tuple[int, ...] | None = None
    queue_ids: tuple[int, ...] | None = None
    channel: str = ""
    language: str = ""
    topic: str = ""
    tag: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether everything fits."""
        return self == Filters()


def facets_of(row: Any, tags: Iterable[str]) -> list[str]:
    """Tell the lexemes of how a conversation stands."""
    told = [f"t:{row.team_id}", f"q:{row.queue_id}", f"a:{row.assignee_id or NOBODY}", f"s:{row.status}", f"c:{row.channel}"]
    told += [f"l:{row.language}", *days_of(row.created_at), *parts_of(row.id)]
    return [*told, *([f"p:{row.topic}"] if row.topic else []), *(_tag(tag) for tag in tags)]


def asks_of(terms: Sequence[Term]) -> str:
    """Write what has to be among the words as a tsquery; empty where nothing has to."""
    return " & ".join(f"({_any([*map(quoted, term.words), *(f'{quoted(each)}:*' for each in term.beginnings)])})" for term in terms)


def conditions_of(filters: Filters, team_ids: Iterable[int], parts: Iterable[str] | None = None) -> str:
    """Write what has to be among the facets as a tsquery; in all parts of the house, where none are named."""
    single = {"s": filters.status, "c": filters.channel, "l": filters.language, "p": filters.topic}
    wanted: list[Iterable[str]] = [[f"t:{team}" for team in team_ids], *([f"{key}:{value}"] for key, value in single.items() if value)]
    for key, ids in (("a", filters.agent_ids), ("q", filters.queue_ids)):
        if ids is not None:
            wanted.append([f"{key}:{each}" for each in ids])
    if filters.tag:
        wanted.append([_tag(filters.tag)])
    if filters.since or filters.until:
        wanted.append(days_between(filters.since, filters.until))
    wanted += [[*parts]] if parts is not None else []
    # Nobody's team, or a name that nobody bears, is a lexeme that nothing has.
    return " & ".join(f"({_any(map(quoted, each)) or quoted('none')})" for each in wanted)


def _any(lexemes: Iterable[str]) -> str:
    return " | ".join(lexemes)


def _tag(tag: str) -> str:
    return f"g:{tidy_tag(tag)}"
