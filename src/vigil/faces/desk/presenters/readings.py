"""What agents read that is not theirs, as those above see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.presenters.places import conversation_url
from vigil.languages import formats
from vigil.readings.queries import ReadingRow, ReleaseRow, limits
from vigil.readings.rules import Count
from vigil.team.capabilities import Capability, may
from vigil.team.queries import PersonRow

_KINDS: dict[str, Promise] = {
    # Translators: what an agent read; heads of a table's rows.
    "opened": gettext_lazy("A conversation"),
    "file": gettext_lazy("A file"),
    "listed": gettext_lazy("A further page of a list"),
    "searched": gettext_lazy("A search"),
}


@dataclass(frozen=True, slots=True)
class ShownReader:
    """How much somebody has read of others within the hour."""

    id: int
    name: str
    count: str
    is_unusual: bool
    is_stopped: bool
    may_release: bool = False
    released: str = ""
    why: str = ""


def show_readers(people: Iterable[PersonRow], counts: Mapping[int, Count], visitor: Visitor) -> list[ShownReader]:
    """Show who has read of others within the hour, those first who read most."""
    found = [(counts[person.id], person) for person in people if person.id in counts]
    return [show_reader(person, count, None, visitor) for count, person in sorted(found, key=lambda each: (-each[0].lately, each[1].name))]


def show_reader(person: PersonRow, count: Count, release: ReleaseRow | None, visitor: Visitor) -> ShownReader:
    """Show how somebody stands, and whether the one who looks may let them go on."""
    may_release = may(visitor.agent.role, Capability.RELEASE) and person.id != visitor.agent.id
    number = formats.number(count.lately, visitor.language)
    bounds = limits()
    return ShownReader(
        person.id,
        person.name,
        number,
        count.is_unusual(bounds),
        count.is_stopped(bounds),
        may_release,
        _released(release, visitor) if release else "",
        release.words if release else "",
    )


def show_readings(rows: Iterable[ReadingRow], visitor: Visitor) -> list[dict[str, str]]:
    """Show what somebody has read of others."""
    return [
        {
            "when": formats.moment(row.at, visitor.language, visitor.agent.zone, now=visitor.at),
            "what": str(_KINDS[row.kind]),
            "url": conversation_url(row.conversation) if row.conversation else "",
            "customer": row.customer or _("Guest"),
            "customer_lang": row.customer_language if row.customer else "",
        }
        for row in rows
    ]


def _released(release: ReleaseRow, visitor: Visitor) -> str:
    clock = formats.clock(release.at, visitor.language, visitor.agent.zone)
    # Translators: who let an agent go on who had been stopped, and at what time; the reason follows.
    return _("Let go on by %(name)s, %(time)s") % {"name": release.by, "time": clock}
