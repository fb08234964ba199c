"""The desk's lists: what is due next stands first, page by page."""

from uuid import uuid4

import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.kernel.database.plain import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


def opens_on(channel: str, minutes: float) -> str:
    """Let Ada begin a conversation on a channel."""
    opening = conversations.Opening(cast.ada(), channel, "en", uuid4(), f"Where is it, {minutes}?", "emea-general")
    return conversations.open_conversation(opening, at=cast.later(minutes)).conversation


def test_among_chats_of_one_promise_the_longest_wait_stands_first_and_pages_go_on_by_key(desk: cast.Desk) -> None:
    names = [cast.opens(cast.ada(), at=cast.later(minutes)) for minutes in (5, 1, 3)]
    cast.answers(desk.noor, cast.opens(cast.ada(), at=cast.later(0)), "Hello", at=cast.later(6))
    rows = queries.list_conversations(queries.Place(), desk.noor)
    assert [row.public_id for row in rows][:3] == [names[1], names[2], names[0]]
    assert rows[3].due_at is None
    for last in range(4):
        behind = queries.list_conversations(queries.Place(), desk.noor, after=(rows[last].due_at, rows[last].id))
        assert [row.public_id for row in behind] == [row.public_id for row in rows[last + 1 :]]
    assert queries.count_open(desk.noor, [rows[0].queue_id], at=cast.later(6)).by_queue == {rows[0].queue_id: 4}


def test_what_has_minutes_left_stands_before_what_came_earlier_and_has_a_day(desk: cast.Desk) -> None:
    mail, post, chat = opens_on("email", 0), opens_on("telegram", 1), opens_on("chat", 2)
    row = queries.find_conversation(mail, desk.noor)
    assert row is not None
    for place in (queries.Place(), queries.Place(queue_id=row.queue_id)):
        assert [each.public_id for each in queries.list_conversations(place, desk.noor)] == [chat, post, mail]
    for name in (mail, post, chat):
        conversations.assign(conversation=name, sight=desk.noor, agent_id=desk.noor.agent_id, at=cast.later(3))
    mine = queries.Place(assignee_id=desk.noor.agent_id)
    assert [each.public_id for each in queries.list_conversations(mine, desk.noor)] == [chat, post, mail]


def test_what_is_due_at_the_same_moment_stands_in_the_order_in_which_it_came(desk: cast.Desk) -> None:
    names = [opens_on("chat", 1) for _ in range(4)]
    rows = queries.list_conversations(queries.Place(), desk.noor)
    assert [row.public_id for row in rows] == names
    behind = queries.list_conversations(queries.Place(), desk.noor, after=(rows[1].due_at, rows[1].id))
    assert [row.public_id for row in behind] == names[2:]


def test_the_place_that_is_told_is_that_in_the_desks_list(desk: cast.Desk) -> None:
    names = {
        name: queries.find_conversation(name, desk.noor) for name in (opens_on("email", 0), opens_on("chat", 1), opens_on("telegram", 2))
    }
    listed = [row.public_id for row in queries.list_conversations(queries.Place(), desk.noor)]
    for name, row in names.items():
        assert row is not None
        assert queries.get_wait(name, row.customer_id, at=cast.later(2)).place == listed.index(name) + 1


def test_the_watch_finds_the_longest_wait_behind_what_is_due_sooner(desk: cast.Desk) -> None:
    opens_on("email", 0)
    chat = queries.find_conversation(opens_on("chat", 1), desk.noor)
    assert chat is not None
    load = queries.load_of_queues([chat.queue_id], desk.sol)[chat.queue_id]
    assert (load.held, load.chats, load.waiting_since, load.due_at) == (2, 1, cast.NIGHT, chat.due_at)


def test_a_list_says_in_its_statement_how_long_it_is(desk: cast.Desk) -> None:
    """Only then does PostgreSQL keep a plan; whether it does, depends on how much it knows of the tables."""
    for place in (queries.Place(), queries.Place(queue_id=1), queries.Place(assignee_id=1), queries.Place(what="done")):
        queries.list_conversations(place, desk.noor)
    asked = ask("SELECT statement FROM pg_prepared_statements WHERE statement LIKE %s", ["%WHERE c.id IN (%"])
    assert len(asked) >= 4
    assert [statement for (statement,) in asked if "LIMIT $" in statement] == []
