"""Plain SQL is planned once, asked together in one round trip, and fails as Django's own does."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import OperationalError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from vigil.kernel.database.plain import Question, ask, ask_all
from vigil.kernel.live.readers import connect

_PLANNED = "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE %s"


def _first(rows: list[tuple[object, ...]]) -> object:
    return rows[0][0]


@pytest.mark.django_db
def test_what_is_asked_again_is_planned_once_a_connection() -> None:
    for number in range(3):
        assert ask("SELECT %s::int + 41 AS known_by_this_name", [number]) == [(41 + number,)]
    with connection.cursor() as cursor:
        cursor.execute(_PLANNED, ["%known_by_this_name%"])
        assert cursor.fetchall() == [(3,)]


@pytest.mark.django_db
def test_several_questions_are_answered_each_in_its_place() -> None:
    questions = [Question("SELECT %s::text", [word], _first) for word in ("one", "two", "three")]
    assert ask_all(*questions) == ["one", "two", "three"]
    assert ask_all(questions[0]) == ["one"]
    assert ask_all() == []


@pytest.mark.django_db
def test_a_moment_is_told_in_utc_as_django_tells_it() -> None:
    statement = "SELECT timestamptz '2026-11-23 12:00:00.25+08', timestamptz '0001-01-01 00:00+00', NULL::timestamptz"
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert (
            ask(statement, [])
            == cursor.fetchall()
            == [(datetime(2026, 11, 23, 4, 0, 0, 250_000, UTC), datetime(1, 1, 1, tzinfo=UTC), None)]
        )
    assert ask(statement, [])[0][0].tzinfo is UTC


@pytest.mark.django_db(transaction=True)
def test_a_lent_connection_is_asked_instead_of_djangos() -> None:
    mine = ask("SELECT pg_backend_pid()", [])
    with connect() as lent:
        pid = Question("SELECT pg_backend_pid()", [], _first)
        assert ask_all(pid, pid, borrowed=lent) == [lent.info.backend_pid] * 2
        assert mine != [(lent.info.backend_pid,)]
        with pytest.raises(psycopg.errors.UndefinedTable):
            ask("SELECT * FROM nowhere", [], lent)


@pytest.mark.django_db(transaction=True)
def test_a_question_that_fails_raises_what_django_raises_and_leaves_the_connection_usable() -> None:
    with pytest.raises(ProgrammingError):
        ask_all(Question("SELECT 1", [], _first), Question("SELECT * FROM nowhere", [], _first))
    with transaction.atomic():
        ask("SELECT set_config('statement_timeout', '10ms', true)", [])
        with pytest.raises(OperationalError):
            ask("SELECT pg_sleep(1)", [])
        transaction.set_rollback(True)
    assert ask("SELECT 1", []) == [(1,)]


@pytest.mark.django_db
def test_whoever_watches_djangos_cursors_sees_plain_questions_too() -> None:
    with CaptureQueriesContext(connection) as seen:
        ask_all(Question("SELECT 1", [], _first), Question("SELECT 2", [], _first))
    assert len(seen) == 2
