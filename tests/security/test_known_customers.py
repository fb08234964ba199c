"""The doors of a browser whose owner logs in: only the exchange's word counts, and only for that browser."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
from django.test import Client

from tests import cast
from tests.security.test_widget_doors import SITE, Browser, arrived, desk, error
from vigil.conversations.models import Conversation
from vigil.customers.models import Customer
from vigil.kernel import clock
from vigil.team import queries as people
from vigil.workspace.vouching import find_key

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
VISITOR = "v" * 43


def word(uid: str = "70012345", **more: Any) -> str:
    """Write what the exchange's own server would."""
    key = find_key(SITE)
    assert key is not None
    exp = int((clock.now() + timedelta(minutes=5)).timestamp())
    return jwt.encode({"aud": SITE, "sub": uid, "exp": exp, "jti": str(uuid4()), **more}, key.value, algorithm="HS256")


def bearing(browser: Browser) -> str:
    return f"Bearer {browser.live}"


def log_in(browser: Browser, token: str = "") -> dict[str, Any]:
    answer = browser.post("identify", {"token": token or word(name="Ada Byron")}, bearing(browser))
    assert answer.status_code == 200, answer.content
    said: dict[str, Any] = json.loads(answer.content)
    browser.token, browser.live = said["token"], said["live"]
    return said


def test_who_logs_in_is_verified_and_sees_what_the_account_said_elsewhere() -> None:
    phone, computer = arrived(), arrived()
    log_in(phone)
    phone.begin("From my phone.")
    said = log_in(computer)
    assert (said["verified"], said["name"], said["claimable"]) == (True, "Ada Byron", 0)
    assert [each["preview"] for each in said["conversations"]] == ["From my phone."]
    assert computer.arrive()["verified"]


def test_what_the_guest_said_comes_along_on_a_click_and_not_before() -> None:
    ada = arrived()
    ada.begin("Before I logged in.")
    said = log_in(ada)
    assert (said["claimable"], said["conversations"]) == (1, [])
    claimed = json.loads(ada.post("claim", {}, bearing(ada)).content)
    assert [each["preview"] for each in claimed["conversations"]] == ["Before I logged in."]
    assert claimed["claimable"] == 0
    assert Customer.objects.get(id=Conversation.objects.get().customer_id).is_verified
    assert ada.post("claim", {}, bearing(ada)).status_code == 200


def test_the_address_for_answers_comes_along_unless_the_account_has_one() -> None:
    ada, later = arrived(), arrived()
    for browser, address in ((ada, "ada@mail.example"), (later, "mallory@mail.example")):
        assert browser.post("address", {"email": address}, bearing(browser)).status_code == 204
        log_in(browser)
        assert browser.post("claim", {}, bearing(browser)).status_code == 200
    told = json.loads(ada.client.get("/widget/api/address", HTTP_AUTHORIZATION=bearing(later)).content)
    assert told["email"].startswith("a")


def test_a25_a_claim_takes_nothing_of_any_other_guest() -> None:
    stranger, ada = arrived(), arrived()
    stranger.begin("Not hers.")
    log_in(ada)
    assert json.loads(ada.post("claim", {}, bearing(ada)).content)["conversations"] == []
    assert error(stranger.post("claim", {}, bearing(stranger))) == (401, "token_invalid")


@pytest.mark.parametrize("body", [{"uid": "70012345"}, {"email": "ada@mail.example"}, {"token": word, "verified": True}, {"from": 1}])
def test_a04_no_field_says_who_somebody_is(body: dict[str, Any]) -> None:
    ada = arrived()
    for path in ("identify", "claim"):
        sent = {name: value() if callable(value) else value for name, value in body.items()}
        assert ada.post(path, sent, bearing(ada)).status_code == 400
    assert not Customer.objects.filter(is_verified=True).exists()


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_a04_a_refused_word_changes_nothing_and_says_why(token: str) -> None:
    ada = arrived()
    name = json.loads(ada.begin("I am a guest.").content)["conversation"]
    assert error(ada.post("identify", {"token": token}, bearing(ada))) == (403, "identity_invalid")
    assert ada.record(name).status_code == 200
    assert not ada.arrive()["verified"]


def test_a04_a_word_that_was_overheard_is_worth_nothing_to_anybody_else() -> None:
    ada, mallory = arrived(), arrived()
    token = word()
    log_in(ada, token)
    assert error(mallory.post("identify", {"token": token}, bearing(mallory))) == (403, "identity_used")
    assert not mallory.arrive()["verified"]


