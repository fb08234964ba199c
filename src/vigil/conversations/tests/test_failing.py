"""A change that the database does not take: whoever asked is told that it failed for good, and the others are none the worse for it."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.db import DataError

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations.commands import timeline
from vigil.kernel.live.refusals import Failed


@pytest.mark.django_db(transaction=True)
def test_a_message_that_cannot_be_stored_has_failed_for_good_and_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    cast.open_the_desk()
    ada, wei = cast.ada(), cast.wei()
    hers, his = cast.opens(ada), cast.opens(wei)
    whole = timeline._apply

    def break_on_hers(changes: Sequence[timeline.Change], *rest: Any, **more: Any) -> Any:
        if any(change.conversation == hers for change in changes):
            raise DataError("a value that no column takes")
        return whole(changes, *rest, **more)

    monkeypatch.setattr(timeline, "_apply", break_on_hers)
    batch = [conversations.Message(hers, ada, uuid4(), "Hello?"), conversations.Message(his, wei, uuid4(), "Hello!")]
    failed, stored = conversations.receive_many(batch, at=cast.later())
    assert isinstance(failed, Failed)
    assert failed.say()
    assert isinstance(stored, conversations.Written)
