"""A conversation that somebody holds: whoever writes there is told so, and nobody else waits for it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from psycopg.sql import SQL

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.kernel.live import readers
from vigil.kernel.live.refusals import Busy


@pytest.mark.django_db(transaction=True)
def test_one_locked_conversation_holds_up_nobody_else_for_two_seconds() -> None:
    cast.open_the_desk()
    ada, wei = cast.ada(), cast.wei()
    hers, his = cast.opens(ada), cast.opens(wei)
    batch = [
        conversations.Message(hers, ada, uuid4(), "Hello?"),
        conversations.Message(his, wei, uuid4(), "Hello!"),
        conversations.Message(hers, wei, uuid4(), "What is this?"),
        conversations.Message(hers, ada, uuid4(), "Anybody?"),
    ]
    with readers.connect() as other, other.transaction():
        other.execute("SELECT 1 FROM conversations_conversation WHERE public_id = %s FOR UPDATE", (hers,))
        begun = time.monotonic()
        outcomes = conversations.receive_many(batch, at=cast.later())
        took = time.monotonic() - begun
    assert [type(outcome) for outcome in outcomes] == [Busy, conversations.Written, ConversationNotFound, Busy]
    assert took < 1.5
    assert not [1 for outcome in conversations.receive_many(batch[:2], at=cast.later()) if isinstance(outcome, Busy)]
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("5s",)


@contextmanager
def held(conversation: str, strength: str = "UPDATE") -> Iterator[None]:
    with readers.connect() as other, other.transaction():
        other.execute(SQL("SELECT 1 FROM conversations_conversation WHERE public_id = %s FOR {}").format(SQL(strength)), (conversation,))
        yield


def seconds_of(deed: Callable[[], list[Any]]) -> tuple[float, list[Any]]:
    begun = time.monotonic()
    outcomes = deed()
    return time.monotonic() - begun, outcomes


@pytest.mark.django_db(transaction=True)
def test_f10_whoever_asks_again_for_a_held_conversation_costs_the_others_no_second_wait() -> None:
    cast.open_the_desk()
    ada, wei = cast.ada(), cast.wei()
    hers, his = cast.opens(ada), cast.opens(wei)

    def both() -> list[Any]:
        batch = [conversations.Message(hers, ada, uuid4(), "Hello?"), conversations.Message(his, wei, uuid4(), "Hello!")]
        return conversations.receive_many(batch, at=cast.later())

    with held(hers):
        first, _ = seconds_of(both)
        again = [seconds_of(both) for _ in range(4)]
    assert first > 0.5, "the first one waits a little: most locks are short"
    assert max(took for took, _ in again) < 0.4, again
    assert [[type(outcome) for outcome in outcomes] for _, outcomes in again] == [[Busy, conversations.Written]] * 4
    assert [type(outcome) for outcome in both()] == [conversations.Written] * 2, "free again, it is taken at once"
    with held(hers):
        assert seconds_of(both)[0] > 0.5, "what was free in between is waited for again"


@pytest.mark.django_db(transaction=True)
def test_f10_a_mark_waits_for_no_writer_and_hardly_for_anybody_else() -> None:
    cast.open_the_desk()
    ada, wei = cast.ada(), cast.wei()
    hers, his = cast.opens(ada), cast.opens(wei)

    def marks(read: int) -> list[Any]:
        return conversations.mark_seen_many([conversations.Sighting(hers, ada, read, read), conversations.Sighting(his, wei, read, read)])

    with held(hers):
        first, outcomes = seconds_of(lambda: marks(1))
        again, _ = seconds_of(lambda: marks(1))
    assert [type(outcome) for outcome in outcomes] == [Busy, bool]
    assert first < 0.8
    assert again < 0.25
    with held(hers, "NO KEY UPDATE"):
        took, outcomes = seconds_of(lambda: marks(2))
    assert outcomes == [True, True], "a writer, and the one before who is gone, stand in nobody's way"
    assert took < 0.25
