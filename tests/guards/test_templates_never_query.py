"""A template shows what a presenter gave it; it never asks the database."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory

from tests import cast
from vigil.conversations import commands as conversations
from vigil.demo.views import front_page
from vigil.macros import commands as macros
from vigil.records import queries as records
from vigil.search.tests.asking import catch_up
from vigil.team import queries as people
from vigil.team.letters import write_reset


class AskedInTemplate(AssertionError):
    """A query ran while a template was rendered."""


@pytest.fixture
def no_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail whenever a template, the outermost one with all it includes, asks the database."""
    render: Any = Template.render

    def forbid(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        raise AskedInTemplate(sql[:200])

    def silent(self: Template, context: Any) -> Any:
        with connection.execute_wrapper(forbid):
            return render(self, context)

    monkeypatch.setattr(Template, "render", silent)


@pytest.fixture
def noor(db: None) -> Client:
    desk = cast.open_the_desk()
    client = Client()
    client.force_login(people.get_user(desk.noor.agent_id))
    return client


def test_no_page_of_the_desk_asks_while_it_is_written(noor: Client, no_questions: None) -> None:
    sight = people.get_sight(people.list_colleagues(people.get_sight(int(noor.session["_auth_user_id"])).team_ids)[0].id)
    name = cast.opens(cast.ada())
    cast.opens(cast.wei())
    conversations.note(conversations.Words(name, sight, uuid4(), "Look at the memo.", "note"), at=cast.later())
    conversations.assign(conversation=name, sight=sight, agent_id=sight.agent_id, at=cast.later())
    macros.ensure_macro(key="hello", position=0, team_id=None, titles={"en": "Hello"}, texts={"en": "Hello {{customer.name}}"})
    for path in ("team", "live", "mine", "done", "search", "queues/emea-general", "nav", "rows?place=team", "mentions"):
        assert noor.get(f"/desk/{path}").status_code == 200
    catch_up()
    for path in ("search", "search/box"):
        assert name in noor.post(f"/desk/{path}", {"words": "memo status:open"}, follow=True).content.decode()
    for piece in ("", "/head", "/entries?after=0", "/entries?before=3", "/menu", "/macros", "/draft", "/people"):
        assert noor.get(f"/desk/conversations/{name}{piece}").status_code == 200
    for path in ("sign-in", "reset", "reset/x"):
        assert Client().get(f"/desk/{path}").status_code == 200


def test_no_page_for_customers_asks_while_it_is_written(noor: Client, no_questions: None) -> None:
    customer = cast.wei()
    name = cast.opens(customer)
    assert Client().get("/widget/frame?site=site_demo&lang=ja").status_code == 200
    for record in (records.get_html_record, records.get_text_record):
        assert record(conversation=name, customer_id=customer, language="ja", zone="Asia/Tokyo", at=cast.later())
    assert front_page(RequestFactory().get("/")).status_code == 200


def test_no_letter_asks_while_it_is_written(noor: Client, no_questions: None) -> None:
    agent_id = int(noor.session["_auth_user_id"])
    until = int(cast.later().timestamp())
    count = people.get_user(agent_id).reset_count
    letter = write_reset({"agent_id": agent_id, "count": count, "until": until}, "ru")
    assert "/desk/reset/" in letter.text


def test_the_guard_sees_a_question(db: None, no_questions: None) -> None:
    class Lazy:
        def __str__(self) -> str:
            return str(people.list_all_queues())

    with pytest.raises(AskedInTemplate):
        Template("{{ lazy }}").render(Context({"lazy": Lazy()}))
