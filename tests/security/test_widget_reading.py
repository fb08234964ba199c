"""The door that reads words before they are sent: it tells what they say, keeps nothing, and lets no secret through."""

import json
from typing import Any
from typing import cast as cast_to

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from vigil.conversations import queries
from vigil.conversations.models import Conversation
from vigil.customers.models import Customer
from vigil.faces.widget import budgets
from vigil.languages.table import ELEVEN
from vigil.safety import commands as safety

pytestmark = pytest.mark.django_db
PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"
STORY = "Два часа назад сделал вывод 500 USDT на TXQWrg7dvBAYvCtxPmNWBqh6tqJ1txzseX, деньги не пришли"


@pytest.fixture(autouse=True)
def desk(monkeypatch: pytest.MonkeyPatch) -> cast.Desk:
    fresh = budgets.Budgets(lambda: 1.0)
    for module in ("views.session", "views.conversations", "views.reading"):
        monkeypatch.setattr(f"vigil.faces.widget.{module}.BUDGETS", fresh)
    return cast.open_the_desk()


def post(path: str, body: Any, **headers: str) -> HttpResponse:
    client = Client(REMOTE_ADDR=headers.pop("address", "203.0.113.7"))
    raw = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return cast_to(HttpResponse, client.post(f"/widget/api/{path}", raw, content_type="application/json", headers=headers))


def read(text: str, language: str = "en") -> dict[str, Any]:
    answer = post(f"reading?lang={language}", {"text": text})
    assert answer.status_code == 200, answer.content
    said: dict[str, Any] = json.loads(answer.content)
    return said


def test_the_first_words_are_read_without_knowing_who_writes_and_without_the_database() -> None:
    read("warm up")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        said = read(STORY, "ru")
    assert len(asked) == 0
    assert Customer.objects.count() == 0
    assert (said["topic"], said["language"]) == ("withdrawal-pending", "ru")
    assert [(fact["label"], fact["is_mistyped"]) for fact in said["facts"]] == [("500 USDT", False), ("Адрес TXQWrg…txzseX", True)]
    assert said["facts"][1]["value"] in STORY
    assert said["warning"].startswith("Адрес TXQWrg…txzseX: похоже")
    assert said["said"] == "Мы поняли из ваших слов: Вывод не пришёл, 500 USDT, Адрес TXQWrg…txzseX."


def test_words_that_say_nothing_are_answered_with_nothing() -> None:
    assert read("hm hm") == {"topic": None, "language": None, "facts": [], "warning": "", "said": ""}


@pytest.mark.parametrize("code", [language.code for language in ELEVEN])
def test_a_secret_is_neither_told_again_nor_taken_for_a_fact(code: str) -> None:
    answer = post(f"reading?lang={code}", {"text": f"My withdrawal has not arrived. {PHRASE} 4111 1111 1111 1111"})
    assert answer.status_code == 200
    assert json.loads(answer.content)["facts"] == []
    for word in ("sausage", "4111", "1111"):
        assert word not in answer.content.decode()


def test_when_the_scanner_breaks_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "_looked_at", lambda text: None)
    answer = post("reading", {"text": "500 USDT are missing"})
    assert answer.status_code == 503
    assert "500 USDT" not in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "bad_field"),
        ({"text": 7}, 400, "bad_field"),
        ({"text": ""}, 400, "bad_field"),
        ({"text": "x" * 4001}, 400, "bad_field"),
        ({"text": "hello", "topic": "fees"}, 400, "unknown_field"),
        ("[]", 400, "bad_request"),
        ('{"text": "a", "text": "b"}', 400, "bad_request"),
    ],
)
def test_a27_what_cannot_be_meant_is_refused(body: Any, status: int, code: str) -> None:
    answer = post("reading", body)
    assert (answer.status_code, json.loads(answer.content)["error"]) == (status, code)


def test_a29_no_other_origin_has_its_words_read() -> None:
    assert post("reading", {"text": "hello there"}, origin="https://evil.example").status_code == 403
    assert Client().get("/widget/api/reading").status_code == 405


def test_a_flood_is_not_read_and_whoever_else_writes_is() -> None:
    answers = [post("reading", {"text": "hello there"}).status_code for _ in range(301)]
    assert answers == [200] * 300 + [429]
    assert post("reading", {"text": "hello there"}, address="198.51.100.9").status_code == 200
    assert [post("reading", {"text": "word " * 800}, address="198.51.100.7").status_code for _ in range(38)] == [200] * 37 + [429]


def _arrive() -> str:
    answer = post("session", {"site": "site_demo", "language": "en", "zone": ""})
    return f"Bearer {json.loads(answer.content)['live']}"


def _begin(number: int, **more: Any) -> HttpResponse:
    key = f"4d1f6b7e-53a8-4a5c-9a53-6f0d5c1f2a{number:02d}"
    return post("conversations", {"key": key, "text": STORY, **more}, authorization=_arrive())


def test_what_she_chose_goes_before_what_was_heard() -> None:
    for number, more in enumerate(({}, {"topic": "fees"}, {"topic": ""}, {"language": "en"}, {"topic": "other", "language": "ko"})):
        assert _begin(number + 10, **more).status_code == 201
    rows = list(Conversation.objects.order_by("id").values_list("topic", "language"))
    assert rows[:3] == [("withdrawal-pending", "ru"), ("fees", "ru"), ("", "ru")]
    # Heard are the words of the language that was chosen; those that she wrote are Russian.
    assert rows[3:] == [("", "en"), ("other", "ko")]


def test_what_she_took_away_is_no_fact_and_her_own_list_is_not_kept(desk: cast.Desk) -> None:
    answer = _begin(20, no_facts=["500 USDT", "a word of her own"])
    name = json.loads(answer.content)["conversation"]
    entries = queries.get_thread(name, desk.noor).entries
    assert [fact.kind for fact in queries.facts_of(entries)] == ["address"]
    assert "her own" not in str([entry.data for entry in entries])


@pytest.mark.parametrize(
    "more",
    [
        {"topic": "shoes"},
        {"topic": 7},
        {"topic": None},
        {"topic": "x" * 49},
        {"no_facts": "500 USDT"},
        {"no_facts": [7]},
        {"no_facts": ["x" * 201]},
        {"no_facts": ["x"] * 33},
    ],
)
def test_a27_a_choice_that_cannot_be_meant_begins_nothing(more: dict[str, Any]) -> None:
    answer = _begin(30, **more)
    assert (answer.status_code, json.loads(answer.content)["error"]) == (400, "bad_field")
    assert Conversation.objects.count() == 0


def test_the_chips_are_drawn_in_every_language_and_name_every_topic() -> None:
    for language in ELEVEN:
        page = Client().get(f"/widget/chips?lang={language.code}").content.decode()
        assert page.count("<option") == 1 + 29 + 11
        assert "<script" not in page
    sheet = Client().get(page.split('stylesheet" href="')[1].split('"')[0])
    assert sheet.headers["Cache-Control"].endswith("immutable")
    assert b".chip" in sheet.content
