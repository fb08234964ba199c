"""An answer by mail that may still be undone, at the desk."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests import cast
from vigil.conversations import commands as conversations
from vigil.faces.desk.live import DeskDoor
from vigil.faces.desk.tests.test_live import claims_of
from vigil.kernel.errors import Refusal


@pytest.fixture
def name(desk: cast.Desk) -> str:
    """A conversation by mail."""
    opening = conversations.Opening(cast.ada(), "email", "en", uuid4(), "Where is my withdrawal?", "emea-general")
    return conversations.open_conversation(opening, at=cast.NIGHT).conversation


@pytest.fixture
def sent(desk: cast.Desk, name: str) -> Any:
    """What the desk of Noor is told who has just answered there."""
    door = DeskDoor()
    body = {"conversation": name, "key": str(uuid4()), "text": "We have **found** it.", "kind": "reply"}
    claims = claims_of(desk.noor.agent_id)
    (outcome,) = door.sending._many([door.read_send(claims, body)])
    assert not isinstance(outcome, Refusal)
    assert list(door.news(claims, outcome)) == []
    return door.render(claims, outcome)


def test_its_author_is_told_until_when_it_waits(sent: Any, name: str) -> None:
    assert sent.is_new
    assert sent.body["conversation"] == name
    assert set(sent.body["departure"]) == {"id", "at"}


def test_the_thread_shows_it_to_its_author_alone(sent: Any, name: str, noor: Client, desk: cast.Desk, enter: Any) -> None:
    shown = noor.get(f"/desk/conversations/{name}").content.decode()
    assert f'data-pending data-departure="{sent.body["departure"]["id"]}" data-goes="{sent.body["departure"]["at"]}"' in shown
    assert "We have <strong>found</strong> it." in shown.replace("<p>", "")
    assert "data-departure" not in enter(desk.sol.agent_id).get(f"/desk/conversations/{name}").content.decode()


def test_undone_its_words_are_in_the_field_again(sent: Any, name: str, noor: Client) -> None:
    path = f"/desk/conversations/{name}/departures/{sent.body['departure']['id']}/return"
    told = noor.post(path, headers={"accept": "application/json"})
    assert told.status_code == 200
    assert (told.json()["text"], told.json()["kind"], told.json()["files"]) == ("We have **found** it.", "reply", [])
    shown = noor.get(f"/desk/conversations/{name}").content.decode()
    assert "data-departure" not in shown
    assert "We have **found** it.</textarea>" in shown
    again = noor.post(path, headers={"accept": "application/json"})
    assert (again.status_code, again.json()["error"]) == (409, "gone_already")


def test_a25_a_colleague_undoes_nothing_of_it(sent: Any, name: str, desk: cast.Desk, enter: Any) -> None:
    path = f"/desk/conversations/{name}/departures/{sent.body['departure']['id']}/return"
    assert enter(desk.sol.agent_id).post(path, headers={"accept": "application/json"}).status_code == 409
