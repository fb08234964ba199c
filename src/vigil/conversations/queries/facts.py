"""What a customer's words say that a case may need. Read when it is asked for: nothing is stored twice."""

import re
from collections.abc import Iterable
from functools import lru_cache

from vigil.conversations.queries.thread import EntryRow
from vigil.identifiers import Fact, read_facts
from vigil.topics.facts import each_once

# Hardly a fact is without one of these, and most of what is said has none: figures, mail addresses, pairs such as BTC/USDT.
_MAY_HOLD = re.compile(r"\d|@|usd[tc]|[a-z][/_-]?(?:usd|btc|eur|eth)(?![a-z])", re.IGNORECASE)


def facts_of(entries: Iterable[EntryRow]) -> list[Fact]:
    """List the facts in the customer's messages among these entries, each once, without those of which she said that they are none."""
    return each_once(
        fact
        for entry in entries
        if entry.kind == "message" and entry.text and _MAY_HOLD.search(entry.text)
        for fact in _read(str(entry.text))
        if [fact.start, fact.end] not in entry.data.get("no_facts", ())
    )


# A thread is looked at again and again, and its words stay as they are: fifty desks with four chats of twenty entries each.
@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Fact, ...]:
    return read_facts(text)
