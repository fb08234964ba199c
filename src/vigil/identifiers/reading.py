"""From a text to its facts: asks every recogniser, surest first, and lets nobody claim what another has."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from vigil.identifiers.addresses.finding import find_addresses
from vigil.identifiers.contacts import find_emails
from vigil.identifiers.facts import Fact
from vigil.identifiers.plain import Plain

_READERS: tuple[Callable[[Plain], Iterator[Fact]], ...] = (find_emails, find_addresses)
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
