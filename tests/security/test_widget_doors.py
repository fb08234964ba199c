"""The JSON doors of a guest: who may come in, and what is turned away."""

import json
import re
import uuid
from datetime import timedelta
from typing import Any
from typing import cast as cast_to

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests import cast
from vigil.conversations.models import Conversation, Entry
from vigil.customers import commands as customers
from vigil.customers import tokens as resume_tokens
from vigil.customers.models import Customer, GuestSession
from vigil.faces.widget import budgets
from vigil.kernel import clock
from vigil.kernel.live import tokens

pytestmark = pytest.mark.django_db
SITE = "site_demo"
ORIGIN: str = settings.VIGIL_BASE_URL


@pytest.fixture(autouse=True)
def desk(monkeypatch: pytest.MonkeyPatch) -> cast.Desk:
    fresh = budgets.Budgets(lambda: 1.0)
    for module in ("live", "views.session", "views.conversations", "views.identify"):
        monkeypatch.setattr(f"vigil.faces.widget.{module}.BUDGETS", fresh)
    return cast.open_the_desk()


class Browser:
    """One browser with its own memory, knocking as the frame does."""

    def __init__(self, language: str = "en", address: str = "203.0.113.7") -> None:
        self.client = Client(REMOTE_ADDR=address)
        self.language = language
        self.token = ""
        self.live = ""

    def post(self, path: str, body: Any, bearer: str | None = None, **headers: str) -> HttpResponse:
        raw = body if isinstance(body, (str, bytes)) else json.dumps(body)
        given = {"HTTP_ORIGIN": ORIGIN, "HTTP_ACCEPT_LANGUAGE": self.language, **headers}
        if bearer is not None:
            given["HTTP_AUTHORIZATION"] = bearer
        kind = given.pop("content_type", "application/json")
        return cast_to(HttpResponse, self.client.post(f"/widget/api/{path}", raw, content_type=kind, **given))  # type: ignore[arg-type]  # headers are no options of the stubs

    def arrive(self, **more: Any) -> dict[str, Any]:
        body = {"site": SITE, "language": self.language, "zone": "Asia/Shanghai", **({"token": self.token} if self.token else {}), **more}
        answer: dict[str, Any] = json.loads(self.post("session", body).content)
        self.token, self.live = answer.get("token", ""), answer.get("live", "")
        return answer

    def begin(self, text: str = "My deposit has not arrived.", key: str = "", **more: Any) -> HttpResponse:
        return self.post("conversations", {"key": key or str(uuid.uuid4()), "text": text, **more}, f"Bearer {self.live}")

    def record(self, name: str, kind: str = "txt", bearer: str | None = None) -> HttpResponse:
        answer = self.client.get(f"/widget/api/conversations/{name}/transcript.{kind}", HTTP_AUTHORIZATION=bearer or f"Bearer {self.live}")
        return cast_to(HttpResponse, answer)


def arrived(language: str = "en", address: str = "203.0.113.7") -> Browser:
    browser = Browser(language, address)
    browser.arrive()
    return browser


def error(response: HttpResponse) -> tuple[int, str]:
    return response.status_code, json.loads(response.content)["error"]


def test_a_new_browser_becomes_a_guest_and_is_told_nothing_of_others() -> None:
    answer = arrived().arrive()
    assert set(answer) == {"token", "live", "expires_at", "customer", "name", "verified", "claimable", "conversations"}
    assert (answer["name"], answer["verified"], answer["claimable"]) == (None, False, 0)
    assert answer["conversations"] == []
    customer = Customer.objects.get()
    assert (customer.is_verified, customer.language, customer.zone) == (False, "en", "Asia/Shanghai")


def test_a_conversation_begins_and_is_there_when_the_browser_comes_back() -> None:
    wei = arrived("zh-CN")
    begun = wei.begin("提币未到账", language="zh-Hans")
    assert begun.status_code == 201
    body = json.loads(begun.content)
    assert body["entry"]["text"] == "提币未到账"
    assert body["entry"]["by"] == {"kind": "you"}
    again = wei.arrive()
    assert [(each["id"], each["status"], each["preview"]) for each in again["conversations"]] == [
        (body["conversation"], "open", "提币未到账")
    ]


