"""Why words are turned away at the door."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise
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


class NeedsChoice(Refusal):
    """Something in the words may be a secret or may be public, and only their writer can tell which; params: asks.

    `asks` are places in the words that came, as {"start", "end", "question"}. The answer comes with the same words again.
    """

    code = "needs_choice"
    status = 409
    sentence = _("Is the long code a transaction hash, which is public, or a private key, which nobody may ever see? Nothing was stored.")
    answers: ClassVar[Mapping[str, str | Promise]] = {"public": _("Transaction hash (TXID)"), "secret": _("Private key")}

    def as_json(self) -> dict[str, Any]:
        """Add what is asked about and what can be answered, for a client that lets people answer with a button."""
        # Where two kinds are in doubt, one answer may free a secret that it does not speak of.
        is_one = len({each["question"] for each in self.params["asks"]}) == 1
        answers = [{"meant": meant, "label": str(label)} for meant, label in self.answers.items() if is_one or meant == "secret"]
        return {**super().as_json(), "asks": self.params["asks"], "answers": answers}


class NeedsOtherWords(NeedsChoice):
    """As NeedsChoice, where nothing but characters that may be a recovery phrase is asked about."""

    sentence = _("This looks like a recovery phrase, which nobody may ever see. Nothing was stored.")
    answers: ClassVar[Mapping[str, str | Promise]] = {"public": _("Something else"), "secret": _("Recovery phrase")}


class ScannerFailed(Refusal):
    """The words could not be checked to the end, so they were not accepted."""

    code = "screening_unavailable"
    status = 503
    sentence = _("We could not check your message for secrets just now, so nothing was stored. Please try again in a moment.")
