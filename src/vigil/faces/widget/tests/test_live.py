"""The guest's live door: what it reads, what it refuses, and whom it tells."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations.errors import ConversationNotFound
from vigil.faces.widget import budgets, live
from vigil.faces.widget.guest import Guest, claims_of
from vigil.faces.widget.live import WidgetDoor
from vigil.kernel import clock
from vigil.kernel.errors import Refusal
from vigil.kernel.ids import new_public_id
from vigil.kernel.live.refusals import BadField, TokenInvalid, TooFast, UnknownField
from vigil.kernel.live.tokens import Claims, claims_for

NAME = new_public_id()


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BUDGETS", budgets.Budgets(lambda: 1.0))


def claims(customer_id: int = 7, **teams: int) -> Claims:
    return claims_of(Guest(new_public_id(), customer_id, "site_demo", "ru", teams), at=clock.now())


def body(**changes: Any) -> dict[str, Any]:
    return {"conversation": NAME, "key": str(uuid4()), "text": "Hello", **changes}


def test_a_message_is_the_guests_own_whatever_the_body_says() -> None:
    message = WidgetDoor().read_send(claims(7), body())
    assert (message.customer_id, message.conversation, message.language, message.meant) == (7, NAME, "ru", "")
    assert WidgetDoor().read_send(claims(7), body(meant="public")).meant == "public"


@pytest.mark.parametrize("field", ["customer", "customer_id", "kind", "assignee", "at", "seq"])
def test_a27_a_message_takes_no_field_more(field: str) -> None:
    with pytest.raises(UnknownField):
        WidgetDoor().read_send(claims(), body(**{field: 1}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": None},
        {"key": "1"},
        {"key": "00000000-0000-1000-8000-000000000000"},
        {"conversation": 5},
        {"conversation": "%"},
        {"text": ["x"]},
        {"meant": "maybe"},
        {"meant": ["public"]},
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadField):
        WidgetDoor().read_send(claims(), body(**wrong))


def test_v24_a_token_of_another_door_opens_nothing() -> None:
    foreign = claims_for("agent:1:1", ["t:1"], "desk", at=clock.now(), detail={"agent": 1})
    for read in (WidgetDoor().read_send, WidgetDoor().read_seen, WidgetDoor().read_signal):
        with pytest.raises(TokenInvalid):
            read(foreign, body())


def test_typing_reaches_the_team_and_holds_no_word() -> None:
    (frame,) = WidgetDoor().read_signal(claims(7, **{NAME: 3}), {"conversation": NAME, "typing": True})
    assert (frame.topic, frame.event) == ("t:3", "typing")
    assert json.loads(frame.data) == {"conversation": NAME, "by": {"kind": "customer"}, "typing": True}


def test_v35_nobody_types_in_a_conversation_of_others() -> None:
    with pytest.raises(ConversationNotFound):
        WidgetDoor().read_signal(claims(7, **{NAME: 3}), {"conversation": new_public_id(), "typing": True})


def test_a02_whoever_guesses_by_typing_is_stopped() -> None:
    mallory = claims(900_001)
    for _ in range(20):
        with pytest.raises(ConversationNotFound):
            WidgetDoor().read_signal(mallory, {"conversation": new_public_id(), "typing": True})
    with pytest.raises(TooFast):
        WidgetDoor().read_signal(mallory, {"conversation": new_public_id(), "typing": True})


@pytest.mark.django_db
def test_v35_nobody_reads_or_writes_in_a_conversation_of_others() -> None:
    cast.open_the_desk()
    opened, mallory = cast.opens(cast.ada()), cast.mallory()
    (seen,) = live._mark([conversations.Sighting(opened, mallory, 2, 2)])
    (sent,) = live._receive([conversations.Message(opened, mallory, uuid4(), "Hello from me.")])
    assert isinstance(seen, ConversationNotFound)
    assert isinstance(sent, ConversationNotFound)


@pytest.mark.django_db
def test_v43_a_guest_whose_session_ended_writes_and_marks_nothing_more() -> None:
    cast.open_the_desk()
    ada, door = cast.ada(), WidgetDoor()
    opened = cast.opens(ada)
    # A test may look into the rows of another app; the face itself may not.
    sessions = apps.get_model("customers", "GuestSession").objects
    session = sessions.create(customer_id=ada, site_key="site_demo", created_at=cast.NIGHT, used_at=cast.NIGHT)
    token = claims_of(Guest(session.public_id, ada, "site_demo", "en", {}), at=clock.now())
    sent = [door.read_send(token, body(conversation=opened)) for _ in range(3)]
    seen = [door.read_seen(token, {"conversation": opened, "read": 2})]
    assert not [outcome for outcome in live._receive(sent) if isinstance(outcome, Refusal)]
    sessions.update(ended_at=cast.later())
    stored = apps.get_model("conversations", "Entry").objects.count()
    late = [door.read_send(token, body(conversation=opened)) for _ in range(3)]
    assert [type(outcome) for outcome in live._receive([*sent, *late])] == [TokenInvalid] * 6
    assert apps.get_model("conversations", "Entry").objects.count() == stored
    assert [type(outcome) for outcome in live._see(seen)] == [TokenInvalid]


@pytest.mark.django_db
def test_a02_whoever_guesses_names_of_conversations_is_stopped() -> None:
    mallory = cast.mallory()
    guesses = [conversations.Message(new_public_id(), mallory, uuid4(), "Is it this one?") for _ in range(21)]
    outcomes = [type(outcome) for outcome in live._receive(guesses) if isinstance(outcome, Refusal)]
    assert outcomes == [ConversationNotFound] * 20 + [TooFast]
    with pytest.raises(TooFast):
        WidgetDoor().read_send(claims(mallory), body())


@pytest.mark.django_db
def test_a28_the_sender_is_answered_with_the_entry_as_the_stream_shows_it() -> None:
    desk = cast.open_the_desk()
    ada = cast.ada()
    opened = cast.opens(ada)
    cast.answers(desk.noor, opened, "Yes?", at=cast.later())
    key = uuid4()
    written = cast.writes(ada, opened, "It is this one.", at=cast.later(2), key=key)
    sent = WidgetDoor().render(claims(ada), written)
    assert sent.is_new
    assert dict(sent.body["entry"]) == {
        "conversation": opened,
        "seq": 5,
        "kind": "message",
        "at": "2026-03-01T00:00:00.000Z",
        "by": {"kind": "you"},
        "key": str(key),
        "text": "It is this one.",
        "lang": "en",
    }
