"""What a customer's program is answered when something is wrong on our side: JSON, in her language, whatever it was."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from vigil.faces.widget.views import conversations as view
from vigil.faces.widget.views import session as arriving
from vigil.team import commands as team

pytestmark = pytest.mark.django_db


def arrive(client: Client, language: str = "en", **more: str) -> dict[str, Any]:
    """Come as Ada, or come back with her `token`, and give what the session answered."""
    body = {"site": "site_demo", "language": language, "zone": "UTC", **more}
    answer = client.post("/widget/api/session", body, content_type="application/json")
    assert answer.status_code in {200, 201}, answer.content
    found: dict[str, Any] = answer.json()
    return found


def begin(client: Client, live: str, language: str = "en") -> Any:
    body = {"key": str(uuid4()), "text": "Hello", "language": language}
    headers = {"authorization": f"Bearer {live}", "accept-language": language}
    return client.post("/widget/api/conversations", body, content_type="application/json", headers=headers)


def test_where_no_queue_is_the_customer_is_told_so_in_her_language_and_nothing_is_stored(client: Client) -> None:
    irina = arrive(client, "ru")
    answer = begin(client, irina["live"], "ru")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    said = answer.json()
    assert said["error"] == "queue_missing"
    assert said["message"].startswith("Сейчас мы не можем начать новую беседу"), said
    assert arrive(client, "ru", token=irina["token"])["conversations"] == []


def test_once_the_profiles_teams_are_made_the_first_customer_is_heard(client: Client) -> None:
    team.ensure_teams_of_the_profile()
    ada = arrive(client)
    assert begin(client, ada["live"]).status_code == 201
    assert len(arrive(client, token=ada["token"])["conversations"]) == 1


def test_what_nobody_foresaw_is_still_answered_as_json_and_tells_nothing_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    live = arrive(client)["live"]

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a word of hers")

    monkeypatch.setattr(view, "bearer", fail)
    monkeypatch.setattr(arriving, "clock", None)
    bearer = {"authorization": f"Bearer {live}"}
    answers = [
        begin(client, live),
        client.post("/widget/api/session", {"site": "site_demo", "language": "en", "zone": "UTC"}, content_type="application/json"),
        client.get("/widget/api/conversations/nothing/place", headers={"accept": "text/html", **bearer}),
    ]
    for answer in answers:
        assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/json"), answer.content
        assert answer.json()["error"] == "failed"
        assert "hers" not in answer.content.decode()


def test_a_page_that_breaks_is_still_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigil.faces.desk.views.resetting.render", None)
    answer = Client(raise_request_exception=False).get("/desk/reset")
    assert answer.status_code == 500
    assert "<html" in answer.content.decode()
