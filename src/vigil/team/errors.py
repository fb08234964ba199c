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


class PasswordWrong(Refusal):
    """Somebody who is signed in typed another password than theirs."""

    code = "password_wrong"
    status = 403
    sentence = _("This is not your password. Please try again.")


class FactorRefused(Refusal):
    """The code is wrong, too old, or was used already; a code on paper was used or was never ours."""

    code = "factor_refused"
    status = 403
    sentence = _("This code is not right, or it was used already. Please wait for the next one and try again.")


class PasskeyRefused(Refusal):
    """The browser's answer does not prove anything."""

    code = "passkey_refused"
    status = 422
    sentence = _("This passkey was not accepted. Please try again, or choose another way.")


class FactorKnown(Refusal):
    """An agent has one app; a second one would only be forgotten in a drawer."""

    code = "factor_known"
    status = 409
    sentence = _("This is set up already. Please remove it first if you want to set it up anew.")


class LastFactorStays(Refusal):
    """Nobody may leave themselves without a second factor where one is asked for."""

    code = "last_factor_stays"
    status = 409
    sentence = _("This is your last second factor. Please add another one before you remove it.")


class SecondFactorMissing(Refusal):
    """Whoever has no second factor sets one up first, and does nothing else."""

    code = "second_factor_missing"
    status = 403
    sentence = _("Please set up your second factor first. Until then nothing else is open to you.")


class EntryOver(Refusal):
    """The password was right, but that was too long ago, or the account has changed since."""

    code = "entry_over"
    status = 410
    sentence = _("This took too long. Please sign in again from the beginning.")


class ProfileIncomplete(Refusal):
    """A name that customers read, and one language at least, belong to everybody."""

    code = "profile_incomplete"
    status = 422
    sentence = _("Please give a name that customers read, and choose at least one language.")


class KeysClash(Refusal):
    """Two deeds cannot have one key; `deeds` names them."""

    code = "keys_clash"
    status = 422
    sentence = _("One key cannot do two things. Please choose another for one of them.")

    def __init__(self, deeds: tuple[str, str]) -> None:
        super().__init__()
        self.deeds = deeds


class PersonNotPossible(Refusal):
    """An address that is none or is taken, or a role without a team."""

    code = "person_not_possible"
    status = 422
    sentence = _("This is not possible: the address is none or is somebody’s already, a language is missing, or a team.")


class LastAdminStays(Refusal):
    """Somebody must be able to let people in."""

    code = "last_admin_stays"
    status = 409
    sentence = _("This is the last administrator. Please make somebody else one first.")


class PersonNotFound(Refusal):
    """There is nobody like that, or not for this reader's eyes: the two look the same on purpose."""

    code = "person_not_found"
    status = 404
    sentence = _("We cannot find this person in your team.")


class QueueMissing(Refusal):
    """The queue that the profile names is not there: nobody has prepared this installation, or somebody renamed the queue."""

    code = "queue_missing"
    status = 503
    sentence = _("We cannot take new conversations right now, and nothing was stored. Please try again a little later.")


class CannotHire(ValueError):
    """Somebody cannot be hired so; the message says why, in English, to whoever sits at the house's keyboard."""
