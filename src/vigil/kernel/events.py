"""News: a command says what happened, and one table says who listens.

Reactions listed under *now* run inside the publishing transaction and write rows only, once for every event; those under *together*
do so once for all events of a kind that were published at once. Jobs listed under *later* are enqueued in that transaction and run
after it, with retries. `config.wiring` hands the table over at start-up.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
    together: Sequence[Callable[[Sequence[Any]], None]] = ()
    later: Sequence[Later] = ()


_table: dict[type[Event], Listeners] = {}


def wire(table: Mapping[type[Event], Listeners]) -> None:
    """Take over the whole table of listeners; called once, by the wiring."""
    _table.clear()
    _table.update(table)


def publish(event: Event) -> None:
    """Tell everybody the table lists, inside the caller's transaction. Raises PublishedOutsideTransaction."""
    publish_all([event])


def publish_all(events: Iterable[Event]) -> None:
    """Tell of several events at once, kind by kind, each kind in its order. Raises PublishedOutsideTransaction."""
    kinds: dict[type[Event], list[Event]] = {}
    for event in events:
        kinds.setdefault(type(event), []).append(event)
    for kind, alike in kinds.items():
        if not connection.in_atomic_block:
            raise PublishedOutsideTransaction(kind.__name__)
        listeners = _table.get(kind)
        if listeners is not None:
            _tell(listeners, alike)


def _tell(listeners: Listeners, alike: Sequence[Event]) -> None:
    for event in alike:
        for reaction in listeners.now:
            reaction(event)
        for job in listeners.later:
            job.enqueue_for(event)
    for reaction_to_all in listeners.together:
        reaction_to_all(alike)
