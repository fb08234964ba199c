"""From a text to its facts: asks every recogniser, surest first, and lets nobody claim what another has."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from vigil.identifiers.addresses.finding import find_addresses
from vigil.identifiers.amounts import find_amounts
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


def read_facts(text: str) -> tuple[Fact, ...]:
    """Recognise what stands in `text`, in order of place; no two facts overlap.

    `text` is what safety left of a message: what stands in its marks is never a fact. At most MOST_FACTS are told.
    The time is linear in the length.
    """
    plain = Plain(text)
    taken = bytearray(len(plain.words))
    found = []
    for fact in _candidates(plain):
        if taken.find(1, fact.start, fact.end) < 0:
            taken[fact.start : fact.end] = b"\1" * (fact.end - fact.start)
            start, end = plain.place(fact.start, fact.end)
            found.append(replace(fact, start=start, end=end))
            if len(found) == MOST_FACTS:
                break
    return tuple(sorted(found, key=lambda fact: fact.start))


def _candidates(plain: Plain) -> Iterator[Fact]:
    for reader in _READERS:
        yield from reader(plain)