def test_the_same_key_begins_one_conversation() -> None:
    ada, key = arrived(), str(uuid.uuid4())
    first, second = ada.begin(key=key), ada.begin(key=key)
    assert (first.status_code, second.status_code) == (201, 200)
    assert Conversation.objects.count() == 1


def test_no_answer_sets_a_cookie_or_may_be_kept() -> None:
    ada = arrived()
    for response in (ada.post("session", {"site": SITE, "language": "en", "zone": ""}), ada.begin(), ada.record("x" * 26)):
        assert not response.cookies
        assert response.headers["Cache-Control"] == "private, no-store"


def test_an_unknown_site_does_not_exist() -> None:
    assert error(Browser().post("session", {"site": "elsewhere", "language": "en", "zone": ""})) == (404, "not_found")


def test_a_zone_nobody_knows_is_no_zone() -> None:
    Browser().arrive(zone="../../etc/passwd")
    assert Customer.objects.get().zone == ""


def test_a03_a_token_is_bound_to_its_site() -> None:
    ada = arrived()
    session = GuestSession.objects.get()
    foreign = resume_tokens.write(session.public_id, 1, "another_site")
    assert error(Browser().post("session", {"site": SITE, "language": "en", "zone": "", "token": foreign})) == (401, "session_unknown")
    assert ada.arrive()["customer"]


def test_a03_a_token_dies_when_its_successor_is_used_and_the_owner_is_told(desk: cast.Desk) -> None:
    ada = arrived()
    ada.begin()
    stolen = ada.token
    ada.arrive()
    ada.arrive()
    thief = Browser()
    assert error(thief.post("session", {"site": SITE, "language": "en", "zone": "", "token": stolen})) == (401, "session_unknown")
    assert Entry.objects.filter(kind="key_replayed").count() == 1
    assert ada.arrive()["conversations"]


MATRIX = [
    "",
    "Bearer",
    "Bearer ",
    "Bearer x",
    "Basic dXNlcjpwYXNz",
    "Bearer {wrong}",
    "Bearer {desk}",
    "Bearer {expired}",
    "Bearer {ended}",
]


@pytest.mark.parametrize("bearer", MATRIX)
@pytest.mark.parametrize("path", ["conversations", "language"])
def test_v24_no_write_without_a_live_token_of_an_open_session(bearer: str, path: str) -> None:
    ada = arrived()
    claims = tokens.read(ada.live)
    before = clock.now()
    with clock.set_to(lambda: before - timedelta(minutes=20)):
        expired = tokens.mint(tokens.claims_for(claims.subject, claims.topics, "widget", at=clock.now(), detail=claims.detail))
    desk = tokens.mint(tokens.claims_for("agent:1:1", ["t:1"], "desk", at=clock.now(), detail={"agent": 1}))
    gone = arrived()
    customers.end_session(session=tokens.read(gone.live).subject.split(":")[1], at=clock.now())
    filled = bearer.format(wrong=ada.live[:-3] + "abc", desk=desk, expired=expired, ended=gone.live)
    body = {"key": str(uuid.uuid4()), "text": "Let me in."} if path == "conversations" else {"language": "ru"}
    response = ada.post(path, body, filled or None)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert Conversation.objects.count() == 0
    assert not Customer.objects.filter(language="ru").exists()


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "0" * 26 + ".1." + "f" * 64, "alg.none.", "{short}"])
def test_v24_a_resume_token_that_is_not_ours_opens_nothing(token: str) -> None:
    ada = arrived()
    body = {"site": SITE, "language": "en", "zone": "", "token": token.format(short=ada.token[:-1])}
    assert error(Browser().post("session", body)) == (401, "session_unknown")
    assert Customer.objects.count() == 1


def test_a25_the_record_of_somebody_else_looks_like_none_at_all() -> None:
    ada, mallory = arrived(), arrived()
    name = json.loads(ada.begin().content)["conversation"]
    theirs, nobodys = mallory.record(name), mallory.record("z" * 26)
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content
    assert ada.record(name).status_code == 200


def test_v25_many_browsers_behind_one_address_never_see_one_another() -> None:
    browsers = [arrived() for _ in range(12)]
    own = [json.loads(browser.begin(f"Words of browser {place}").content)["conversation"] for place, browser in enumerate(browsers)]
    for place, browser in enumerate(browsers):
        assert [each["id"] for each in browser.arrive()["conversations"]] == [own[place]]


