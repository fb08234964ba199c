"""An agent's chats that go on now."""

from uuid import uuid4

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.workspace.sight import Sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


def live(sight: Sight, minutes: float) -> list[str]:
    return [row.public_id for row in queries.list_live(sight, at=cast.later(minutes))]


def test_ones_own_chats_stand_in_the_order_in_which_they_came_whoever_waits_longer(desk: cast.Desk) -> None:
    ada, wei = cast.ada(), cast.wei()
    first, second = cast.opens(ada, "first"), cast.opens(wei, "second", at=cast.later(1))
    for name in (second, first):
        cast.answers(desk.noor, name, "Hello.", at=cast.later(2))
    cast.writes(wei, second, "And?", at=cast.later(3))
    assert live(desk.noor, 4) == [first, second]
    assert live(desk.sol, 4) == []


def test_what_was_handed_on_resolved_or_put_to_sleep_leaves_the_strip(desk: cast.Desk) -> None:
    given, done, asleep = (cast.opens(cast.ada(), text) for text in ("given", "done", "asleep"))
    for name in (given, done, asleep):
        cast.answers(desk.noor, name, "Hello.", at=cast.later(1))
    conversations.assign(conversation=given, sight=desk.noor, agent_id=desk.sol.agent_id, at=cast.later(2))
    conversations.set_status(conversation=done, sight=desk.noor, status="resolved", at=cast.later(2))
    conversations.set_status(conversation=asleep, sight=desk.noor, status="snoozed", until=cast.later(90), at=cast.later(2))
    assert live(desk.noor, 3) == []
    assert live(desk.sol, 3) == [given]


def test_a_silent_chat_leaves_after_half_an_hour_unless_its_customer_waits(desk: cast.Desk) -> None:
    ada = cast.ada()
    silent, waits = cast.opens(ada, "silent"), cast.opens(ada, "waits")
    for name in (silent, waits):
        cast.answers(desk.noor, name, "Hello.", at=cast.later(1))
    cast.writes(ada, waits, "Are you there?", at=cast.later(2))
    assert live(desk.noor, 30) == [silent, waits]
    assert live(desk.noor, 32) == [waits]


def test_a_mail_is_no_chat_however_new_it_is(desk: cast.Desk) -> None:
    opening = conversations.Opening(cast.ada(), "email", "en", uuid4(), "A mail.", "emea-general")
    name = conversations.open_conversation(opening, at=cast.NIGHT).conversation
    cast.answers(desk.noor, name, "Hello.", at=cast.later(1))
    assert live(desk.noor, 2) == []
