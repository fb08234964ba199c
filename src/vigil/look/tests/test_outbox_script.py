"""The outbox in a real browser: sent once, in order, kept until it is known to have arrived."""

from typing import Any

import pytest
from playwright.sync_api import Page

from vigil.look.tests.fake_live import FakeLive
from vigil.look.tests.test_live_script import until

pytestmark = pytest.mark.browser

OPEN = """async () => {
  const { Outbox } = await import("/js/outbox.js");
  window.heard = []; window.token = "good";
  window.outbox = new Outbox({ token: async () => window.token, times: { backoffLeast: 40, backoffMost: 100 } });
  for (const name of ["echo", "sent", "waiting", "refused"])
    outbox.addEventListener(name, (event) => heard.push({ name, ...event.detail }));
}"""


@pytest.fixture
def outbox(page: Page) -> Page:
    page.evaluate(OPEN)
    return page


def send(page: Page, *texts: str, lane: str = "c1") -> list[str]:
    keys: list[str] = page.evaluate(
        "([lane, texts]) => texts.map((text) => outbox.send(lane, { conversation: lane, text }))", [lane, list(texts)]
    )
    return keys


def heard(page: Page, name: str) -> list[dict[str, Any]]:
    return [each for each in page.evaluate("heard") if each["name"] == name]


def stored(server: FakeLive) -> list[str]:
    return [each["entry"]["text"] for each in server.stored.values()]


def test_words_appear_at_once_and_are_sent(outbox: Page, server: FakeLive) -> None:
    at_once = outbox.evaluate("() => { outbox.send('c1', { conversation: 'c1', text: 'hello' }); return heard.map((each) => each.name); }")
    assert at_once == ["echo"]
    until(outbox, lambda: heard(outbox, "sent"))
    assert heard(outbox, "sent")[0]["answer"]["seq"] == 1
    assert outbox.evaluate("outbox.unsent") == []


def test_an_answer_lost_on_its_way_is_asked_for_with_the_same_key(outbox: Page, server: FakeLive) -> None:
    server.send_answers = ["cut", "cut before", "cut"]
    (key,) = send(outbox, "once")
    until(outbox, lambda: heard(outbox, "sent"))
    assert {each.body["key"] for each in server.asked} == {key}
    assert stored(server) == ["once"]
    assert len(heard(outbox, "sent")) == 1
    assert len(heard(outbox, "waiting")) >= 1


def test_order_holds_while_the_first_has_to_wait(outbox: Page, server: FakeLive) -> None:
    server.send_answers = [(503, {"Retry-After": "1"}, {"error": "unavailable"}), "cut before"]
    send(outbox, "one", "two", "three")
    until(outbox, lambda: len(heard(outbox, "sent")) == 3)
    assert stored(server) == ["one", "two", "three"]
    first, second = server.asked[:2]
    assert second.at - first.at >= 1.0


def test_one_conversation_does_not_hold_up_another(outbox: Page, server: FakeLive) -> None:
    server.send_answers = [(429, {"Retry-After": "30"}, {"error": "too_many"})]
    send(outbox, "slow down")
    until(outbox, lambda: heard(outbox, "waiting"))
    send(outbox, "over here", lane="c2")
    until(outbox, lambda: stored(server) == ["over here"])
    outbox.evaluate("outbox.wake()")
    until(outbox, lambda: stored(server) == ["over here", "slow down"])


def test_a_refusal_shows_the_servers_sentence_and_lets_the_next_pass(outbox: Page, server: FakeLive) -> None:
    server.send_answers = [(400, {}, {"error": "too_long", "message": "Это сообщение слишком длинное."})]
    (key, _) = send(outbox, "much too long", "short")
    until(outbox, lambda: heard(outbox, "sent"))
    (refused,) = heard(outbox, "refused")
    assert (refused["status"], refused["code"], refused["message"]) == (400, "too_long", "Это сообщение слишком длинное.")
    assert refused["body"]["text"] == "much too long"
    assert stored(server) == ["short"]
    outbox.evaluate("(key) => outbox.again(key)", key)
    until(outbox, lambda: key in server.stored)


@pytest.mark.parametrize("code", ["failed", "broken"])
def test_what_has_failed_for_good_is_said_and_lets_the_next_pass_and_what_may_pass_is_waited_for(
    outbox: Page, server: FakeLive, code: str
) -> None:
    server.send_answers = [(500, {}, {"error": code, "message": "Something went wrong on our side."})]
    (key, _) = send(outbox, "one", "two")
    until(outbox, lambda: len(heard(outbox, "sent")) == (1 if code == "failed" else 2))
    told = [(each["key"], each["status"], each["code"], each["message"]) for each in heard(outbox, "refused")]
    assert told == ([(key, 500, "failed", "Something went wrong on our side.")] if code == "failed" else [])
    assert stored(server) == (["two"] if code == "failed" else ["one", "two"])


def test_an_expired_token_is_replaced_before_anybody_notices(outbox: Page, server: FakeLive) -> None:
    send(outbox, "one")
    until(outbox, lambda: heard(outbox, "sent"))
    server.token = "newer"
    outbox.evaluate("() => { token = 'newer'; }")
    send(outbox, "two")
    until(outbox, lambda: stored(server) == ["one", "two"])
    assert heard(outbox, "waiting") == []


def test_what_is_no_refusal_of_ours_is_tried_again(outbox: Page, server: FakeLive) -> None:
    server.send_answers = [(403, {}, {}), (404, {}, {"message": "by a wall"}), (302, {"Location": "/"}, {"error": "moved"})]
    send(outbox, "through the wall")
    until(outbox, lambda: heard(outbox, "sent"))
    assert heard(outbox, "refused") == []
    assert stored(server) == ["through the wall"]