def test_a02_whoever_guesses_is_not_answered_for_a_while() -> None:
    mallory = arrived()
    name = json.loads(mallory.begin().content)["conversation"]
    statuses = [mallory.record("q" * 25 + "0123456789abcdefghjkmnpqrs"[place]).status_code for place in range(21)]
    assert statuses == [404] * 20 + [429]
    blocked = mallory.record(name)
    assert blocked.status_code == 429
    assert int(blocked.headers["Retry-After"]) > 0
    assert arrived().record(name).status_code == 404


def test_a02_guessing_resume_tokens_is_stopped_by_address() -> None:
    mallory = Browser(address="198.51.100.9")
    body = {"site": SITE, "language": "en", "zone": "", "token": "x"}
    assert [mallory.post("session", body).status_code for _ in range(22)] == [401] * 20 + [429] * 2
    assert Browser().post("session", body).status_code == 401


@pytest.mark.parametrize(
    "field", ["assignee", "priority", "is_internal", "verified", "requester_id", "created_at", "brand", "customer", "queue"]
)
@pytest.mark.parametrize("path", ["session", "conversations", "language"])
def test_a27_a_field_that_nobody_asked_for_is_refused(field: str, path: str) -> None:
    ada = arrived()
    bodies: dict[str, dict[str, Any]] = {
        "session": {"site": SITE, "language": "en", "zone": ""},
        "conversations": {"key": str(uuid.uuid4()), "text": "Hello"},
        "language": {"language": "ru"},
    }
    response = ada.post(path, {**bodies[path], field: "1"}, f"Bearer {ada.live}")
    assert error(response) == (400, "unknown_field")
    assert (Customer.objects.count(), Conversation.objects.count()) == (1, 0)
    assert Customer.objects.get().language == "en"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp", ""]
)
def test_a29_only_json_comes_in(kind: str) -> None:
    body = json.dumps({"site": SITE, "language": "en", "zone": ""})
    assert error(Browser().post("session", body, content_type=kind)) == (415, "not_json")
    assert not Customer.objects.exists()


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        f"{ORIGIN}.evil.example",
        ORIGIN.replace("http://", "https://"),
        ORIGIN.rpartition(":")[0] + ":81",
        "http://testserver",  # the host that is asked, which whoever asks may choose
    ],
)
def test_a29_no_other_origin_comes_in(origin: str) -> None:
    body = {"site": SITE, "language": "en", "zone": ""}
    assert error(Browser().post("session", body, HTTP_ORIGIN=origin)) == (403, "foreign_origin")
    assert not Customer.objects.exists()


def test_a29_a_cookie_opens_nothing() -> None:
    ada = arrived()
    ada.client.cookies["vigil"] = "stolen"
    ada.client.cookies["token"] = ada.live
    assert ada.post("conversations", {"key": str(uuid.uuid4()), "text": "x"}).status_code == 401


def test_a_refusal_speaks_the_readers_language() -> None:
    irina = arrived("ru")
    refusal = json.loads(irina.begin("   ").content)
    assert refusal["error"] == "empty"
    assert json.loads(irina.begin("x" * 8001).content)["error"] == "too_long"


def test_too_large_a_body_is_not_read() -> None:
    ada = arrived()
    assert error(ada.post("conversations", "x" * 70_000, f"Bearer {ada.live}")) == (413, "too_large")


def test_a04_a_guest_cannot_say_who_they_are() -> None:
    ada = arrived()
    for body in ({"uid": "12345678"}, {"email": "ada@mail.example"}, {"verified": True}):
        response = ada.post("session", {"site": SITE, "language": "en", "zone": "", **body})
        assert error(response) == (400, "unknown_field")
    assert not Customer.objects.get().is_verified


def test_a05_words_that_look_like_html_stay_words() -> None:
    ada = arrived()
    name = json.loads(ada.begin("<script>alert(1)</script><img src=x onerror=alert(2)>").content)["conversation"]
    page = ada.record(name, "html")
    assert b"<script" not in page.content
    assert b"<img" not in page.content
    assert b"&lt;script&gt;" in page.content
    assert "sandbox" in page.headers["Content-Security-Policy"]
    assert page.headers["Content-Disposition"].startswith("attachment;")


