"""Every way a letter may change, but for its delivery."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from vigil.kernel.ids import new_public_id
from vigil.kernel.models import Letter, LetterState
from vigil.kernel.post.delivery import sender_address
from vigil.kernel.post.jobs import deliver_letter
from vigil.kernel.post.rules import Arg, check_address, check_args
from vigil.kernel.post.templates import get_template

_SETTLED = (LetterState.SENT, LetterState.MAYBE_DUPLICATE, LetterState.FAILED)


class SentOutsideTransaction(Exception):
    """A letter must stand or fall with what it tells; send it inside `transaction.atomic`."""


def send(*, to: str, template: str, language: str, args: Mapping[str, Arg], at: datetime) -> str:
    """Store a letter in the caller's transaction, to be delivered after it; give its public id.

    `args` are ids and codes, from which the template makes words and links later. Not repeatable: twice is two letters.

    Raises BadAddress, NotPlainArgs, UnknownTemplate, SentOutsideTransaction.
    """
    if not connection.in_atomic_block:
        raise SentOutsideTransaction(template)
    address = check_address(to)
    check_args(args, language)
    worth = get_template(template).keep_trying
    public_id = new_public_id()
    letter = Letter.objects.create(
        public_id=public_id,
        message_id=f"<{public_id}@{sender_address().rpartition('@')[2]}>",
        to=address,
        template=template,
        language=language,
        args=dict(args),
        created_at=at,
        expires_at=at + worth,
    )
    deliver_letter.enqueue(letter_id=letter.id)
    return public_id


@transaction.atomic
def try_again(*, public_id: str, at: datetime) -> bool:
    """Put a failed letter back into the queue, for as long as its template is worth trying; False if it is not failed."""
    letter = Letter.objects.select_for_update().filter(public_id=public_id, state=LetterState.FAILED).first()
    if letter is None:
        return False
    letter.state = LetterState.QUEUED
    letter.expires_at = at + get_template(letter.template).keep_trying
    letter.last_error, letter.settled_at = "", None
    letter.save(update_fields=["state", "expires_at", "last_error", "settled_at"])
    deliver_letter.enqueue(letter_id=letter.id)
    return True


def clear(*, before: datetime) -> int:
    """Delete the letters that were settled before this moment; give their number."""
    return Letter.objects.filter(state__in=_SETTLED, settled_at__lt=before).delete()[0]


def forget(*, address: str) -> int:
    """Delete every letter to this address, delivered or not; give their number."""
    return Letter.objects.filter(to__iexact=address).delete()[0]
