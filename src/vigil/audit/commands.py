"""The one way to write a record."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from vigil.audit.models import Head, Record
from vigil.audit.rules import GENESIS, Detail, Link, check_plain, seal


class RecordedOutsideTransaction(Exception):
    """A record must stand or fall with what it reports; record inside `transaction.atomic`."""


def record(*, actor: str, action: str, subject: str, at: datetime, details: Mapping[str, Detail] | None = None) -> int:
    """Append one record to the chain, inside the caller's transaction, and give its number.

    Call it last in the transaction: everybody else who records waits until this transaction ends. Not repeatable: twice
    is two records. `actor` is "system" or a kind and an id ("agent:5"); `subject` likewise ("conversation:7c…").

    Raises NotPlain for words, RecordedOutsideTransaction.
    """
    if not connection.in_atomic_block:
        raise RecordedOutsideTransaction(action)
    given = dict(details or {})
    check_plain(actor=actor, action=action, subject=subject, details=given)
    head = _locked_head()
    link = Link(number=head.number + 1, at=at, actor=actor, action=action, subject=subject, details=given, previous=head.hash)
    sealed = seal(link)
    Record.objects.create(
        number=link.number, at=at, actor=actor, action=action, subject=subject, details=given, previous=link.previous, hash=sealed
    )
    Head.objects.filter(id=1).update(number=link.number, hash=sealed)
    return link.number


def _locked_head() -> Head:
    head = Head.objects.select_for_update().filter(id=1).first()
    if head is None:
        Head.objects.bulk_create([Head(id=1, number=0, hash=GENESIS)], ignore_conflicts=True)
        head = Head.objects.select_for_update().get(id=1)
    return head