def test_a28_what_a_guest_is_told_names_no_agent_but_by_the_public_name(desk: cast.Desk) -> None:
    ada = arrived()
    name = json.loads(ada.begin().content)["conversation"]
    cast.answers(desk.noor, name, "Hello.", at=clock.now())
    told = json.dumps(ada.arrive())
    (conversation,) = ada.arrive()["conversations"]
    assert set(conversation) == {"id", "status", "preview", "lang", "last", "last_activity_at", "agent", "team", "read", "unread"}
    assert conversation["agent"] == "Noor"
    assert "Haddad" not in told
    assert "noor@" not in told


def test_a_flood_of_conversations_is_told_to_wait() -> None:
    ada = arrived()
    answers = [ada.begin(f"Question {number}") for number in range(11)]
    assert [answer.status_code for answer in answers] == [201] * 10 + [429]
    assert json.loads(answers[-1].content)["retry_after"] > 0


def test_the_chosen_language_is_remembered_and_spoken() -> None:
    ada = arrived()
    response = ada.post("language", {"language": "ko"}, f"Bearer {ada.live}")
    assert Customer.objects.get().language == "ko"
    assert tokens.read(json.loads(response.content)["live"]).language == "ko"
    assert error(ada.post("language", {"language": "xx"}, f"Bearer {ada.live}")) == (400, "bad_field")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(field=st.sampled_from(["site", "token", "language", "zone", "key", "text"]), value=_JSON)
def test_a_value_of_the_wrong_type_is_a_clear_refusal(field: str, value: object, desk: cast.Desk) -> None:
    ada = Browser()
    ada.post("session", {"site": SITE, "language": "en", "zone": "", field: value} if field not in {"key", "text"} else {field: value})
    guest = tokens.mint(tokens.claims_for("guest:" + "0" * 26, ["p:0"], "widget", at=clock.now(), detail={"customer": 0, "site": SITE}))
    for path, body in (("session", {"site": SITE, "language": "en", "zone": "", field: value}), ("conversations", {field: value})):
        assert ada.post(path, body, f"Bearer {guest}").status_code in {200, 400, 401, 404, 429}


RUSSIAN, KOREAN = re.compile("[а-я]{4}"), re.compile("[가-힣]{2}")


def message(response: HttpResponse) -> str:
    return str(json.loads(response.content)["message"])


def test_a_refusal_speaks_the_language_of_the_chat_and_not_of_the_browser() -> None:
    irina = arrived("ru")
    irina.language = "en-US"  # what her browser prefers from now on, and nobody asked her
    bearer = f"Bearer {irina.live}"
    headers = {"authorization": bearer, "accept-language": "en-US"}
    refusals = [
        irina.post("conversations", {"key": "no key", "text": "x"}, bearer),
        irina.post("conversations", "[", bearer),
        irina.post("conversations", {}, bearer, content_type="text/plain"),
        irina.post("conversations", {}, bearer, HTTP_ORIGIN="https://mallory.example"),
        irina.post("address", {"email": "nobody"}, bearer),
        irina.post(f"conversations/{'z' * 26}/mail", {}, bearer),
        irina.post("files", {"name": "a.svg", "type": "image/svg+xml", "size": 9}, bearer),
        cast_to(HttpResponse, irina.client.get(f"/widget/api/conversations/{'z' * 26}/place", headers=headers)),
        cast_to(HttpResponse, irina.client.put("/widget/api/address", headers=headers)),
    ]
    for refusal in refusals:
        assert refusal.status_code >= 400
        assert RUSSIAN.search(message(refusal)), message(refusal)
        assert refusal.headers["Content-Language"] == "ru"


def test_what_was_chosen_last_goes_before_what_an_older_token_says() -> None:
    irina = arrived("ru")
    assert KOREAN.search(message(irina.post("address?lang=ko", {"email": "nobody"}, f"Bearer {irina.live}")))


def test_whoever_shows_no_token_or_a_forged_one_is_answered_as_the_browser_prefers() -> None:
    browser = Browser("ko")
    for bearer in (None, "Bearer forged", f"Basic {arrived('ru').live}"):
        assert KOREAN.search(message(browser.post("address", {"email": "x@y.example"}, bearer)))
