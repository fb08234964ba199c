"""The watch, as those above read it: one row a person, one row a queue, the longest wait of each in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from vigil.conversations.queries import CAP, Load, Place
from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.presenters.clocks import Pill, late
from vigil.faces.desk.presenters.places import Shelf
from vigil.faces.desk.words import availability_name, queue_titles
from vigil.languages import formats
from vigil.team.queries import PersonRow, QueueRow, is_at_desk

_NOTHING = Load(0, 0, None, None)
_A_SHIFT = timedelta(hours=12)
_TONES = {"available": "ok", "busy": "warn"}


@dataclass(frozen=True, slots=True)
class WatchedPerson:
    """Somebody with what they have. `standing` says whether they are there, `lost` what a desk that fell silent left behind."""

    id: int
    name: str
    standing: Pill
    chats: str
    held: str
    wait: str
    late: Pill | None
    lost: str = ""


@dataclass(frozen=True, slots=True)
class WatchedQueue:
    """A queue with what nobody has taken."""

    name: str
    url: str
    held: str
    wait: str
    late: Pill | None


def show_people(people: Iterable[PersonRow], loads: Mapping[int, Load], visitor: Visitor) -> list[WatchedPerson]:
    """Show the people, those at their desks first, and among them whose customers wait longest."""
    shown = []
    for person in people:
        load = loads.get(person.id, _NOTHING)
        is_there = is_at_desk(person, at=visitor.at)
        row = WatchedPerson(
            person.id,
            person.name,
            _standing(person, visitor, is_there=is_there),
            _count(load.chats, visitor),
            _count(load.held, visitor),
            _wait(load, visitor),
            _late(load, visitor),
            _lost(person, visitor) if _fell_silent(person, visitor) else "",
        )
        shown.append((not (is_there or row.lost), load.waiting_since or visitor.at, person.name, row))
    return [row for *_rank, row in sorted(shown, key=lambda each: each[:3])]


def show_queues(queues: Sequence[QueueRow], loads: Mapping[int, Load], visitor: Visitor) -> list[WatchedQueue]:
    """Show the queues in their order."""
    titles = queue_titles(queues)
    return [
        WatchedQueue(
            titles[queue.id],
            reverse("desk:queue", args=[queue.key]),
            _count(load.held, visitor),
            _wait(load, visitor),
            _late(load, visitor),
        )
        for queue in queues
        for load in (loads.get(queue.id, _NOTHING),)
    ]


def shelf_of(person: PersonRow) -> Shelf:
    """Give the list of what somebody has; what is opened from it stands in the team's list."""
    return Shelf("team", person.name, reverse("desk:watched-work", args=[person.id]), Place(assignee_id=person.id))


def _fell_silent(person: PersonRow, visitor: Visitor) -> bool:
    """Say whether chats went back from their desk within this shift: who leaves nothing behind has simply gone."""
    return person.gave_back > 0 and person.silent_at is not None and visitor.at - person.silent_at < _A_SHIFT


def _lost(person: PersonRow, visitor: Visitor) -> str:
    # Translators: any number from 1; said to a supervisor of an agent whose desk is not heard of any more.
    return _("Chats back in the queue: %(n)s") % {"n": _count(person.gave_back, visitor)}


def _standing(person: PersonRow, visitor: Visitor, *, is_there: bool) -> Pill:
    if person.silent_at is not None and _fell_silent(person, visitor):
        time = formats.clock(person.silent_at, visitor.language, visitor.agent.zone)
        # Translators: of a desk of which nothing is heard any more.
        return Pill(_("silent since %(time)s") % {"time": time}, "bad")
    if not is_there:
        return Pill(_("not at the desk"))
    return Pill(availability_name(person.availability), _TONES.get(person.availability, ""))


def _count(number: int, visitor: Visitor) -> str:
    return formats.capped_count(number, visitor.language, cap=CAP)


def _wait(load: Load, visitor: Visitor) -> str:
    """Say the longest wait, unless the one that is overdue says it already."""
    if load.waiting_since is None or (_is_late(load, visitor) and load.waiting_since == load.due_since):
        return ""
    return _for(load.waiting_since, visitor)


def _late(load: Load, visitor: Visitor) -> Pill | None:
    """Say the wait of whoever should have had their answer first, once a promise is broken; the same as their row says."""
    return late(_for(load.due_since, visitor)) if load.due_since and _is_late(load, visitor) else None


def _is_late(load: Load, visitor: Visitor) -> bool:
    return load.due_at is not None and load.due_at <= visitor.at


def _for(since: datetime, visitor: Visitor) -> str:
    return formats.duration((visitor.at - since).total_seconds(), visitor.language)
