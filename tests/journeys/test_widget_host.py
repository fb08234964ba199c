"""The page around the chat: it may show it or hide it, and learns a count. Strangers learn nothing."""

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, Response, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.noor import Noor

pytestmark = pytest.mark.browser
FRAME_BUDGET = 25 * 1024
LOADER_BUDGET = 3 * 1024


@pytest.fixture
def stranger(house: House) -> Iterator[str]:
    """A page of another origin that loads our chat, strict about everything that is not ours."""
    page = f'<!doctype html><title>x</title><script src="{house.url}/widget/loader.js" data-site="site_demo" async></script>'
    policy = f"default-src 'none'; script-src {house.url}; frame-src {house.url}"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a53_a_page_that_is_not_on_the_list_cannot_frame_the_chat(stranger: str, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(stranger)
    page.locator("vigil-chat").wait_for(state="attached")
    chatting.press_the_button(page)
    page.wait_for_timeout(1500)
    assert any("frame-ancestors" in each for each in said)
    assert not [frame for frame in page.frames if "/widget/frame" in frame.url]
    assert not any("style-src" in each for each in said)


def test_a54_the_loader_hears_only_the_frame_and_only_what_it_knows(house: House, page: Page) -> None:
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    expect(chat.locator("#ask")).to_be_focused()
    # The ring around the field grows for a moment.
    page.wait_for_timeout(300)
    before = page.screenshot(animations="disabled")
    page.evaluate(
        """() => { for (const data of [{vigil: 1, type: "close"}, {vigil: 1, type: "unread", count: 7}, {vigil: 1, type: "constructor"},
        {vigil: 1, type: "__proto__"}, null, 5, "close"]) { postMessage(data, "*"); postMessage(data, location.origin); } }"""
    )
    for message in (
        '{"vigil": 1, "type": "unread", "count": -1}',
        '{"vigil": 1, "type": "unread", "count": "<b>"}',
        '{"vigil": 2, "type": "close"}',
        '{"vigil": 1, "type": "close", "more": 1}',
        '{"vigil": 1, "type": "toString"}',
        '{"vigil": 1, "type": "words", "words": {"open": 1}}',
    ):
        chat.evaluate("message => parent.postMessage(JSON.parse(message), location.origin)", message)
    page.wait_for_timeout(300)
    expect(chat.locator("#ask")).to_be_visible()
    assert page.screenshot(animations="disabled") == before


def test_v61_nothing_but_counts_and_labels_ever_reaches_the_host_page(house: House, page: Page) -> None:
    page.add_init_script("window.heard = []; addEventListener('message', (event) => heard.push(event.data));")
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    chatting.asks(chat, "Words for nobody else, six")
    with Noor(house) as noor:
        noor.does("reply", noor.does("find", "nobody else, six"), "A private answer")
        expect(chatting.theirs(chat)).to_have_text("A private answer")
        chat.press(".composer textarea", "Escape")
        page.wait_for_timeout(300)
        noor.does("reply", noor.does("find", "nobody else, six"), "Another one")
        for _ in range(100):
            heard = page.evaluate("heard")
            if {"vigil": 1, "type": "unread", "count": 1} in heard:
                break
            page.wait_for_timeout(50)
    kinds = {each["type"] for each in heard}
    assert kinds <= {"unread", "close", "words"}
    assert {"vigil": 1, "type": "unread", "count": 1} in heard
    assert {"vigil": 1, "type": "close"} in heard
    token = chat.evaluate("localStorage.getItem('vigil-token-site_demo')")
    told = json.dumps(heard)
    assert token
    assert token not in told
    assert "private" not in told
    assert "sessionStorage" not in told
    assert page.evaluate("location.href").count("token") == 0


@pytest.mark.parametrize("who", ["page", "chat"])
def test_v61_what_page_and_chat_tell_one_another_is_addressed_to_one_origin(house: House, page: Page, who: str) -> None:
    side = "===" if who == "page" else "!=="
    page.add_init_script(f"""if (window {side} top) {{
      const say = window.postMessage;
      window.told = [];
      window.postMessage = (data, ...to) => {{ told.push([data.type, ...to]); say.call(window, data, ...to); }};
    }}""")
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    chatting.asks(chat, "Whom is it addressed to?")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    # Where each message was written down, it no longer comes from the other's window, and goes unheard: the first ones are enough.
    told = (page if who == "page" else chat).evaluate("told.filter(([type]) => type)")
    assert told
    assert {tuple(to) for _, *to in told} == {(house.url,)}


def test_a07_no_draft_leaves_the_browser_nor_is_it_kept(house: House, page: Page) -> None:
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    chatting.asks(chat, "I am about to type something, seven")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    page.wait_for_timeout(500)
    sent: list[Request] = []

    def note(request: Request) -> None:
        sent.append(request)

    page.on("request", note)
    chat.locator(".composer textarea").press_sequentially("legal winner thank year wave sausage", delay=5)
    page.wait_for_timeout(1000)
    assert [each.url for each in sent if "legal" in each.url + (each.post_data or "")] == []
    told = {urlsplit(each.url).path: set(json.loads(each.post_data or "")) for each in sent if each.method != "GET"}
    # That her own words were seen is told when the line is up, which may be now.
    told.pop("/live/seen", None)
    assert told == {"/live/signal": {"conversation", "typing"}}
    kept = chat.evaluate("JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), history.state])")
    assert "sausage" not in kept
    assert "winner" not in kept


def test_the_frame_and_the_loader_stay_small(house: House, page: Page) -> None:
    loaded: dict[str, int] = {}

    def weigh(response: Response) -> None:
        path = urlsplit(response.url).path
        if response.status == 200 and not path.endswith((".ico", ".svg")) and "/demo/" not in path:
            loaded[path] = len(gzip.compress(response.body(), 9))

    loader = page.request.get(f"{house.url}/widget/loader.js?lang=ru").body()
    assert len(gzip.compress(loader, 9)) <= LOADER_BUDGET, len(gzip.compress(loader, 9))
    page.on("response", weigh)
    for language in ("en", "ru", "ja"):
        loaded.clear()
        page.goto(f"{house.url}/widget/frame?site=site_demo&lang={language}")
        page.wait_for_load_state("networkidle")
        total = sum(loaded.values())
        assert total <= FRAME_BUDGET, f"{language}: {total} bytes: {sorted(loaded.items(), key=lambda each: -each[1])}"
