"""What a customer reads about the things that happen between the words, in the frame and in the record alike."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS: dict[str, Promise] = {
    "opened": _("The conversation began."),
    # Translators: said to the customer when a person takes the conversation.
    "assigned": _("%(name)s answers you now."),
    "unassigned": _("You are back in the queue. Nothing you wrote is lost."),
    "silent": _("The connection to your agent was lost. You are at the head of the queue. Nothing you wrote is lost."),
    "resolved": _("This conversation was marked as resolved."),
    "closed": _("This conversation was closed."),
    "ended": _("You ended this conversation."),
    "rated": _("You rated this conversation %(score)s out of 5."),
    "reopened": _("This conversation is open again."),
    # Translators: an agent has put two of the customer's conversations together; this one is closed.
    "onward": _("This goes on in your other conversation."),
    # Translators: said in the other one.
    "joined": _("Your other conversation goes on here."),
    "withdrawn": _("The agent withdrew a reply."),
    "claimed": _("You logged in, and this conversation came with you."),
    "secret_removed": _("A secret was removed. It was not stored, and nobody can see it."),
    "key_replayed": _("Somebody showed an outdated key to this conversation. They were refused and saw nothing."),
}


def event_key(kind: str, data: Mapping[str, Any], name: str | None, *, is_own: bool = False) -> str | None:
    """Choose the sentence for an entry that its customer may see, or did; None for what passes in silence."""
    if kind == "assigned":
        return "assigned" if name else "silent" if data.get("silent") and not data.get("answered") else "unassigned"
    if kind != "status":
        return kind if kind in EVENTS else None
    if is_own and data["to"] == "resolved":
        return "ended"
    return "reopened" if data["to"] == "open" else str(data["to"])
