"""Plain SQL, on Django's connection or on one of our own."""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection

Connection = psycopg.Connection[tuple[Any, ...]]


def ask(question: str, values: Sequence[Any], borrowed: Connection | None = None) -> list[tuple[Any, ...]]:
    """Ask the database on a connection that was lent, or on Django's own where none was."""
    if borrowed is not None:
        return borrowed.execute(question.encode(), values).fetchall()
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())
