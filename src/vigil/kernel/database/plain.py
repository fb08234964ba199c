"""Plain SQL, on Django's connection or on one of our own: prepared once a connection, and several questions in one round trip."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import psycopg
from django.db import connection
from psycopg.types.datetime import TimestamptzLoader

Connection = psycopg.Connection[tuple[Any, ...]]
Rows = list[tuple[Any, ...]]

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Question(Generic[_Answer]):
    """One statement that reads, the values it is asked with, and how its rows are understood."""

    text: str
    values: Sequence[Any] | Mapping[str, Any]
    read: Callable[[Rows], _Answer]


def ask(question: str, values: Sequence[Any] | Mapping[str, Any], borrowed: Connection | None = None) -> Rows:
    """Ask the database on a connection that was lent, or on Django's own where none was."""
    if borrowed is None and _is_watched():
        return _asked_openly(question, values)
    with _raising_as_django(borrowed):
        cursor = _cursor(borrowed)
        cursor.execute(question.encode(), values, prepare=True)
        return cursor.fetchall()


def ask_all(*questions: Question[Any], borrowed: Connection | None = None) -> list[Any]:
    """Ask several questions that do not wait for one another's answers in one round trip; tells each one's answer, in order."""
    if len(questions) < 2 or (borrowed is None and _is_watched()):
        return [question.read(ask(question.text, question.values, borrowed)) for question in questions]
    with _raising_as_django(borrowed):
        cursors = [_cursor(borrowed) for _ in questions]
        with cursors[0].connection.pipeline():
            for cursor, question in zip(cursors, questions, strict=True):
                cursor.execute(question.text.encode(), question.values, prepare=True)
        answers = [cursor.fetchall() for cursor in cursors]
    return [question.read(rows) for question, rows in zip(questions, answers, strict=True)]


def _is_watched() -> bool:
    # Whoever counts or forbids questions does so at Django's cursors.
    return bool(connection.execute_wrappers or connection.queries_logged)


def _asked_openly(question: str, values: Sequence[Any] | Mapping[str, Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())


def _cursor(borrowed: Connection | None) -> psycopg.Cursor[tuple[Any, ...]]:
    # Django's own cursors have every statement planned anew, which costs PostgreSQL more than carrying it out.
    cursor = psycopg.Cursor(connection.connection if borrowed is None else borrowed)
    # Django reads every moment in Python to write UTC into it, ten times as slowly; on a connection in UTC it is there already.
    cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
    return cursor


@contextmanager
def _raising_as_django(borrowed: Connection | None) -> Iterator[None]:
    if borrowed is not None:
        yield
        return
    connection.validate_no_broken_transaction()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        yield
