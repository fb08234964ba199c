"""From a text to its facts: asks every recogniser, surest first, and lets nobody claim what another has."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from vigil.identifiers.addresses.finding import find_addresses
from vigil.identifiers.amounts import find_amounts
from vigil.identifiers.chains import HOMES
from vigil.identifiers.contacts import find_emails, find_phones
from vigil.identifiers.facts import Fact
from vigil.identifiers.links import find_links
from vigil.identifiers.moments import find_moments
from vigil.identifiers.names import find_networks
from vigil.identifiers.orders import find_cases, find_memos, find_numbers, find_orders
from vigil.identifiers.pairs import find_pairs
from vigil.identifiers.plain import Plain
from vigil.identifiers.txids import find_txids

_READERS: tuple[Callable[[Plain], Iterator[Fact]], ...] = (
    find_links,
    find_emails,
    find_cases,
    find_txids,
    find_addresses,
    find_orders,
    find_phones,
    find_moments,
    find_memos,
    find_numbers,
    find_pairs,
    find_amounts,
    find_networks,
)
# Nobody's message holds more; a text that does was made to be slow, for here and for whoever shows it.
MOST_FACTS = 256
_SEVERAL = 2
_TICKER = re.compile(r"(?<![0-9A-Za-z])[A-Z]{3,6}(?![0-9A-Za-z])")


def read_facts(text: str) -> tuple[Fact, ...]:
    """Recognise what stands in `text`, in order of place; no two facts overlap.

    `text` is what safety left of a message: what stands in its marks is never a fact. At most MOST_FACTS are told.
    Where several chains are possible, those that the text names come first. The time is linear in the length.
    """
    plain = Plain(text)
    taken = bytearray(len(plain.words))
    found = []
    for fact in _candidates(plain):
        if taken.find(1, fact.start, fact.end) < 0:
            taken[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
            found.append(fact)
            if len(found) == MOST_FACTS:
                break
    found.sort(key=lambda fact: fact.start)
    named = _named_networks(plain, found) if any(len(fact.networks) >= _SEVERAL for fact in found) else []
    return tuple(_in_text(plain, _likeliest_first(fact, named)) for fact in found)


def _candidates(plain: Plain) -> Iterator[Fact]:
    for reader in _READERS:
        yield from reader(plain)


def _in_text(plain: Plain, fact: Fact) -> Fact:
    start, end = plain.place(fact.start, fact.end)
    return fact if (start, end) == (fact.start, fact.end) else replace(fact, start=start, end=end)


def _named_networks(plain: Plain, facts: list[Fact]) -> list[str]:
    """List the chains that a text names, and behind them those where the coins that it names are at home."""
    named = [key for fact in facts if fact.kind == "network" for key in fact.networks]
    coins = [fact.value.rpartition(" ")[2] for fact in facts if fact.kind == "amount"]
    coins += _TICKER.findall(plain.words)
    return list(dict.fromkeys([*named, *(key for coin in coins for key in HOMES.get(coin, ()))]))


def _likeliest_first(fact: Fact, named: list[str]) -> Fact:
    if len(fact.networks) < _SEVERAL or not named:
        return fact
    return replace(fact, networks=tuple(sorted(fact.networks, key=lambda key: named.index(key) if key in named else len(named))))
