"""What became of our letters."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from vigil.kernel.models import Letter, LetterState


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter, as its owner sees it."""

    public_id: str
    to: str
    template: str
    language: str
    state: str
    attempts: int
    last_error: str
    created_at: datetime
    settled_at: datetime | None


def get_letter(public_id: str) -> LetterRow:
    """Give one letter. Raises LookupError."""
    letter = Letter.objects.filter(public_id=public_id).first()
    if letter is None:
        raise LookupError(public_id)
    return _row(letter)


def list_letters(*, state: str | None = None, limit: int = 100) -> list[LetterRow]:
    """List the newest letters first, at most `limit`, of one state or of all."""
    letters = Letter.objects.order_by("-id")
    return [_row(letter) for letter in (letters.filter(state=state) if state else letters)[:limit]]


def count_letters() -> dict[str, int]:
    """Count the letters by state; every state is named."""
    counted = dict(Letter.objects.values_list("state").annotate(Count("id")))
    return {state: counted.get(state, 0) for state in LetterState.values}


def _row(letter: Letter) -> LetterRow:
    return LetterRow(
        letter.public_id,
        letter.to,
        letter.template,
        letter.language,
        letter.state,
        letter.attempts,
        letter.last_error,
        letter.created_at,
        letter.settled_at,
    )
