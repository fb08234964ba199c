"""The place Search: the form with its filters, and what was found."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from vigil.conversations.queries import ConversationRow, Place
from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.presenters.filters import Choices, show_filters
from vigil.faces.desk.presenters.places import Shelf, url_of_page
from vigil.faces.desk.presenters.rows import ShownRow, name_of, show_rows
from vigil.identifiers import read_facts
from vigil.languages import formats
from vigil.languages.lexemes import Term
from vigil.search.queries import CAP, Found, Passage, RecentRow, highlight
from vigil.search.rules import Asked
from vigil.topics.facts import fact_name

_SURELY = {"txid", "address", "order_id", "uid", "email"}
_HASH = re.compile(r"(?:0x)?[0-9a-f]{64}", re.IGNORECASE)
_KEY = "search"
_EXAMPLE = "status:open from:me tag:bridge after:2026-01-31"  # the names of filters are the same in every language


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A piece of what was found; `hit` says that it was searched for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class ShownFind:
    """A conversation that was found: its row, with what was searched for marked in it."""

    row: ShownRow
    name: tuple[ShownPart, ...]
    words: tuple[ShownPart, ...]
    words_lang: str
    is_note: bool
    time: str


def show_search(asked: Asked, choices: Choices, visitor: Visitor) -> dict[str, Any]:
    """Show the form as it is filled in."""
    filters = show_filters(asked, choices)
    return {
        "words": asked.words,
        "filters": filters,
        "chips": [each for each in filters if each.value],
        "kept": [(name, asked.filters[name]) for name in ("after", "before") if name in asked.filters],
        "example": _EXAMPLE,
        "title": _("Search"),
        "url": url_of_page("search"),
    }


def show_recent(rows: Sequence[RecentRow]) -> list[dict[str, Any]]:
    """Show what was searched for lately."""
    return [{"id": row.id, "asked": row.asked, "url": address_of(row.id)} for row in rows]


def address_of(number: int) -> str:
    """Tell the address of a search by its number."""
    return f"{url_of_page('search')}?{urlencode({'of': number})}"


def show_found(
    rows: Sequence[ConversationRow], passages: Mapping[int, Passage], terms: Sequence[Term], visitor: Visitor, of: int | None
) -> list[ShownFind]:
    """Show what was found, in its order; `of` is the search's number, to which the way back leads."""
    shown = show_rows(rows, visitor, Shelf(key_of(of), _("Search"), url_of_page("search"), Place()))
    return [_found(row, each, passages.get(row.id), terms, visitor) for row, each in zip(rows, shown, strict=True)]


def total_of(count: int, visitor: Visitor) -> str:
    """Say how many were found, up to 1,000."""
    return _("Found: %(count)s") % {"count": formats.capped_count(count, visitor.language, cap=CAP)}


def pages_of(found: Found, *, of: int, order: str, skip: int) -> dict[str, str]:
    """Tell the addresses of the next page, where there is one, and of the same search in either order."""
    base = url_of_page("search")
    behind = (
        {"order": order, "after": str(skip + len(found.ids))} if order == "best" else {"after": str(found.ids[-1]) if found.ids else ""}
    )
    return {
        "more": "" if found.is_last else f"{base}?{urlencode({'of': of, **behind})}",
        "newest": f"{base}?{urlencode({'of': of})}",
        "best": f"{base}?{urlencode({'of': of, 'order': 'best'})}",
    }


def kind_of(question: str) -> str:
    """Say what the question itself is, where its letters tell: a transaction, an address, an order."""
    asked = question.strip()
    if _HASH.fullmatch(asked):
        return fact_name("txid")  # In a customer's words it might be a private key; those never come so far.
    facts = read_facts(asked)
    return fact_name(facts[0].kind) if len(facts) == 1 and facts[0].kind in _SURELY and facts[0].value == asked else ""


def key_of(of: int | None) -> str:
    """Name the place, with the search's number where it has one, as the address of a conversation keeps it."""
    return f"{_KEY}-{of}" if of else _KEY


def read_key(key: str) -> int | None:
    """Read the number of a search from the name of its place; None for any other place."""
    name, _dash, number = key.partition("-")
    return int(number) if name == _KEY and number.isascii() and number.isdigit() and len(number) < 16 else None


def _found(row: ConversationRow, shown: ShownRow, passage: Passage | None, terms: Sequence[Term], visitor: Visitor) -> ShownFind:
    words = passage.parts if passage else ((shown.words, False),)
    return ShownFind(
        row=shown,
        name=_parts(highlight(name_of(row), row.language, terms)),
        words=_parts(words),
        words_lang=passage.language if passage else shown.words_lang,
        is_note=passage is not None and passage.kind == "note",
        time=formats.day(row.last_activity_at, visitor.language, visitor.agent.zone, now=visitor.at),
    )


def _parts(parts: Sequence[tuple[str, bool]]) -> tuple[ShownPart, ...]:
    return tuple(ShownPart(text, hit) for text, hit in parts)
