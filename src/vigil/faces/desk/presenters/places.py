"""Which list a page shows, by the word in its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _

from vigil.conversations.queries import Place
from vigil.faces.desk.words import queue_titles
from vigil.team.queries import QueueRow
from vigil.workspace.sight import Sight

FIXED = ("live", "mine", "team", "followed", "done")
_SOME_NAME = "SOME-NAME"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list with its address: `key` is "live", "mine", "team", "followed", "done" or a queue's key."""

    key: str
    title: str
    url: str
    place: Place

    @property
    def is_done(self) -> bool:
        """Say whether nothing in it waits for us."""
        return self.place.what == "done"


def conversation_url(name: str) -> str:
    """Tell the address of a conversation."""
    return url_of("conversation", name)


def url_of(page: str, name: str) -> str:
    """Tell the address of a page of the desk about something that has a name; a list asks for dozens, so they are looked up once."""
    before, after = _around_name(page)
    return f"{before}{name}{after}"


@cache
def url_of_page(page: str) -> str:
    """Tell the address of a page of the desk that is the same for everybody."""
    return reverse(f"desk:{page}")


@cache
def _around_name(page: str) -> tuple[str, str]:
    before, _name, after = reverse(f"desk:{page}", args=[_SOME_NAME]).partition(_SOME_NAME)
    return before, after


def find_shelf(key: str, sight: Sight, queues: Sequence[QueueRow], *, at: datetime) -> Shelf | None:
    """Find the list that a word names, as it stands at a moment; None for a queue that is not in sight."""
    if key == "live":
        return Shelf(key, _("Live"), url_of_page("live"), Place(live_at=at))
    if key == "mine":
        return Shelf(key, _("Mine"), url_of_page("mine"), Place(assignee_id=sight.agent_id))
    if key == "team":
        return Shelf(key, _("Team"), url_of_page("team"), Place())
    if key == "followed":
        return Shelf(key, _("Followed"), url_of_page("followed"), Place(follower_id=sight.agent_id))
    if key == "done":
        return Shelf(key, _("Done"), url_of_page("done"), Place(what="done"))
    queue = next((queue for queue in queues if queue.key == key), None)
    return Shelf(key, queue_titles(queues)[queue.id], url_of("queue", key), Place(queue_id=queue.id)) if queue else None
