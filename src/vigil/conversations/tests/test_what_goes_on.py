"""The chats that go on now, of everybody in sight."""

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
    rows = queries.list_conversations(queries.Place(live_at=cast.later(minutes)), sight)
    assert queries.count_open(sight, [], at=cast.later(minutes)).live == len(rows)
    return [row.public_id for row in rows]


def test_who_waits_stands_before_who_is_spoken_with_whoever_has_them(desk: cast.Desk) -> None:
    answered, late, taken = (cast.opens(cast.ada(), f"chat {minute}", at=cast.later(minute)) for minute in range(3))
    cast.opens(cast.ada(), "far", at=cast.later(0), queue=desk.far_queue)
    cast.answers(desk.noor, answered, "Hello.", at=cast.later(3))
    conversations.assign(conversation=taken, sight=desk.sol, agent_id=desk.sol.agent_id, at=cast.later(3))
    assert live(desk.noor, 4) == live(desk.sol, 4) == [late, taken, answered]
    rows = queries.list_conversations(queries.Place(live_at=cast.later(4)), desk.noor)
    behind = queries.list_conversations(queries.Place(live_at=cast.later(4)), desk.noor, after=(rows[0].due_at, rows[0].id))
    assert [row.public_id for row in behind] == [taken, answered]


def test_what_is_over_asleep_silent_or_no_chat_does_not_go_on(desk: cast.Desk) -> None:
    done, asleep, silent, waits = (cast.opens(cast.ada(), text) for text in ("done", "asleep", "silent", "waits"))
    for name in (done, asleep, silent):
        cast.answers(desk.noor, name, "Hello.", at=cast.later(1))
    conversations.set_status(conversation=done, sight=desk.noor, status="resolved", at=cast.later(2))
    conversations.set_status(conversation=asleep, sight=desk.noor, status="snoozed", until=cast.later(90), at=cast.later(2))
    conversations.open_conversation(conversations.Opening(cast.ada(), "email", "en", uuid4(), "A mail.", "emea-general"), at=cast.later(2))
    assert live(desk.noor, 30) == [waits, silent]
    assert live(desk.noor, 32) == [waits]


def test_rows_that_moved_are_told_by_the_same_rule(desk: cast.Desk) -> None:
    silent, waits = cast.opens(cast.ada(), "silent"), cast.opens(cast.ada(), "waits")
    cast.answers(desk.noor, silent, "Hello.", at=cast.later(1))
    for minutes, expected in ((30, [waits, silent]), (32, [waits])):
        place = queries.Place(live_at=cast.later(minutes))
        assert [row.public_id for row in queries.list_conversations(place, desk.noor, among=[silent, waits])] == expected
