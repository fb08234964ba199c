"""The desk's door to the live tier."""

import json
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from tests import cast
from vigil.conversations.errors import ConversationNotFound
from vigil.faces.desk.live import DeskDoor, token_for
from vigil.kernel.errors import Refusal
from vigil.kernel.live import tokens
from vigil.kernel.live.refusals import BadField, UnknownField
from vigil.kernel.live.tokens import Claims
from vigil.team import queries as people

DOOR = DeskDoor()


def claims_of(agent_id: int, **watched: tuple[int, int]) -> Claims:
    return tokens.read(token_for(people.get_agent(agent_id), people.get_sight(agent_id), watched))


def send(claims: Claims, **body: Any) -> Any:
    (outcome,) = DOOR.sending._many([DOOR.read_send(claims, body)])
    return outcome if isinstance(outcome, Refusal) else DOOR.render(claims, outcome)


def test_a_reply_is_answered_with_the_entry_and_its_repeat_with_the_same(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    body = {"conversation": name, "key": str(uuid4()), "text": "We have it.", "kind": "reply"}
    first, again = send(claims_of(desk.noor.agent_id), **body), send(claims_of(desk.noor.agent_id), **body)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.body == again.body
    assert first.body["entry"]["by"] == {"kind": "agent", "id": desk.noor.agent_id, "name": "Noor Haddad"}
    assert (first.body["entry"]["kind"], first.body["entry"]["text"]) == ("reply", "We have it.")


def test_a25_olek_cannot_write_where_he_cannot_see(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    outcome = send(claims_of(desk.olek.agent_id), conversation=name, key=str(uuid4()), text="Hello.", kind="note")
    assert isinstance(outcome, ConversationNotFound)


def test_a27_a_field_that_nobody_asked_for_is_refused(desk: cast.Desk) -> None:
    claims = claims_of(desk.noor.agent_id)
    body = {"conversation": "0" * 26, "key": str(uuid4()), "text": "x"}
    with pytest.raises(UnknownField):
        DOOR.read_send(claims, {**body, "is_internal": True})
    with pytest.raises(BadField):
        DOOR.read_send(claims, {**body, "kind": "message"})


def test_a27_a_reply_names_the_last_entry_that_was_seen_by_its_number_and_is_refused_where_words_crossed_it(desk: cast.Desk) -> None:
    ada, claims = cast.ada(), claims_of(desk.noor.agent_id)
    name = cast.opens(ada)
    body = {"conversation": name, "text": "We have it.", "kind": "reply"}
    for nonsense in (-1, "2", True, None, 1.5):
        with pytest.raises(BadField):
            DOOR.read_send(claims, {**body, "key": str(uuid4()), "seen": nonsense})
    cast.writes(ada, name, "It came.", at=cast.later())
    refused = send(claims, **body, key=str(uuid4()), seen=1)
    assert (refused.code, refused.status) == ("crossed", 409)
    assert send(claims, **body, key=str(uuid4())).body["entry"]["kind"] == "reply"


def test_a28_typing_tells_the_customer_the_public_name_and_the_team_the_real_one(desk: cast.Desk) -> None:
    ada, name = cast.ada(), "0" * 26
    team_id = desk.noor.team_ids[0]
    claims = claims_of(desk.noor.agent_id, **{name: (ada, team_id)})
    frames = DOOR.read_signal(claims, {"conversation": name, "typing": True})
    assert {frame.topic for frame in frames} == {f"p:{ada}", f"t:{team_id}"}
    to_customer = next(frame.data.decode() for frame in frames if frame.topic.startswith("p:"))
    assert '"name":"Noor"' in to_customer
    assert "Haddad" not in to_customer


def test_a28_what_is_shown_ahead_of_the_stream_names_the_agent_as_customers_know_them(desk: cast.Desk) -> None:
    ada = cast.ada()
    name = cast.opens(ada)
    # The first answer also takes the conversation, which the reader tells.
    cast.answers(desk.noor, name, "Hello.", at=cast.later())
    claims = claims_of(desk.noor.agent_id)
    told: dict[str, list[str]] = {"reply": [], "note": []}
    for kind, heard in told.items():
        item = DOOR.read_send(claims, {"conversation": name, "key": str(uuid4()), "text": "We have it.", "kind": kind})
        (outcome,) = DOOR.sending._many([item])
        assert not isinstance(outcome, Refusal)
        heard += [frame.data.decode() for frame in DOOR.news(claims, outcome) if frame.topic != f"t:{desk.noor.team_ids[0]}"]
    (to_customer,) = told["reply"]
    assert '"name":"Noor"' in to_customer
    assert "Haddad" not in to_customer
    assert told["note"] == []


def test_v35_typing_in_a_conversation_that_the_token_does_not_prove_is_refused(desk: cast.Desk) -> None:
    with pytest.raises(ConversationNotFound):
        DOOR.read_signal(claims_of(desk.noor.agent_id), {"conversation": "0" * 26, "typing": True})


def test_v35_a_mark_of_somebody_elses_conversation_is_refused(desk: cast.Desk) -> None:
    name = cast.opens(cast.ada())
    claims = claims_of(desk.olek.agent_id)
    (outcome,) = DOOR.seeing._many([DOOR.read_seen(claims, {"conversation": name, "delivered": 2, "read": 2})])
    assert isinstance(outcome, ConversationNotFound)
    (outcome,) = DOOR.seeing._many([DOOR.read_seen(claims_of(desk.noor.agent_id), {"conversation": name, "read": 2})])
    assert outcome is True


def test_v29_a_token_names_its_topics_one_by_one(desk: cast.Desk) -> None:
    claims = claims_of(desk.noor.agent_id)
    assert not any(letter in topic for topic in claims.topics for letter in "*%_")
    assert claims.topics == {f"a:{desk.noor.agent_id}", *(f"t:{team_id}" for team_id in desk.noor.team_ids)}
    assert replace(claims, topics=frozenset()) != claims


def test_a28_who_is_here_and_writes_a_note_is_told_to_the_team_alone(desk: cast.Desk) -> None:
    ada, name = cast.ada(), "0" * 26
    team_id = desk.noor.team_ids[0]
    claims = claims_of(desk.noor.agent_id, **{name: (ada, team_id)})
    (frame,) = DOOR.read_signal(claims, {"conversation": name, "here": True, "writes": True, "came": False})
    assert (frame.topic, frame.event, frame.matters, frame.seq) == (f"t:{team_id}", "presence", False, None)
    own = {"kind": "agent", "id": desk.noor.agent_id, "name": "Noor Haddad"}
    assert json.loads(frame.data) == {"conversation": name, "by": own, "here": True, "writes": True, "came": False}


def test_v35_nobody_is_here_where_they_do_not_watch_and_no_signal_is_two_at_once(desk: cast.Desk) -> None:
    name, here = "0" * 26, {"here": True, "writes": False, "came": True}
    with pytest.raises(ConversationNotFound):
        DOOR.read_signal(claims_of(desk.noor.agent_id), {"conversation": name, **here})
    claims = claims_of(desk.noor.agent_id, **{name: (cast.ada(), desk.noor.team_ids[0])})
    with pytest.raises(BadField):
        DOOR.read_signal(claims, {"conversation": name, "here": True})
    with pytest.raises(UnknownField):
        DOOR.read_signal(claims, {"conversation": name, "typing": True, **here})


def test_the_answer_to_a_beat_is_told_to_nobody_and_says_nothing_else(desk: cast.Desk) -> None:
    claims = claims_of(desk.noor.agent_id)
    assert DOOR.read_signal(claims, {"alive": True}) == []
    for more in ({"alive": "yes"}, {"alive": True, "conversation": "0" * 26}):
        with pytest.raises(Refusal):
            DOOR.read_signal(claims, more)
