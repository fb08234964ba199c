"""The sentences that the desk's scripts say, and the names of queues that everybody has."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.utils.translation import get_language, gettext, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from vigil.team.queries import QueueRow

_WORDS: dict[str, Any] = {
    "you": pgettext_lazy("the agent who reads", "You"),
    "sending": _("sending…"),
    "waiting": _("waiting to be sent"),
    "sent": _("sent"),
    # Translators: beside an answer by mail that its author may still undo; s are seconds.
    "departing": _("goes out in %(n)s s"),
    "delivered": _("delivered"),
    "read": _("read"),
    "refused": _("not sent"),
    "typing": pgettext_lazy("at the desk", "%(name)s is typing…"),
    "here": _("Also here: %(names)s"),
    "fill": _("Please put words in the place of %(name)s before you send this."),
    "failed": _("This could not be done. Please try again in a moment."),
    "gone": _("This conversation is with another team now."),
    "reply": _("Write a reply"),
    "note": _("Write a note that only the team sees"),
    # Translators: said beside a file that was too many for one message.
    "many": _("A message holds at most %(n)s files. Please send this one with the next."),
    "busy": _("Your files are still on their way. They can be sent in a moment."),
    "file_sending": _("Sending…"),
    "file_waiting": _("Waiting for the connection; it goes on by itself."),
    "file_checking": _("Being checked…"),
    "file_ready": _("Ready to be sent"),
    "named": _("%(name)s named you in a note."),
    "news": _("%(name)s wrote: %(words)s"),
}

# A queue's name is what its team has typed; these are the ones that come with Vigil, and so in every language.
_QUEUES = frozenset(
    {
        gettext_noop("Not sorted yet"),
        gettext_noop("Deposits"),
        gettext_noop("Withdrawals"),
        gettext_noop("Security"),
        gettext_noop("Identity and review"),
        gettext_noop("P2P and fiat"),
        gettext_noop("Trading and API"),
    }
)


def words_of_scripts() -> Mapping[str, str]:
    """Say what the desk's scripts say in the active language."""
    return _words_in(get_language())


@cache
def _words_in(_language: str | None) -> Mapping[str, str]:
    return {key: str(words) for key, words in _WORDS.items()}


def availability_name(availability: str) -> str:
    """Say in the active language whether somebody is available, busy or away."""
    return {"available": gettext("Available"), "busy": gettext("Busy"), "away": gettext("Away")}.get(availability, availability)


def queue_name(stored: str) -> str:
    """Say a queue's name in the active language; one that its team made up stays as it is."""
    return gettext(stored) if stored in _QUEUES else stored


def queue_titles(queues: Sequence[QueueRow]) -> dict[int, str]:
    """Say the queues' names by their ids; with the teams' where there are several teams, for all of them have the same queues."""
    several = len({queue.team_id for queue in queues}) > 1
    return {queue.id: f"{queue.team} · {queue_name(queue.name)}" if several else queue_name(queue.name) for queue in queues}
