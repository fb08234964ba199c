"""Which list a page shows, by the word in its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _

from vigil.conversations.queries import Place
from vigil.faces.desk.words import queue_titles
from vigil.team.queries import QueueRow
from vigil.workspace.sight import Sight

FIXED = ("mine", "team", "done")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list with its address: `key` is "mine", "team", "done" or a queue's key."""

    key: str
    title: str
    url: str
    place: Place

    @property
    def is_done(self) -> bool:
        """Say whether nothing in it waits for us."""
        return self.place.what == "done"


def conversation_url(name: str) -> str:
    """Tell the address of a conversation; a list asks for dozens, so what they share is looked up once."""
    return _before_names() + name


@cache
def _before_names() -> str:
    return reverse("desk:conversation", args=["0"]).removesuffix("0")


def find_shelf(key: str, sight: Sight, queues: Sequence[QueueRow]) -> Shelf | None:
    """Find the list that a word names; None for a queue that is not in sight."""
    if key == "mine":
        return Shelf(key, _("Mine"), reverse("desk:mine"), Place(assignee_id=sight.agent_id))
    if key == "team":
        return Shelf(key, _("Team"), reverse("desk:team"), Place())
    if key == "done":
        return Shelf(key, _("Done"), reverse("desk:done"), Place(what="done"))
    queue = next((queue for queue in queues if queue.key == key), None)
    return Shelf(key, queue_titles(queues)[queue.id], reverse("desk:queue", args=[key]), Place(queue_id=queue.id)) if queue else None
