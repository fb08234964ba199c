"""Whoever is blocked is told so at each of the chat's doors, in the language that was chosen there."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests import cast
from vigil.conversations import commands as conversations
from vigil.faces.widget import budgets
from vigil.faces.widget.tests.test_doors import arrive
from vigil.kernel import clock

pytestmark = pytest.mark.django_db
PICTURE = {"name": "screen.png", "type": "image/png", "size": 100}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("live", "views.session", "views.conversations"):
        monkeypatch.setattr(f"vigil.faces.widget.{module}.BUDGETS", budgets.Budgets(lambda: 1.0))


def posts(client: Client, guest: dict[str, Any], path: str, body: dict[str, Any]) -> Any:
    headers = {"authorization": f"Bearer {guest['live']}"}
    return client.post(f"/widget/api/{path}", body, content_type="application/json", headers=headers)


def test_whoever_is_blocked_begins_nothing_and_sends_no_file_but_reads_on(client: Client) -> None:
    desk, guest = cast.open_the_desk(), arrive(client, language="ru")
    name = posts(client, guest, "conversations", {"key": str(uuid4()), "text": "You fools."}).json()["conversation"]
    conversations.block_customer(conversation=name, sight=desk.noor, reason="abuse", at=clock.now())
    refused = [
        posts(client, guest, "conversations", {"key": str(uuid4()), "text": "Still fools."}),
        posts(client, guest, "files", PICTURE),
    ]
    assert [(answer.status_code, answer.json()["error"]) for answer in refused] == [(403, "blocked")] * 2
    assert all(answer.json()["message"].startswith("Сейчас мы не принимаем") for answer in refused)
    listed = client.get("/widget/api/conversations", headers={"authorization": f"Bearer {guest['live']}"})
    assert [each["id"] for each in listed.json()["conversations"]] == [name]
    conversations.block_customer(conversation=name, sight=desk.noor, reason="", at=clock.now())
    assert posts(client, guest, "files", PICTURE).status_code == 201
