"""What a customer is told of all her conversations: how many answers wait in each, and those from long ago."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests import cast
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.faces.widget import budgets
from vigil.faces.widget.tests.test_doors import arrive
from vigil.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(monkeypatch: pytest.MonkeyPatch) -> cast.Desk:
    fresh = budgets.Budgets(lambda: 1.0)
    for module in ("live", "views.session", "views.conversations"):
        monkeypatch.setattr(f"vigil.faces.widget.{module}.BUDGETS", fresh)
    return cast.open_the_desk()


def bears(ada: dict[str, Any]) -> dict[str, str]:
    return {"authorization": f"Bearer {ada['live']}"}


def begins(client: Client, ada: dict[str, Any], text: str) -> str:
    body = {"key": str(uuid4()), "text": text}
    answer = client.post("/widget/api/conversations", body, content_type="application/json", headers=bears(ada))
    assert answer.status_code == 201, answer.content
    return str(answer.json()["conversation"])


def unread(answer: dict[str, Any]) -> dict[str, int]:
    return {each["id"]: each["unread"] for each in answer["conversations"]}


def listed(client: Client, ada: dict[str, Any], path: str = "conversations") -> dict[str, Any]:
    answer = client.get(f"/widget/api/{path}", headers=bears(ada))
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_answers_are_counted_in_each_conversation_whatever_became_of_it(client: Client, desk: cast.Desk) -> None:
    ada = arrive(client)
    first, second = begins(client, ada, "My deposit is late."), begins(client, ada, "And a withdrawal too.")
    assert unread(arrive(client, token=ada["token"])) == {first: 0, second: 0}
    for text in ("One.", "Two."):
        cast.answers(desk.noor, first, text, at=clock.now())
    conversations.set_status(conversation=first, sight=desk.noor, status="resolved", at=clock.now())
    assert unread(listed(client, ada)) == {first: 2, second: 0}
    assert listed(client, ada)["live"]
    assert listed(client, arrive(client))["conversations"] == [], "nobody hears of another's"


def test_an_answer_that_was_read_or_withdrawn_is_counted_no_more(client: Client, desk: cast.Desk) -> None:
    ada = arrive(client)
    name = begins(client, ada, "My deposit is late.")
    one, two, _ = (cast.answers(desk.noor, name, text, at=clock.now()).entry for text in ("One.", "Two.", "Three."))
    assert one is not None
    assert two is not None
    assert unread(listed(client, ada)) == {name: 3}
    conversations.withdraw_reply(conversation=name, sight=desk.noor, seq=two.seq, at=clock.now())
    assert unread(listed(client, ada)) == {name: 2}
    row = queries.find_conversation(name, desk.noor)
    assert row is not None
    conversations.mark_seen(conversation=name, who=row.customer_id, delivered=one.seq, read=one.seq)
    assert unread(listed(client, ada)) == {name: 1}


def test_older_conversations_are_listed_page_by_page_and_nobody_elses(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigil.faces.widget.presenters.session.MOST_CONVERSATIONS", 2)
    ada, eve = arrive(client), arrive(client)
    begins(client, eve, "Mine alone.")
    names = [begins(client, ada, f"Question {number}.") for number in range(5)][::-1]
    assert list(unread(listed(client, ada))) == names[:2]
    assert list(unread(listed(client, ada, f"conversations/{names[1]}/earlier"))) == names[2:4]
    assert list(unread(listed(client, ada, f"conversations/{names[3]}/earlier"))) == names[4:]
    assert client.get(f"/widget/api/conversations/{names[1]}/earlier", headers=bears(eve)).status_code == 404


def test_an_end_that_waited_for_the_connection_may_have_a_key(client: Client) -> None:
    ada = arrive(client)
    name = begins(client, ada, "It is solved.")
    for _ in range(2):
        answer = client.post(
            f"/widget/api/conversations/{name}/end", {"key": str(uuid4())}, content_type="application/json", headers=bears(ada)
        )
        assert (answer.status_code, answer.json()["entry"]["data"]["to"]) == (200, "resolved")
