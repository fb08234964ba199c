"""Words that have been looked at: the only kind the database takes."""

import sys
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models.expressions import Expression

_JUDGE = "vigil.safety"


class MaskedText(str):
    """Text in which no secret is left, because `safety` has looked at it.

    Only `vigil.safety` can make one: a caller from anywhere else gets a TypeError. It is a str for reading; every
    operation on it gives a plain str again, which the database refuses.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Seal `text`. Raises TypeError unless the calling module belongs to `vigil.safety`."""
        caller = str(sys._getframe(1).f_globals.get("__name__", ""))
        if caller != _JUDGE and not caller.startswith(_JUDGE + "."):
            raise TypeError(f"{caller} may not make MaskedText; call vigil.safety to screen the words")
        return str.__new__(cls, text)


def _from_the_database(value: str) -> MaskedText:
    # What comes out of such a column went in as MaskedText: the seal is put back without a second look.
    return str.__new__(MaskedText, value)


# Generic for the type checker only: Django's fields take no parameters when the program runs.
if TYPE_CHECKING:
    _TextField = models.TextField[Any, Any]
else:
    _TextField = models.TextField


class MaskedTextField(_TextField):
    """A text column that takes MaskedText and nothing else."""

    description = "words that safety has screened"

    def get_prep_value(self, value: Any) -> Any:
        """Refuse words that nobody screened. Raises TypeError."""
        if value is None or isinstance(value, Expression):
            return value
        if isinstance(value, MaskedText):
            return str(value)
        raise TypeError(f"{self.model.__name__}.{self.attname} takes MaskedText, not {type(value).__name__}")

    def from_db_value(self, value: str | None, expression: object, connection: object) -> MaskedText | None:
        """Seal again what the database kept."""
        return None if value is None else _from_the_database(value)
