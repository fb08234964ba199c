"""What is personal of a customer stands in no page before somebody has said why they must see it."""

import logging
import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client

from tests import cast
from vigil.conversations import commands as conversations
from vigil.customers import commands as customers
from vigil.faces.desk.tests.conftest import Enter
from vigil.reveals import queries as reveals
from vigil.workspace.profile import profile

UID, ADDRESS = "70012345", "ada.byron@letters.example"
SECRETS = (UID, ADDRESS, "ada@mail.example", "ada.b@other.example", "900123")


@pytest.fixture
def name(desk: cast.Desk) -> str:
    ada = cast.ada()
    apps.get_model("customers", "Customer").objects.filter(id=ada).update(uid=UID, is_verified=True)
    customers.give_address(customer_id=ada, email=ADDRESS, at=cast.NIGHT)
    opened = cast.opens(ada, "Where is it?")
    for text in ("Ask at ada.b@other.example, or +44 7700 900123.", "Order 1234567890123456789, 500 USDT."):
        cast.writes(ada, opened, text, at=cast.later(1))
    # Behind a whole page of words hers are out of the thread, and in the column all the same.
    for _ in range(101):
        conversations.note(conversations.Words(opened, desk.sol, uuid4(), "noted", "note"), at=cast.later(2))
    return opened


def key_of(page: str, what: str) -> str:
    return next(str(key) for key in re.findall(r"personal\?key=([\w-]+)", page) if key.startswith(what))


def asks(client: Client, name: str, key: str, **given: str) -> tuple[int, str]:
    answer = client.post(
        f"/desk/conversations/{name}/personal", {"key": key, "reason": "account", "words": "", **given}, headers={"HX-Request": "true"}
    )
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("part", ["", "/head", "/macros", "/menu", "/merging", "/entries?after=4"])
def test_a62_no_value_stands_in_any_page_before_it_was_asked_for(noor: Client, name: str, part: str) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        answer = noor.get(f"/desk/conversations/{name}{part}", headers=headers)
        assert answer.status_code == 200
        assert [each for each in SECRETS if each in answer.content.decode()] == []
        assert "no-store" in answer["Cache-Control"]


def test_a62_whoever_says_why_is_shown_the_one_value_and_the_page_has_it_masked_again(noor: Client, desk: cast.Desk, name: str) -> None:
    page = noor.get(f"/desk/conversations/{name}").content.decode()
    assert "7•••345" in page
    assert "a•••@l•••.example" in page
    key = key_of(page, "uid")
    form = noor.get(f"/desk/conversations/{name}/personal?key={key}").content.decode()
    assert UID not in form
    assert form.count("<option") == 6
    status, shown = asks(noor, name, key)
    assert status == 200
    assert [each for each in SECRETS if each in shown] == [UID]
    assert "shown to Noor Haddad" in shown
    assert UID not in noor.get(f"/desk/conversations/{name}").content.decode()
    assert "7•••345" in noor.get(f"/desk/conversations/{name}/personal?key={key}&masked").content.decode()


def test_a62_what_is_asked_without_a_reason_is_not_shown(noor: Client, name: str, caplog: pytest.LogCaptureFixture) -> None:
    key = key_of(noor.get(f"/desk/conversations/{name}").content.decode(), "address")
    with caplog.at_level(logging.DEBUG):
        answers = [
            asks(noor, name, key, **given) for given in ({"reason": ""}, {"reason": "fun"}, {"reason": "other"}, {"reason": "reach"})
        ]
    assert [status for status, _ in answers] == [400, 400, 422, 200]
    assert [ADDRESS in shown for _, shown in answers] == [False, False, False, True]
    assert ADDRESS not in caplog.text
    assert noor.get(f"/desk/conversations/{name}/personal?key=uid-0").status_code == 404


def test_a_profile_may_let_account_numbers_be_seen(noor: Client, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reveals, "profile", lambda: replace(profile(), masks_uid=False))
    page = noor.get(f"/desk/conversations/{name}").content.decode()
    assert f">{UID}</bdi>" in page
    assert ADDRESS not in page


def test_facts_of_the_case_are_whole_marked_and_ready_to_be_copied(noor: Client, desk: cast.Desk) -> None:
    wrong, right = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
    name = cast.opens(cast.ada(), f"I sent 500 USDT to {right}, or was it {wrong}?")
    page = noor.get(f"/desk/conversations/{name}").content.decode()
    facts = page[page.index('id="facts"') :]
    assert f'data-value="{right}"' in facts
    assert 'data-value="500 USDT"' in facts
    rows = {value: row for row in facts.split("<dt>") for value in (right, wrong) if f'title="{value}"' in row}
    assert "well formed" in rows[right]
    assert "doubtful" in rows[wrong]


def test_a62_supervisors_see_how_often_and_a_mark_where_it_is_unusual(
    desk: cast.Desk, noor: Client, enter: Enter, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, sol = key_of(noor.get(f"/desk/conversations/{name}").content.decode(), "uid"), enter(desk.sol.agent_id)
    asks(noor, name, key, reason="other", words="He reads it to me on the phone")
    watch = sol.get("/desk/watch").content.decode()
    assert "unusually many" not in watch
    monkeypatch.setattr(reveals, "profile", lambda: replace(profile(), usual_reveals=0))
    assert "1, unusually many" in sol.get("/desk/watch?part").content.decode()
    work = sol.get(f"/desk/watch/{desk.noor.agent_id}").content.decode()
    assert "He reads it to me on the phone" in work
    assert UID not in work
    assert noor.get(f"/desk/watch/{desk.noor.agent_id}").status_code == 403
