import threading
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from vigil.audit import queries
from vigil.audit.commands import RecordedOutsideTransaction, record
from vigil.audit.rules import NotPlain

AT = datetime(2026, 11, 1, 3, 10, tzinfo=UTC)


def write(number: int = 1, **details: int | str) -> None:
    for _ in range(number):
        record(actor="agent:5", action="conversation.revealed", subject="conversation:7c0", at=AT, details=details)


@pytest.mark.django_db
def test_records_are_numbered_from_one_without_gaps() -> None:
    write(3)
    assert [row.number for row in queries.list_records().rows] == [3, 2, 1]


@pytest.mark.django_db
def test_a_record_that_is_rolled_back_leaves_no_gap() -> None:
    write()
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    with pytest.raises(NotPlain):
        write(why="these are words")
    write()
    assert [row.number for row in queries.list_records().rows] == [2, 1]
    assert queries.verify().holds


@pytest.mark.django_db(transaction=True)
def test_a_record_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RecordedOutsideTransaction):
        write()


@pytest.mark.django_db(transaction=True)
def test_many_hands_at_once_write_one_chain() -> None:
    def hand() -> None:
        try:
            for _ in range(10):
                with transaction.atomic():
                    write()
        finally:
            connection.close()

    hands = [threading.Thread(target=hand) for _ in range(4)]
    for each in hands:
        each.start()
    for each in hands:
        each.join()
    verification = queries.verify()
    assert (verification.checked, verification.holds) == (40, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_record SET actor = 'agent:6' WHERE number = 1",
        "UPDATE audit_record SET actor = actor",
        "DELETE FROM audit_record WHERE number = 1",
        "TRUNCATE audit_record",
        "UPDATE audit_head SET number = 1",
        "UPDATE audit_head SET hash = repeat('0', 64)",
        "UPDATE audit_head SET number = number + 2",
        "DELETE FROM audit_head",
        "TRUNCATE audit_head",
        "INSERT INTO audit_head VALUES (2, 0, '')",
    ],
)
def test_a81_the_database_itself_refuses_to_change_what_was_recorded(statement: str) -> None:
    write(2)
    with connection.cursor() as cursor:
        # The suite empties tables between tests and has these two switched off; here they stand as in production.
        cursor.execute("ALTER TABLE audit_record ENABLE TRIGGER audit_record_never_empties")
        cursor.execute("ALTER TABLE audit_head ENABLE TRIGGER audit_head_never_empties")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(statement)
    assert queries.verify().holds
