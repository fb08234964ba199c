"""What every page of the desk has in common: looking changes nothing, hostile words stay words, nobody's header is believed."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client

from tests import cast
from tests.houses import ROOT
from tests.security.test_a34_route_matrix import ABOVE, AGENTS, FORMS, TEAMS, address, knock, ours, routes
from vigil.conversations import commands as conversations
from vigil.conversations import queries
from vigil.conversations.jobs import give_back
from vigil.conversations.rights import find_unwelcome
from vigil.faces.desk.live import token_for
from vigil.kernel import clock
from vigil.kernel.errors import Refusal
from vigil.kernel.live import tokens
from vigil.team import commands as team
from vigil.team import queries as people
from vigil.team.errors import TooManyTries

__all__ = ["ours"]  # the fixture
# What may move when somebody looks: since when they are here, the key by which browsers are told, made once, and that they looked.
_MAY_MOVE = {"django_session", "team_agentsession", "nudges_ownkey", "readings_reading", "readings_reader"}
_HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


def sits(agent_id: int, **headers: str) -> Client:
    client = Client(headers={"accept": "text/html", **headers})
    client.force_login(people.get_user(agent_id))
    return client


def doors(conversation: str) -> Iterator[tuple[str, str]]:
    for name, pattern in routes():
        if name in AGENTS | ABOVE | TEAMS:
            yield name, address(name, pattern, conversation)


def rows() -> dict[str, Any]:
    """Read every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if model._meta.managed and table not in _MAY_MOVE:
                cursor.execute(f'SELECT md5(COALESCE(string_agg(t::text, chr(10) ORDER BY t::text), $$$$)) FROM "{table}" AS t')  # noqa: S608 (names of our own tables)
                found[table] = cursor.fetchone()
    return found


def test_v31_looking_at_a_page_changes_nothing(ours: tuple[cast.Desk, str]) -> None:
    desk, conversation = ours
    sol = sits(desk.sol.agent_id)
    sol.get("/desk/live-token")  # which says that somebody is at the desk
    before = rows()
    for name, path in doors(conversation):
        if name != "desk:live-token":
            for method in (sol.get, sol.head):
                method(path)
    after = rows()
    assert {table for table in before if before[table] != after[table]} == set()


def test_v32_a_field_on_top_is_refused_and_whose_name_an_act_bears_is_the_session_s(ours: tuple[cast.Desk, str]) -> None:
    desk, conversation = ours
    noor = sits(desk.noor.agent_id, accept="application/json")
    for name, path in doors(conversation):
        if name in set(FORMS) - ABOVE - {"desk:confirm"}:
            for extra in ({"author": str(desk.sol.agent_id)}, {"at": "2020-01-01T00:00:00Z"}):
                answer = noor.post(path, {**FORMS[name], **extra})
                # Some ask for the password first, and look at nothing before.
                assert answer.status_code in {400, 302}, (name, answer.status_code)
                assert answer.status_code == 400 or answer["Location"].startswith("/desk/confirm"), name


def test_v33_nothing_is_sorted_or_sifted_by_what_is_hidden(ours: tuple[cast.Desk, str]) -> None:
    desk, _ = ours
    noor = sits(desk.noor.agent_id)
    plain = re.findall(r'data-id="(\w+)"', noor.get("/desk/team").content.decode())
    for asked in ("sort=customer__email", "order=-customer__uid", "customer__email__startswith=a", "q=ada%40mail", "filter=is_verified"):
        answer = noor.get(f"/desk/team?{asked}")
        assert answer.status_code == 400 or re.findall(r'data-id="(\w+)"', answer.content.decode()) == plain, asked


def test_v30_nobody_of_another_team_is_offered_and_nothing_of_theirs(ours: tuple[cast.Desk, str]) -> None:
    desk, conversation = ours
    ada = queries.get_thread(conversation, desk.sol).conversation.customer_id
    far = cast.opens(ada, "For the far team alone.", queue=desk.far_queue)
    noor = sits(desk.noor.agent_id)
    for page in ("menu", "merging", "people", "tagging", "macros"):
        html = noor.get(f"/desk/conversations/{conversation}/{page}").content.decode()
        assert far not in html, page
        assert "far team" not in html, page
        assert "Olek" not in html, page
    assert far not in noor.get(f"/desk/conversations/{conversation}").content.decode()


def test_v37_no_header_says_who_somebody_is(ours: tuple[cast.Desk, str]) -> None:
    desk, conversation = ours
    names = ("X-Remote-User", "Remote-User", "X-Forwarded-User", "X-User-Id", "X-Auth-Request-Email", "X-Webauth-User")
    for value in ("noor@vigil.example", str(desk.noor.agent_id)):
        stranger = Client(headers=dict.fromkeys(names, value) | {"accept": "application/json"}, REMOTE_USER=value)
        for name, path in doors(conversation):
            assert knock(stranger, name, path).status_code == 401, name


