"""Words that have been looked at: the only kind the database takes."""

import sys
from typing import TYPE_CHECKING, Any, Self, overload

from django.db import models
from django.db.models.expressions import Case, Col, F, Ref, Value
from django.db.models.functions import Cast

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


@overload
def seal_again(value: str) -> MaskedText: ...
@overload
def seal_again(value: str | None) -> MaskedText | None: ...
def seal_again(value: str | None) -> MaskedText | None:
    """Put the seal back on what a column of screened words gave to a question in plain SQL; a guard knows each place that does."""
    return None if value is None else _from_the_database(value)


def _is_sealed(value: Any) -> bool:
    """Say whether words, or an expression for words, can only be screened ones.

    A column keeps what was screened before; whatever joins, cuts or invents words makes new ones that nobody has seen.
    """
    if isinstance(value, Value):
        return value.value is None or isinstance(value.value, MaskedText)
    if isinstance(value, Col):
        return isinstance(value.target, MaskedTextField)
    if isinstance(value, (Ref, Cast)):
        return all(_is_sealed(source) for source in value.get_source_expressions())
    if isinstance(value, Case):  # So does Django write many rows at once.
        return all(_is_sealed(result) for result in (*(case.result for case in value.cases), value.default))
    # A name alone is no words yet; it comes again once it is known which column it means.
    return isinstance(value, (MaskedText, F))


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
        if value is None or _is_sealed(value):
            return str(value) if isinstance(value, MaskedText) else value
        where = f"{self.model.__name__}.{self.attname}" if hasattr(self, "model") else type(self).__name__
        raise TypeError(f"{where} takes MaskedText, not {type(value).__name__}")

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Refuse what nobody screened where a row is written, also as an expression. Raises TypeError."""
        return self.get_prep_value(value)

    def get_placeholder(self, value: Any, compiler: object, connection: object) -> str:
        """Refuse unscreened expressions in an update: it asks a field for nothing but its placeholder. Raises TypeError."""
        if hasattr(value, "resolve_expression"):
            self.get_prep_value(value)
        return "%s"

    def from_db_value(self, value: str | None, expression: object, connection: object) -> MaskedText | None:
        """Seal again what the database kept."""
        return seal_again(value)
