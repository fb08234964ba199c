"""What our post does not take."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vigil.kernel.errors import Refusal


class BadAddress(Refusal):
    """Not an address our post can write to."""

    code: ClassVar[str] = "address_invalid"
    sentence: ClassVar[str | Promise] = _("This e-mail address cannot be right. Please check it.")


class NotPlainArgs(ValueError):
    """A letter was to hold something that is not an id or a code; the message names the argument, not its value."""


class NotSendable(ValueError):
    """What was rendered cannot go out as it is; `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
