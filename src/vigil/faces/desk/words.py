"""The sentences that the desk's scripts say."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS: dict[str, Any] = {
    "you": pgettext_lazy("the agent who reads", "You"),
    "sending": _("sending…"),
    "waiting": _("waiting to be sent"),
    "sent": _("sent"),
    "delivered": _("delivered"),
    "read": _("read"),
    "refused": _("not sent"),
    "typing": pgettext_lazy("at the desk", "%(name)s is typing…"),
    "offline": _("You see everything up to %(time)s."),
    "fill": _("Please put words in the place of %(name)s before you send this."),
    "failed": _("This could not be done. Please try again in a moment."),
    "gone": _("This conversation is with another team now."),
    "reply": _("Write a reply"),
    "note": _("Write a note that only the team sees"),
    "news": _("%(name)s wrote: %(words)s"),
}
