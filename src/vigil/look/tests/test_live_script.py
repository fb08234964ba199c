"""The live client in a real browser, against a server that cuts, holds back, forgets and refuses."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from vigil.look.tests.fake_live import FakeLive

pytestmark = pytest.mark.browser

QUICK = {"firstBytes": 600, "silence": 900, "pollWait": 1, "backoffLeast": 50, "backoffMost": 200}
FOLLOW = """async ([times, options]) => {
  const { Live } = await import("/js/live.js");
  window.heard = []; window.tokens = [];
  window.token = "good";
  const token = async (fresh) => { tokens.push(fresh); return window.token; };
  window.live = new Live({ token, watch: "c1", times, ...options });
  for (const name of ["state", "hello", "entry", "typing", "row", "bye", "refused"])
    live.addEventListener(name, (event) => heard.push({ name, at: performance.now(), ...event.detail }));
  window.began = performance.now();
  live.start();
}"""


def follow(page: Page, times: dict[str, int] = QUICK, **options: Any) -> None:
    page.evaluate(FOLLOW, [times, options])


def heard(page: Page, name: str) -> list[dict[str, Any]]:
    return [each for each in page.evaluate("heard") if each["name"] == name]


def seqs(page: Page) -> list[int]:
    return [each["seq"] for each in heard(page, "entry")]


def states(page: Page) -> list[str]:
    return [each["state"] for each in heard(page, "state")]


def until(page: Page, holds: Callable[[], object], seconds: float = 8) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"waited in vain; heard {page.evaluate('heard')}"
        page.wait_for_timeout(30)


def test_a_cut_stream_resumes_with_exactly_what_was_missed(page: Page, server: FakeLive) -> None:
    server.say(1, 2, 3)
    follow(page)
    until(page, lambda: seqs(page) == [1, 2, 3])
    server.is_deaf = True
    server.cut()
    until(page, lambda: "offline" in states(page))
    server.say(4, 5)
    server.is_deaf = False
    until(page, lambda: len(seqs(page)) >= 5)
    assert seqs(page) == [1, 2, 3, 4, 5]
    assert states(page) == ["connecting", "live", "connecting", "offline", "live"]
    assert server.asked[-1].query == {"after": "3", "watch": "c1"}


def test_twenty_cuts_in_the_middle_of_words_lose_and_double_nothing(page: Page, server: FakeLive) -> None:
    follow(page, {**QUICK, "backoffLeast": 10, "backoffMost": 30})
    for number in range(1, 61):
        server.say(number)
        if number % 3 == 0:
            server.cut()
        time.sleep(0.01)
    until(page, lambda: len(seqs(page)) >= 60)
    assert seqs(page) == list(range(1, 61))


def test_what_the_page_already_shows_is_not_told_again(page: Page, server: FakeLive) -> None:
    server.say(1, 2, 3)
    follow(page, after=2)
    until(page, lambda: seqs(page))
    assert seqs(page) == [3]


def test_a_hole_in_the_numbers_is_filled_before_anything_follows_it(page: Page, server: FakeLive) -> None:
    server.lost = {2, 3}
    follow(page)
    server.say(1, 2, 3, 4)
    until(page, lambda: len(seqs(page)) >= 4)
    assert seqs(page) == [1, 2, 3, 4]


def test_a_number_that_is_not_for_us_is_asked_for_once(page: Page, server: FakeLive) -> None:
    server.say(1, 3, 4, 5)
    follow(page)
    until(page, lambda: len(seqs(page)) >= 4)
    assert seqs(page) == [1, 3, 4, 5]
    assert server.paths().count("/live/poll") == 1


def test_a_hole_that_cannot_be_filled_now_is_never_jumped_over(page: Page, server: FakeLive) -> None:
    server.lost = {2}
    follow(page)
    until(page, lambda: "live" in states(page))
    server.refuse_live = [(503, {}), (503, {})]  # the question about the hole, and the first reconnection
    server.say(1, 2, 3)
    until(page, lambda: len(seqs(page)) >= 3)
    assert seqs(page) == [1, 2, 3]


def test_a_hole_of_more_than_a_page_is_filled_page_by_page(page: Page, server: FakeLive) -> None:
    server.most = 5
    follow(page)
    until(page, lambda: "live" in states(page))
    server.lost = set(range(2, 13))
    server.say(*range(1, 14))
    until(page, lambda: len(seqs(page)) >= 13)
    assert seqs(page) == list(range(1, 14))


def test_more_than_a_page_that_was_missed_comes_page_by_page(page: Page, server: FakeLive) -> None:
    server.most = 5
    server.say(*range(1, 13))
    follow(page)
    until(page, lambda: len(seqs(page)) >= 12)
    server.say(13)
    until(page, lambda: len(seqs(page)) >= 13)
    assert seqs(page) == list(range(1, 14))
    assert [each.query["after"] for each in server.asked] == ["0", "5", "10"]
    assert set(states(page)) == {"connecting", "live"}


def test_polling_comes_page_by_page_too(page: Page, server: FakeLive) -> None:
    server.most = 5
    server.is_buffering = True
    server.say(*range(1, 13))
    follow(page)
    until(page, lambda: len(seqs(page)) >= 12)
    assert seqs(page) == list(range(1, 13))


def test_an_expired_token_is_replaced_and_the_stream_goes_on(page: Page, server: FakeLive) -> None:
    follow(page)
    until(page, lambda: "live" in states(page))
    server.token = "newer"
    page.evaluate("() => { token = 'newer'; }")
    server.tell("bye", {"reason": "expired"})
    server.say(1)
    until(page, lambda: seqs(page) == [1] and len(heard(page, "hello")) == 2)
    assert "offline" not in states(page)
    server.token = "newest"
    page.evaluate("() => { token = 'newest'; }")
    server.cut()
    until(page, lambda: page.evaluate("tokens") == [False, False, True])


def test_a_proxy_that_holds_bytes_back_is_noticed_within_five_seconds(page: Page, server: FakeLive) -> None:
    server.is_buffering = True
    server.say(1)
    follow(page, {})
    until(page, lambda: "polling" in states(page), 7)
    noticed = next(each["at"] for each in heard(page, "state") if each["state"] == "polling") - page.evaluate("began")
    assert 4900 <= noticed <= 6000
    server.say(2, 3)
    until(page, lambda: len(seqs(page)) >= 3)
    assert seqs(page) == [1, 2, 3]


def test_a_line_that_fell_silent_is_left_for_a_new_one(page: Page, server: FakeLive) -> None:
    follow(page)
    until(page, lambda: "live" in states(page))
    server.is_mute = True
    server.say(1)
    until(page, lambda: "offline" in states(page))
    server.is_mute = False
    until(page, lambda: seqs(page) == [1])


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(page: Page, server: FakeLive) -> None:
    server.refuse_live = [(503, {"Retry-After": "1"})]
    follow(page)
    until(page, lambda: "live" in states(page))
    first, second = server.asked[:2]
    assert second.at - first.at >= 1.0


def test_the_network_coming_back_ends_the_waiting(page: Page, server: FakeLive) -> None:
    follow(page, {**QUICK, "silence": 60000, "backoffLeast": 30000, "backoffMost": 60000})
    until(page, lambda: "live" in states(page))
    page.context.set_offline(True)
    until(page, lambda: states(page)[-1] == "offline")
    server.say(1)
    page.context.set_offline(False)
    until(page, lambda: seqs(page) == [1], 4)


def test_a_token_that_never_comes_is_not_waited_for_when_the_network_is_back(page: Page, server: FakeLive) -> None:
    server.say(1)
    page.evaluate("() => { window.silent = new Promise(() => {}); window.asks = 0; }")
    page.evaluate(
        """async (times) => {
      const { Live } = await import("/js/live.js");
      window.heard = [];
      window.live = new Live({ token: async () => (asks++ ? "good" : silent), watch: "c1", times });
      for (const name of ["state", "entry"]) live.addEventListener(name, (event) => heard.push({ name, ...event.detail }));
      live.start();
    }""",
        {**QUICK, "backoffLeast": 30000, "backoffMost": 60000},
    )
    until(page, lambda: page.evaluate("asks") == 1)
    page.context.set_offline(True)
    until(page, lambda: states(page)[-1] == "offline")
    page.context.set_offline(False)
    until(page, lambda: seqs(page) == [1], 4)


def test_a_revoked_reader_stops_for_good(page: Page, server: FakeLive) -> None:
    follow(page)
    until(page, lambda: "live" in states(page))
    server.tell("bye", {"reason": "revoked"})
    server.cut()
    until(page, lambda: heard(page, "refused"))
    asked = len(server.asked)
    page.wait_for_timeout(600)
    assert len(server.asked) == asked
    assert states(page)[-1] == "offline"


def test_a_conversation_that_is_not_ours_is_not_asked_for_twice(page: Page, server: FakeLive) -> None:
    server.refuse_live = [(404, {})]
    follow(page)
    until(page, lambda: heard(page, "refused"))
    assert heard(page, "refused")[0]["status"] == 404
    page.wait_for_timeout(300)
    assert server.paths() == ["/live/stream"]


def test_following_another_conversation_starts_from_what_the_page_shows(page: Page, server: FakeLive) -> None:
    server.say(1, 2)
    follow(page)
    until(page, lambda: seqs(page) == [1, 2])
    page.evaluate("live.follow('c2', 7)")
    until(page, lambda: server.asked[-1].query == {"after": "7", "watch": "c2"})
    server.say(8, conversation="c2")
    until(page, lambda: seqs(page) == [1, 2, 8])
    assert "offline" not in states(page)


def test_signals_come_through_and_stopping_closes_the_line(page: Page, server: FakeLive) -> None:
    follow(page)
    until(page, lambda: "live" in states(page))
    server.tell("typing", {"conversation": "c1", "typing": True})
    until(page, lambda: heard(page, "typing"))
    page.evaluate("live.stop()")
    until(page, lambda: server.open_streams == 0)


def test_frames_are_the_same_wherever_the_bytes_are_cut(page: Page) -> None:
    text = (
        "retry: 1500\n:" + " " * 20 + '\n\nid: 7\nevent: entry\ndata: {"text":\ndata:  "我的\\u0020词"}\n\nevent: bye\r\ndata: {}\r\n\r\n'
    )
    read = """async (pieces) => {
      const { FrameParser } = await import("/js/event_stream.js");
      const parser = new FrameParser();
      return pieces.flatMap((piece) => parser.push(piece));
    }"""
    whole = page.evaluate(read, [text])
    assert [frame["event"] for frame in whole] == ["retry", "entry", "bye"]
    assert whole[1] == {"event": "entry", "id": "7", "data": {"text": "我的 词"}}
    for cut in range(len(text)):
        assert page.evaluate(read, [text[:cut], text[cut:]]) == whole
