"""The places, with how much is in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vigil.conversations.queries import Counts
from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.presenters.keys import labels_of
from vigil.faces.desk.presenters.places import url_of, url_of_page
from vigil.faces.desk.words import availability_name, queue_name
from vigil.languages import formats
from vigil.languages.table import list_languages
from vigil.team.capabilities import Capability, may
from vigil.team.queries import QueueRow

_OWN_PAGES = ("team", "followed", "done", "availability", "language", "watch", "account", "sign_out")


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place with its address and how much is in it; `team` is said where several have queues."""

    title: str
    url: str
    count: str
    is_current: bool
    icon: str = ""
    team: str = ""
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class ShownPlaces:
    """Everywhere one may go from a list."""

    places: tuple[ShownPlace, ...]
    queues: tuple[ShownPlace, ...]


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """Something that one may choose in the own menu."""

    key: str
    name: str
    is_current: bool
    lang: str = ""


def show_nav(queues: Sequence[QueueRow], counts: Counts, visitor: Visitor, current: str) -> dict[str, Any]:
    """Show the places, the queues and the agent's own menu."""

    def place(key: str, title: str, url: str, number: int = 0, *, icon: str = "", team: str = "", shortcut: str = "") -> ShownPlace:
        count = formats.capped_count(number, visitor.language) if number else ""
        return ShownPlace(title, url, count, key == current, icon, team, shortcut)

    several = len({queue.team_id for queue in queues}) > 1
    places = (
        place("live", _("Live"), url_of_page("live"), counts.live, icon="live"),
        place("mine", _("Mine"), url_of_page("mine"), counts.mine, icon="mine"),
        place("team", _("Team"), url_of_page("team"), counts.team, icon="team"),
        place("search", _("Search"), url_of_page("search"), icon="search", shortcut=labels_of(visitor)["KeyS"]),
    )
    rows = [
        place(
            queue.key,
            queue_name(queue.name),
            url_of("queue", queue.key),
            counts.by_queue.get(queue.id, 0),
            team=queue.team if several else "",
        )
        for queue in queues
    ]
    return {
        "shown": ShownPlaces(places, tuple(rows)),
        "current": current,
        "agent": visitor.agent.name,
        "initials": initials(visitor.agent.name),
        "watches": may(visitor.agent.role, Capability.WATCH),
        "urls": {page: url_of_page(page.replace("_", "-")) for page in _OWN_PAGES},
    }


def show_availabilities(visitor: Visitor) -> tuple[ShownChoice, ...]:
    """Show what one may tell the colleagues of oneself."""
    return tuple(ShownChoice(key, availability_name(key), key == visitor.agent.availability) for key in ("available", "busy", "away"))


def show_languages(visitor: Visitor) -> tuple[ShownChoice, ...]:
    """Show the languages the desk speaks, each by its own name."""
    spoken = (each for each in list_languages() if not each.is_pseudo)
    return tuple(ShownChoice(each.code, each.own_name, each.code == visitor.language, each.code) for each in spoken)


def initials(name: str) -> str:
    """Write a name as one or two letters; one where the script needs no more."""
    words = name.split()
    if not words:
        return "?"
    letters = words[0][0] if len(words) == 1 or ord(words[0][0]) > 0x2E80 else words[0][0] + words[-1][0]
    return letters.upper()
