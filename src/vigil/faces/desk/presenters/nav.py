"""The places, with how much is in each."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vigil.conversations.queries import Counts
from vigil.faces.desk.doors import Visitor
from vigil.faces.desk.words import availability_name, queue_name
from vigil.languages import formats
from vigil.languages.table import list_languages
from vigil.team.capabilities import Capability, may
from vigil.team.queries import QueueRow


def show_nav(queues: Sequence[QueueRow], counts: Counts, visitor: Visitor, current: str) -> dict[str, Any]:
    """Show the places, the queues and the agent's own menu."""

    def place(key: str, title: str, url: str, number: int = 0) -> dict[str, Any]:
        count = formats.capped_count(number, visitor.language) if number else ""
        return {"key": key, "title": title, "url": url, "count": count, "is_current": key == current}

    places = [
        place("mine", _("Mine"), reverse("desk:mine"), counts.mine),
        place("team", _("Team"), reverse("desk:team"), counts.team),
        place("done", _("Done"), reverse("desk:done")),
    ]
    rows = [
        place(queue.key, queue_name(queue.name), reverse("desk:queue", args=[queue.key]), counts.by_queue.get(queue.id, 0))
        | {"team": queue.team}
        for queue in queues
    ]
    has_several = len({queue.team_id for queue in queues}) > 1
    name, watches = visitor.agent.name, may(visitor.agent.role, Capability.WATCH)
    own = {"agent": name, "initials": initials(name), "watches": watches}
    return {"places": places, "queues": rows, "has_several_teams": has_several, "current": current, **own}


def show_availabilities(visitor: Visitor) -> list[dict[str, Any]]:
    """Show what one may tell the colleagues of oneself."""
    return [
        {"key": key, "name": availability_name(key), "is_current": key == visitor.agent.availability}
        for key in ("available", "busy", "away")
    ]


def show_languages(visitor: Visitor) -> list[dict[str, Any]]:
    """Show the languages the desk speaks, each by its own name."""
    return [
        {"code": each.code, "name": each.own_name, "is_current": each.code == visitor.language}
        for each in list_languages()
        if not each.is_pseudo
    ]


def initials(name: str) -> str:
    """Write a name as one or two letters; one where the script needs no more."""
    words = name.split()
    if not words:
        return "?"
    letters = words[0][0] if len(words) == 1 or ord(words[0][0]) > 0x2E80 else words[0][0] + words[-1][0]
    return letters.upper()
