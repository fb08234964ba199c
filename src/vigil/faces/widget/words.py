"""Every sentence that the frame's scripts say, and those that the host page's button says."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vigil.records.sentences import EVENTS
from vigil.safety.queries import kind_name

_STATES = {
    "sending": _("Sending…"),
    "waiting": _("Waiting to be sent"),
    "sent": _("Sent"),
    "delivered": _("Delivered"),
    "read": _("Read"),
    "refused": _("Not sent"),
}
_FRAME = {
    "today": _("Today"),
    "yesterday": _("Yesterday"),
    # Translators: on a button that leads down to answers which came while somebody reads further up; any number from 1.
    "jump": _("New messages: %(n)s"),
    "typing": _("%(name)s is typing…"),
    "answered": _("We have answered"),
    "waiting_row": _("Waiting for an answer"),
    "over_row": _("Resolved"),
    "failed": _("That did not work. Please try again in a moment."),
    "covered": _("Something on this page lies over the chat. Please close it and try again."),
    "queued": _("You are in the queue."),
    # Translators: her place in the queue; it can be any number from 2.
    "place": _("You are number %(n)s in the queue."),
    "next": _("You are next."),
    "answer_by": _("You will have an answer by %(time)s."),
    "stay": _("You may close this window; the answer will be here."),
    "stay_mail": _("You may close this window; we tell you at %(email)s when the answer is here."),
    "folded": _("We have it; your place is kept."),
    "mailed": _("The conversation is on its way to your e-mail address."),
    "rated": _("Thank you."),
    "remarked": _("Thank you. We read every remark."),
    "picture": _("Picture"),
    "video": _("Video"),
    "many": _("A message holds at most %(n)s files. Please send this one with the next."),
}
_FILE_STATES = {
    "sending": _("Sending…"),
    "waiting": _("Waiting for the connection; it goes on by itself."),
    "checking": _("Being checked…"),
    "ready": _("Ready to be sent"),
}
# The first words themselves say that it began; what was removed is said by its kind.
_UNSAID = {"opened", "secret_removed"}
# What was removed, and what to do now, by kind of secret.
_REMOVED = {
    "mnemonic": _("A recovery phrase was removed. It was not stored, and nobody can see it."),
    "private_key": _("A private key was removed. It was not stored, and nobody can see it."),
    "key_file": _("A private key was removed. It was not stored, and nobody can see it."),
    "card": _("A card number was removed. It was not stored, and nobody can see it."),
    "totp_secret": _("An authenticator link was removed. It was not stored, and nobody can see it."),
    "other": _("A secret was removed. It was not stored, and nobody can see it."),
}
_WALLET = _(
    "Tell it to nobody, not even to us: we never ask for it. If you have shown it to anybody else, "
    "make a new wallet and move everything there now."
)
_ADVICE = {
    "mnemonic": _WALLET,
    "private_key": _WALLET,
    "key_file": _WALLET,
    "card": _("We never need the whole number. If you have shown it to anybody else, ask your bank to block the card."),
    "totp_secret": _("If you have shown it to anybody else, set up your authenticator again in the security settings of your account."),
    "other": _("Tell it to nobody, not even to us: we never ask for it. If you have shown it to anybody else, replace it."),
}


# What is said by its own name; the frame is too small for the rest, which are secrets like any other.
_NAMED = ("mnemonic", "private_key", "xpub", "card", "key_file", "totp_secret", "unknown")


def frame_words() -> dict[str, Any]:
    """Give the frame's sentences in the active language."""
    return {
        **_FRAME,
        "state": _STATES,
        "file_state": _FILE_STATES,
        "event": {kind: sentence for kind, sentence in EVENTS.items() if kind not in _UNSAID},
        "hidden": {kind: kind_name(kind) for kind in _NAMED},
        "removed": _REMOVED,
        "advice": _ADVICE,
    }


def host_words(brand: str) -> dict[str, str]:
    """Give what the button on the host page says in the active language."""
    return {
        "title": str(_("%(brand)s support")) % {"brand": brand},
        "open": str(_("Open the chat with %(brand)s support")) % {"brand": brand},
        "news": str(_("Open the chat. New messages: %(n)s")),
        "close": str(_("Close the chat")),
    }