def test_a02_whoever_tries_words_is_stopped() -> None:
    mallory = arrived()
    statuses = [mallory.post("identify", {"token": "x"}, bearing(mallory)).status_code for _ in range(22)]
    assert statuses == [403] * 20 + [429] * 2


def test_a30_a_session_that_was_planted_does_not_become_the_customers() -> None:
    planted = arrived()
    mallory = Browser()
    mallory.token = planted.token
    log_in(planted)
    planted.begin("For nobody else.")
    told = mallory.arrive(visitor=VISITOR)
    assert (told["verified"], told["conversations"]) == (False, [])


def test_a_browser_without_storage_goes_on_by_its_key_and_a_new_one_makes_nobody() -> None:
    wei = Browser("zh-CN")
    ask = {"site": SITE, "language": "zh-CN", "zone": "", "visitor": VISITOR}
    assert wei.post("session", {**ask, "known": True}).status_code == 204
    assert Customer.objects.count() == 0
    first, again = (json.loads(wei.post("session", ask).content) for _ in range(2))
    assert first["customer"] == again["customer"]
    assert json.loads(wei.post("session", {**ask, "known": True}).content)["customer"] == first["customer"]


@pytest.mark.parametrize("visitor", ["", "x", "v" * 42, "v" * 44, "v" * 42 + "=", 5, None, ["v" * 43]])
def test_a02_a_key_has_its_form_or_is_refused(visitor: object) -> None:
    body = {"site": SITE, "language": "en", "zone": "", "visitor": visitor}
    assert error(Browser().post("session", body)) == (400, "bad_field")


def test_who_logs_out_leaves_nothing_behind_for_the_next_one() -> None:
    ada = Browser()
    ada.arrive(visitor=VISITOR)
    log_in(ada)
    other_tab = Browser()
    other_tab.arrive(visitor=VISITOR)
    log_in(other_tab)
    assert ada.post("leave", {"site": SITE, "token": ada.token, "visitor": VISITOR}).status_code == 204
    assert error(other_tab.begin()) == (401, "token_invalid")
    assert error(ada.post("session", {"site": SITE, "language": "en", "zone": "", "token": ada.token})) == (401, "session_unknown")
    assert error(ada.begin()) == (401, "token_invalid")
    nobody = Browser().post("session", {"site": SITE, "language": "en", "zone": "", "visitor": VISITOR, "known": True})
    assert nobody.status_code == 204


def test_v24_nobody_logs_in_without_a_session() -> None:
    for path in ("identify", "claim"):
        assert Browser().post(path, {"token": word()}).status_code == 401


def test_looking_for_visitors_and_logging_in_have_a_budget() -> None:
    ask = {"site": SITE, "language": "en", "zone": "", "visitor": VISITOR, "known": True}
    wei = Browser(address="192.0.2.7")
    assert [wei.post("session", ask).status_code for _ in range(602)] == [204] * 600 + [429] * 2
    ada = arrived()
    assert [ada.post("identify", {"token": word()}, bearing(ada)).status_code for _ in range(122)] == [200] * 120 + [429] * 2


@pytest.mark.parametrize("name", ["token", "live", "access_token", "authorization", "bearer", "key"])
def test_a74_no_token_in_an_address_opens_anything(name: str) -> None:
    ada = arrived()
    begun = json.loads(ada.begin().content)["conversation"]
    for path in ("claim", "identify", "conversations", "language"):
        assert Browser().post(f"{path}?{name}={ada.live}", {"key": str(uuid4()), "text": "x"}).status_code == 401
    assert ada.client.get(f"/widget/api/conversations/{begun}/place?{name}={ada.live}").status_code == 401


def test_a04_an_agent_sees_whom_the_exchange_named_and_who_only_says_so(desk: cast.Desk) -> None:
    noor = Client(headers={"accept-language": "en"})
    noor.force_login(people.get_user(desk.noor.agent_id))
    ada = arrived()
    name = json.loads(ada.begin("I am account 70012345, believe me.").content)["conversation"]
    assert b"guest, not verified" in noor.get(f"/desk/conversations/{name}").content
    log_in(ada)
    ada.post("claim", {}, bearing(ada))
    page = noor.get(f"/desk/conversations/{name}").content
    assert b"verified by the exchange" in page
    assert b"guest, not verified" not in page
    assert b"They logged in and took this conversation along." in page
