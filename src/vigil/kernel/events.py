"""News: a command says what happened, and one table says who listens.

Reactions listed under *now* run inside the publishing transaction and write rows only; jobs listed under *later* are
enqueued in that transaction and run after it, with retries. `config.wiring` hands the table over at start-up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: past tense, ids and plain values, never words."""


class PublishedOutsideTransaction(Exception):
    """An event must stand or fall with the change it reports; publish inside `transaction.atomic`."""


class Later(Protocol):
    """A job that takes an event's ids."""

    def enqueue_for(self, event: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who listens to one kind of event, in the order in which they run."""

    now: Sequence[Callable[[Any], None]] = ()
    later: Sequence[Later] = ()


_table: dict[type[Event], Listeners] = {}


def wire(table: Mapping[type[Event], Listeners]) -> None:
    """Take over the whole table of listeners; called once, by the wiring."""
    _table.clear()
    _table.update(table)


def publish(event: Event) -> None:
    """Tell everybody the table lists, inside the caller's transaction. Raises PublishedOutsideTransaction."""
    if not connection.in_atomic_block:
        raise PublishedOutsideTransaction(type(event).__name__)
    listeners = _table.get(type(event))
    if listeners is None:
        return
    for reaction in listeners.now:
        reaction(event)
    for job in listeners.later:
        job.enqueue_for(event)
