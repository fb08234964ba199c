"""The timeline as streams see it: who learns what of which entry."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.conversations.live import Timeline, ahead_of_reader, customer_topic, team_topic
from vigil.conversations.queries import list_for_record
from vigil.kernel.live import readers
from vigil.kernel.live.refusals import TokenInvalid
from vigil.kernel.live.tokens import Claims, claims_for
from vigil.team.queries import get_agent, get_queue
from vigil.workspace.sight import Sight

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk() -> cast.Desk:
    return cast.open_the_desk()


@pytest.fixture
def connection(db: None) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    with readers.connect() as borrowed:
        yield borrowed


def agents_claims(sight: Sight) -> Claims:
    epoch = get_agent(sight.agent_id).session_epoch
    return claims_for(f"agent:{sight.agent_id}:{epoch}", [team_topic(team) for team in sight.team_ids], "desk", at=cast.NIGHT)


def everything_that_can_happen(ada: int, desk: cast.Desk) -> str:
    """Let every kind of entry come about once; return the conversation."""
    opened = cast.opens(ada)
    conversations.assign(conversation=opened, sight=desk.sol, agent_id=desk.noor.agent_id, at=cast.later(1))
    cast.answers(desk.noor, opened, "I am looking.", at=cast.later(2))
    conversations.note(conversations.Words(opened, desk.noor, uuid4(), "Wallet team is asked.", "note"), at=cast.later(3))
    conversations.set_priority(conversation=opened, sight=desk.sol, priority=2, at=cast.later(4))
    conversations.set_status(conversation=opened, sight=desk.noor, status="waiting", at=cast.later(5))
    cast.writes(ada, opened, " ".join(["abandon"] * 11 + ["about"]), at=cast.later(6))
    conversations.assign(conversation=opened, sight=desk.sol, agent_id=None, at=cast.later(7))
    conversations.end_conversation(conversation=opened, customer_id=ada, at=cast.later(8))
    conversations.rate_conversation(conversations.Rating(opened, ada, uuid4(), 4, "Quick."), at=cast.later(9))
    return opened


def test_every_kind_of_entry_can_be_read(desk: cast.Desk, connection: Any) -> None:
    everything_that_can_happen(cast.ada(), desk)
    timeline = Timeline()
    items = timeline.read(connection, 0, [], 1000)
    assert timeline.start(connection) == items[-1].id
    kinds = {json.loads(frame.data)["kind"] for item in items for frame in item.write()}
    assert kinds == {"opened", "message", "assigned", "reply", "note", "priority", "status", "secret_removed", "rated"}


def test_a28_the_customers_side_never_learns_what_is_the_teams(desk: cast.Desk, connection: Any) -> None:
    ada = cast.ada()
    everything_that_can_happen(ada, desk)
    items = Timeline().read(connection, 0, [], 1000)
    hers = [frame for item in items for frame in item.write() if frame.topic == customer_topic(ada)]
    text = b" ".join(frame.data for frame in hers).decode()
    assert {json.loads(frame.data)["kind"] for frame in hers}.isdisjoint({"note", "priority", "queue"})
    assert "Wallet team" not in text
    assert "Haddad" not in text
    assert '"name":"Noor"' in text
    assert all("state" not in json.loads(frame.data) and "id" not in json.loads(frame.data)["by"] for frame in hers)
    # Who has it is told by the public name alone, without the number of anybody.
    assert [entry["data"] for entry in map(json.loads, (frame.data for frame in hers)) if entry["kind"] == "assigned"] == [
        {"name": "Noor"},
        {"name": None},
    ]


def test_a28_a_record_is_made_of_nothing_that_is_the_teams(desk: cast.Desk) -> None:
    ada = cast.ada()
    _, kept = list_for_record(everything_that_can_happen(ada, desk), ada)
    assert {entry.kind for entry in kept} == {"opened", "message", "assigned", "reply", "status", "secret_removed", "rated"}


def test_a28_a_customer_learns_of_a_status_only_what_concerns_them(desk: cast.Desk, connection: Any) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    for minute, status in enumerate(("waiting", "open", "snoozed", "open", "resolved", "open", "closed")):
        conversations.set_status(conversation=opened, sight=desk.noor, status=status, at=cast.later(minute))
    items = Timeline().read(connection, 0, [], 1000)
    hers = [json.loads(frame.data) for item in items for frame in item.write() if frame.topic == customer_topic(ada)]
    told = [{"to": "resolved"}, {"to": "open"}, {"to": "closed"}]
    assert [entry["data"] for entry in hers if entry["kind"] == "status"] == told
    _, kept = list_for_record(opened, ada)
    assert [entry.data for entry in kept if entry.kind == "status"] == told


def test_the_backlog_begins_after_the_number_and_keeps_the_order(desk: cast.Desk, connection: Any) -> None:
    opened = everything_that_can_happen(cast.ada(), desk)
    frames = Timeline().backlog(connection, agents_claims(desk.noor), opened, 3, 500)
    assert [frame.seq for frame in frames] == sorted(frame.seq or 0 for frame in frames)
    assert frames[0].seq == 4


def test_v29_another_teams_agent_and_another_customer_get_no_backlog(desk: cast.Desk, connection: Any) -> None:
    opened = cast.opens(cast.ada())
    with pytest.raises(ConversationNotFound):
        Timeline().backlog(connection, agents_claims(desk.olek), opened, 0, 500)
    stranger = claims_for("agent:1:0", [f"{customer_topic(1)}%", "*", "t:%"], "desk", at=cast.NIGHT)
    with pytest.raises((ConversationNotFound, TokenInvalid)):
        Timeline().backlog(connection, stranger, opened, 0, 500)


def test_v43_an_agent_whose_sessions_were_ended_is_no_longer_welcome(desk: cast.Desk, connection: Any) -> None:
    from vigil.team.commands import end_sessions

    claims = agents_claims(desk.noor)
    assert Timeline().unwelcome(connection, [claims.subject]) == []
    end_sessions(agent_id=desk.noor.agent_id, actor="system", at=cast.later())
    assert Timeline().unwelcome(connection, [claims.subject]) == [claims.subject]


def test_a_team_that_lost_a_conversation_learns_only_that_it_is_gone(desk: cast.Desk, connection: Any) -> None:
    opened = cast.opens(cast.ada())
    last = Timeline().start(connection)
    conversations.move(conversation=opened, sight=desk.noor, queue_id=get_queue("amer-general").id, at=cast.later())
    (item,) = Timeline().read(connection, last, [], 10)
    near, far = (team_topic(sight.team_ids[0]) for sight in (desk.noor, desk.olek))
    told = {frame.topic: (frame.event, frame.data) for frame in item.write()}
    assert told[far][0] == "entry"
    assert told[near][0] == "gone"
    assert b"text" not in told[near][1]


def test_what_is_shown_ahead_is_letter_by_letter_what_the_reader_shows(desk: cast.Desk, connection: Any) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    noor = get_agent(desk.noor.agent_id)
    conversations.assign(conversation=opened, sight=desk.sol, agent_id=noor.id, at=cast.later(1))
    start = Timeline().start(connection)
    hers = conversations.Message(opened, ada, uuid4(), "My words: " + " ".join(["abandon"] * 11 + ["about"]), "en")
    theirs = [
        conversations.Words(opened, desk.noor, uuid4(), "Move what is left to a new wallet now."),
        conversations.Words(opened, desk.noor, uuid4(), "She typed her phrase.", "note"),
    ]
    written = [conversations.receive_message(hers, at=cast.later(2))]
    ahead = [*ahead_of_reader(written[0])]
    for words in theirs:
        done = (conversations.note if words.kind == "note" else conversations.reply)(words, at=cast.later(3))
        ahead += ahead_of_reader(done, name=noor.name, public_name=noor.public_name)
        written.append(done)
    read = [frame for item in Timeline().read(connection, start, [], 100) for frame in item.write()]
    assert [(frame.topic, frame.conversation, frame.seq, _without_state(frame)) for frame in ahead] == [
        (frame.topic, frame.conversation, frame.seq, _without_state(frame)) for frame in read
    ]
    # How the conversation stands is read later than it was written; at the end both say the same.
    assert json.loads(ahead[-1].data)["state"] == json.loads(read[-1].data)["state"]


def _without_state(frame: Any) -> dict[str, Any]:
    said = dict(json.loads(frame.data))
    said.pop("state", None)
    return said


def test_what_the_reader_must_look_up_and_what_was_stored_before_is_not_shown_ahead(desk: cast.Desk) -> None:
    ada = cast.ada()
    opened = cast.opens(ada)
    assert ahead_of_reader(conversations.assign(conversation=opened, sight=desk.sol, agent_id=desk.noor.agent_id, at=cast.later(1))) == []
    message = conversations.Message(opened, ada, uuid4(), "Hello?", "en")
    assert ahead_of_reader(conversations.receive_message(message, at=cast.later(2))) != []
    assert ahead_of_reader(conversations.receive_message(message, at=cast.later(3))) == []
