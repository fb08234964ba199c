"""How the team's doors refuse."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from vigil.kernel.errors import Refusal


class SignInRefused(Refusal):
    """No such account, the wrong password, or an account that was switched off: the three look the same on purpose."""

    code = "sign_in_refused"
    status = 403
    sentence = _("This e-mail address and password do not belong together. Please check both and try again.")


class TooManyTries(Refusal):
    """Too many tries from one address or for one account."""

    code = "too_many_tries"
    status = 429
    sentence = _("There were too many tries. Please wait %(minutes)s min and try again, or ask for a new password.")


class ResetLinkDead(Refusal):
    """The link is too old, was used, or a newer one was asked for."""

    code = "reset_link_dead"
    status = 410
    sentence = _("This link no longer works: it is too old, was used already, or a newer one was sent. Please ask for a new one.")


class PasswordTooWeak(Refusal):
    """The new password does not hold; `reasons` are whole sentences in the reader's language."""

    code = "password_too_weak"
    status = 422
    sentence = _("Please choose another password.")

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__()
        self.reasons = tuple(reasons)


class QueueMissing(Refusal):
    """The queue that the profile names is not there: nobody has prepared this installation, or somebody renamed the queue."""

    code = "queue_missing"
    status = 503
    sentence = _("We cannot take new conversations right now, and nothing was stored. Please try again a little later.")


class CannotHire(ValueError):
    """Somebody cannot be hired so; the message says why, in English, to whoever sits at the house's keyboard."""