def test_v21_a67_whatever_staff_and_customers_keep_is_drawn_as_words_on_every_page(ours: tuple[cast.Desk, str]) -> None:
    desk, conversation = ours
    thread = queries.get_thread(conversation, desk.noor)
    customer = thread.conversation.customer_id
    cast.writes(customer, conversation, _HOSTILE, at=cast.later(5))
    words = conversations.Words(conversation, desk.noor, uuid4(), _HOSTILE, "note")
    conversations.reply(words, at=cast.later(6))
    cast.answers(desk.noor, conversation, _HOSTILE, at=cast.later(7))
    sol, noor = sits(desk.sol.agent_id), sits(desk.noor.agent_id)
    noor.post(f"/desk/conversations/{conversation}/tags", {"tag": "<b onx=1>", "on": "yes"})
    noor.post(f"/desk/conversations/{conversation}/draft", {"text": _HOSTILE, "kind": "note", "base": ""})
    mine = {"languages": ["en"], "zone": "UTC", "ui_language": "en", "theme": "dark", "density": "dense"}
    assert noor.post("/desk/account", {**mine, "public_name": "<i onx=1>Noor", "signature": _HOSTILE}).status_code == 302
    for client in (noor, sol):
        for name, path in doors(conversation):
            answer = client.get(path)
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            html = answer.content.decode(errors="replace")
            assert "<img src=x" not in html, name
            assert "<script>alert" not in html, name
            assert not re.search(r"<[bi] onx", html), name


def test_a63_what_was_said_is_neither_changed_nor_removed_nor_dated_by_anybody(ours: tuple[cast.Desk, str]) -> None:
    desk, conversation = ours
    before = [(entry.seq, entry.text, entry.created_at) for entry in queries.get_thread(conversation, desk.sol).entries]
    for agent in (desk.noor, desk.sol):
        client = sits(agent.agent_id, accept="application/json")
        for name, path in doors(conversation):
            for method in (client.put, client.patch, client.delete):
                assert method(path).status_code in {403, 404, 405}, name
    seq = next(entry.seq for entry in queries.get_thread(conversation, desk.sol).entries if entry.kind == "reply")
    late = cast.later(60 * 24 * 400)
    with pytest.raises(Refusal):
        conversations.withdraw_reply(conversation=conversation, sight=desk.noor, seq=seq, at=late)
    after = [(entry.seq, entry.text, entry.created_at) for entry in queries.get_thread(conversation, desk.sol).entries]
    assert after[: len(before)] == before


def test_v41_a_letter_box_is_not_filled_with_links(ours: tuple[cast.Desk, str]) -> None:
    for minute in range(3):
        team.ask_for_reset(email="noor@vigil.example", address=f"192.0.2.{minute}", at=cast.later(minute))
    for email in ("noor@vigil.example", " NOOR@vigil.example "):
        with pytest.raises(TooManyTries):
            team.ask_for_reset(email=email, address="192.0.2.9", at=cast.later(59))
    team.ask_for_reset(email="noor@vigil.example", address="192.0.2.9", at=cast.later(61))
    for number in range(10):
        team.ask_for_reset(email=f"{number}@vigil.example", address="198.51.100.1", at=cast.later(number))
    with pytest.raises(TooManyTries):
        team.ask_for_reset(email="another@vigil.example", address="198.51.100.1", at=cast.later(30))


def test_v45_a_session_stands_in_no_page_address_or_log_and_is_plain_json(
    ours: tuple[cast.Desk, str], caplog: pytest.LogCaptureFixture
) -> None:
    desk, conversation = ours
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"
    noor = sits(desk.noor.agent_id)
    key = noor.cookies[settings.SESSION_COOKIE_NAME].value
    with caplog.at_level("DEBUG"):
        for name, path in doors(conversation):
            answer = noor.get(path)
            assert key not in answer.content.decode(errors="replace"), name
            assert key not in answer.headers.get("Location", ""), name
    assert key not in caplog.text.replace(f"session_key = '{key}'", "")
    sources = (path for path in (ROOT / "src").rglob("*.py") if "/tests/" not in str(path))
    opens = re.compile(r"^\s*(?:import|from) (?:pickle|marshal|shelve|dill|yaml)\b", re.MULTILINE)
    assert [str(path) for path in sources if opens.search(path.read_text(encoding="utf-8"))] == []


def test_a80_whoever_left_has_nothing_that_still_works(ours: tuple[cast.Desk, str]) -> None:
    desk, conversation = ours
    left, browsers = desk.noor.agent_id, [Client(), Client()]
    for browser in browsers:
        browser.post("/desk/sign-in", {"email": "noor@vigil.example", "password": cast.PASSWORD, "next": "/desk/"})
    sessions = [session.id for session in people.list_sessions(left, at=clock.now())]
    agent = people.get_agent(left)
    subjects = [tokens.read(token_for(agent, desk.noor, {}, browser=session)).subject for session in sessions]
    conversations.assign(conversation=conversation, sight=desk.noor, agent_id=left, at=clock.now())
    browsers[0].post(f"/desk/conversations/{conversation}/draft", {"text": "Half a sentence", "kind": "reply", "base": ""})
    team.switch_off(agent_id=left, actor="system", at=clock.now())
    for browser in browsers:
        assert browser.get("/desk/team").status_code == 302
    assert set(find_unwelcome(subjects)) == set(subjects)
    assert len(subjects) == 2
    answer = Client().post("/desk/sign-in", {"email": "noor@vigil.example", "password": cast.PASSWORD, "next": "/desk/"})
    assert answer.status_code == 403 or b"password" in answer.content
    words = conversations.Words(conversation, desk.noor, uuid4(), "Still here.", by=subjects[0])
    (refused,) = conversations.reply_many([words], at=clock.now())
    assert type(refused).__name__ == "TokenInvalid"
    give_back.run(agent_id=left)
    assert queries.get_thread(conversation, desk.sol).conversation.assignee_id is None
    assert apps.get_model("drafts", "Draft").objects.filter(agent_id=left).count() == 0
    assert people.list_sessions(left, at=clock.now() + timedelta(minutes=1)) == []
