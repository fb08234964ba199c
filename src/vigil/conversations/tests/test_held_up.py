"""A conversation that somebody holds: whoever writes there is told so, and nobody else waits for it."""

import time
from uuid import uuid4

import pytest
from django.db import connection

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
