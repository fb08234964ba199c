"""Why words are turned away at the door."""

from django.utils.translation import gettext_lazy as _

from vigil.kernel.errors import Refusal


class WordsTooLong(Refusal):
    """The text has more characters than this place takes; params: limit."""

    code = "too_long"
    status = 413
    sentence = _("This text is too long. Please keep it under %(limit)s characters.")


class WordsEmpty(Refusal):
    """Nothing is left to read: no characters, or only invisible ones."""

    code = "empty"
    sentence = _("Please write something first.")


class WordsUnreadable(Refusal):
    """The text holds NUL or half a surrogate pair, which no stored text may hold."""

    code = "bad_text"
    sentence = _("This text contains characters that cannot be read. Please type it again.")


class ScannerFailed(Refusal):
    """The words could not be checked to the end, so they were not accepted."""

    code = "screening_unavailable"
    status = 503
    sentence = _("We could not check your message for secrets just now, so nothing was stored. Please try again in a moment.")
