"""A connection whose server hung up is replaced before the next question, without asking a sound one anything."""

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db(transaction=True)


def _end_of_a_request(one: BaseDatabaseWrapper) -> None:
    one.close_if_unusable_or_obsolete()


def _ask(one: BaseDatabaseWrapper, question: str) -> int:
    with one.cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])


def test_a_connection_that_the_server_ended_is_replaced_before_the_next_question() -> None:
    kept = connection.copy()
    ended = _ask(kept, "SELECT pg_backend_pid()")
    _end_of_a_request(kept)
    assert _ask(connection, f"SELECT pg_terminate_backend({ended}, 5000)::int") == 1
    assert _ask(kept, "SELECT pg_backend_pid()") != ended
    kept.close()


def test_a_sound_connection_is_kept_and_asked_nothing() -> None:
    kept = connection.copy()
    pid = _ask(kept, "SELECT pg_backend_pid()")
    _end_of_a_request(kept)
    with CaptureQueriesContext(kept) as asked:
        assert _ask(kept, "SELECT pg_backend_pid()") == pid
    assert len(asked) == 1
    kept.close()
