"""The chat among windows that are not its page: none of them is heard, and no window at all learns what makes somebody be somebody."""

import base64
import secrets
import sys
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, Request, Response, Route, expect

from tests.houses import House
from tests.journeys import chatting, host_page
from tests.journeys.host_page import NAME_SOMEBODY, SITE, Site, word
from tests.journeys.noor import Noor

pytestmark = pytest.mark.browser
KEY = "v" * 43
LISTENS = "<script>window.heard = []; addEventListener('message', ({ data }) => heard.push(data));</script>"
SAYS = """([to, messages]) => {
  const chat = { itself: () => window, parent: () => parent, neighbour: () => parent.frames[0], opened: () => opened.frames[0] }[to]();
  for (const each of messages) chat.postMessage(each, "*");
}"""
TOLD: dict[str, dict[str, type]] = {
    "unread": {"count": int},
    "close": {},
    "words": {"words": dict},
    "vouch": {},
    "named": {"verified": bool, "error": str},
}


def everything(word_of_somebody: str) -> list[dict[str, object]]:
    """List every message that the chat takes from its page: `shown` takes the focus, `hidden` keeps an answer from being read."""
    said: list[dict[str, object]] = [
        {"type": "shown"},
        {"type": "word", "token": word_of_somebody},
        {"type": "language", "code": "ru"},
        {"type": "who", "visitor": "m" * 43, "known": True},
        {"type": "forget", "visitor": KEY},
        {"type": "hidden"},
    ]
    return [{"vigil": 1, **each} for each in said]


@pytest.fixture
def elsewhere() -> Iterator[Site]:
    """A site that is on nobody's list."""
    with host_page.standing() as site:
        yield site


def page_around(ours: House, elsewhere: Site) -> str:
    """Write a page that frames the chat by itself, between two frames more: one of its own and a stranger's."""
    return f"""<!doctype html><html lang="en"><title>Exchange</title>{LISTENS}<body>
<iframe name="chat" src="{ours.url}/widget/frame?site={SITE}&lang=en" width="400" height="640"></iframe>
<iframe name="own" src="/second"></iframe><iframe name="foreign" src="{elsewhere.url}/"></iframe></body></html>"""


def said_by_the_page(page: Page, *messages: Mapping[str, object]) -> None:
    page.evaluate("(messages) => { for (const each of messages) frames[0].postMessage({ vigil: 1, ...each }, '*'); }", list(messages))


def strict(told: list[dict[str, Any]]) -> bool:
    """Say whether these are all messages of ours, each with its own fields and nothing more."""
    return all({**TOLD[each["type"]], "vigil": int, "type": str} == {name: type(value) for name, value in each.items()} for each in told)


def doors(page: Page) -> list[str]:
    """Gather what is asked of our server from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        # That the chat looks after its conversations once its line stands is its own affair.
        is_own = request.method == "GET" and urlsplit(request.url).path == "/widget/api/conversations"
        if not is_own and ("/widget/" in request.url or "/live/send" in request.url):
            asked.append(request.url)

    page.context.on("request", note)
    return asked


@pytest.fixture(autouse=True)
def _a_visitor_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody be known from the test before: their open talk would come up in the place of the first screen."""
    key = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")  # as the loader writes it: no other shape is a visitor's
    monkeypatch.setattr(sys.modules[__name__], "KEY", key)


def state_of(chat: Frame) -> Any:
    return chat.evaluate(
        """() => [document.documentElement.lang, document.querySelector(".window").dataset.screen,
        document.querySelector("[data-log]").innerText, document.activeElement.dataset.do, window.isTheSame]"""
    )


def opened_by(opener: Page, url: str) -> Page:
    with opener.context.expect_page() as waiting:
        opener.evaluate("(url) => { window.opened = open(url); }", url)
    waiting.value.bring_to_front()
    return waiting.value


def is_being_named(page: Page, chat: Frame) -> None:
    """Let a guest ask, and the page say that somebody has logged in: now the chat waits for the exchange's word on who."""
    said_by_the_page(page, {"type": "who", "visitor": KEY, "known": False}, {"type": "shown"})
    chatting.asks(chat, "Only my own page is heard, one")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    said_by_the_page(page, {"type": "who", "visitor": KEY, "known": True})
    page.wait_for_function("heard.some(({ type }) => type === 'vouch')")
    chat.evaluate("() => { window.isTheSame = true; document.querySelector('[data-do=menu]').focus(); }")


def test_a54_the_chat_obeys_the_page_around_it_and_no_other_window(
    ours: House, site: Site, elsewhere: Site, context: BrowserContext
) -> None:
    site.pages = {"/": page_around(ours, elsewhere), "/second": LISTENS}
    elsewhere.pages = {"/": LISTENS}
    opener = context.new_page()
    opener.goto(elsewhere.url)
    page = opened_by(opener, site.url)
    chat = chatting.chat_of(page)
    frames = {frame.name: frame for frame in page.frames}
    with Noor(ours) as noor:
        is_being_named(page, chat)
        conversation = noor.does("find", "own page is heard, one")
        before, told, asked = state_of(chat), page.evaluate("heard.length"), doors(page)
        wrong = everything(word(uid="66600666", name="Mallory"))
        chat.evaluate("document.body.appendChild(document.createElement('iframe')).name = 'nested'")
        nested = next(frame for frame in chat.child_frames)
        strangers: dict[str, list[Page | Frame]] = {
            "neighbour": [frames["own"], frames["foreign"]],
            "opened": [opener],
            "itself": [chat],
            "parent": [nested],
        }
        for to, windows in strangers.items():
            for window in windows:
                window.evaluate(SAYS, [to, wrong])
        page.wait_for_timeout(300)
        assert state_of(chat) == before
        assert asked == []
        noor.does("reply", conversation, "An answer that is looked at")
        expect(chatting.theirs(chat)).to_have_text("An answer that is looked at")
        page.wait_for_timeout(200)
    assert {(each["type"], each.get("count")) for each in page.evaluate("heard")[told:]} <= {("unread", 0)}
    for stranger in (frames["own"], frames["foreign"], opener):
        assert stranger.evaluate("heard") == []
    # The page itself says the same, and is heard.
    said_by_the_page(page, {"type": "word", "token": word(name="Ada")}, {"type": "language", "code": "ru"})
    page.wait_for_function("heard.some(({ type, verified }) => type === 'named' && verified)")
    expect(chat.locator("html")).to_have_attribute("lang", "ru")


def test_a54_in_a_window_of_its_own_the_chat_obeys_nobody(ours: House, site: Site, context: BrowserContext) -> None:
    site.pages = {"/": LISTENS}
    opener = context.new_page()
    opener.goto(site.url)
    # One chat knows the opener's site, the other its own house.
    for key in (SITE, "site_demo"):
        page = opened_by(opener, f"{ours.url}/widget/frame?site={key}&lang=en")
        chat = chatting.chat_of(page)
        chat.evaluate("() => { window.isTheSame = true; }")
        before, asked = state_of(chat), doors(page)
        wrong = everything(word(uid="66600666", name="Mallory"))
        opener.evaluate("(messages) => { for (const each of messages) opened.postMessage(each, '*'); }", wrong)
        chat.evaluate(SAYS, ["itself", wrong])
        page.wait_for_timeout(300)
        assert state_of(chat) == before
        assert asked == []
    assert opener.evaluate("heard") == []


def test_a54_where_a_browser_lets_any_page_frame_the_chat_it_still_obeys_only_those_on_the_list(
    ours: House, elsewhere: Site, page: Page
) -> None:
    def without_policy(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={name: value for name, value in answer.headers.items() if name != "content-security-policy"})

    page.route("**/widget/frame?*", without_policy)
    elsewhere.holds(ours.url, more=LISTENS)
    page.goto(elsewhere.url)
    page.wait_for_function("Object.hasOwn(window, 'Vigil')")
    page.evaluate("Vigil.open()")
    chat = chatting.chat_of(page)
    asked = doors(page)
    page.evaluate("() => { Vigil.language('ru'); Vigil.identify(() => 'x.y.z'); }")
    page.wait_for_timeout(300)
    expect(chat.locator("html")).to_have_attribute("lang", "en")
    expect(chat.locator('.ask [data-do="close"], header [data-do="close"]').first).to_be_hidden()
    assert asked == []
    assert page.evaluate("heard") == []


def test_v23_names_that_every_object_knows_are_no_messages(ours: House, site: Site, elsewhere: Site, page: Page) -> None:
    site.pages = {"/": page_around(ours, elsewhere), "/second": LISTENS}
    elsewhere.pages = {"/": LISTENS}
    page.goto(site.url)
    chat = chatting.chat_of(page)
    said_by_the_page(page, *({"type": each} for each in ("__proto__", "constructor", "toString", "hasOwnProperty", "valueOf")))
    chatting.asks(chat, "Nobody has spoken to me yet")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    # To a page that has said nothing it understands it says nothing either.
    expect(chat.locator('header [data-do="close"]')).to_be_hidden()
    assert page.evaluate("heard") == []


def test_v61_no_window_is_told_what_makes_somebody_be_somebody(ours: House, site: Site, elsewhere: Site, context: BrowserContext) -> None:
    secrets: set[str] = set()

    def note(response: Response) -> None:
        if response.status == 200 and urlsplit(response.url).path in {"/widget/api/session", "/widget/api/identify"}:
            secrets.update(value for name, value in response.json().items() if name in {"token", "live"})

    context.on("response", note)
    elsewhere.pages = {"/": LISTENS}
    opener = context.new_page()
    opener.goto(elsewhere.url)
    site.holds(ours.url, more=LISTENS)
    page = opened_by(opener, site.url)
    page.wait_for_function("Object.hasOwn(window, 'Vigil')")
    page.evaluate("Vigil.open()")
    chat = chatting.chat_of(page)
    chatting.asks(chat, "Nobody else becomes me, two")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    page.expose_function("word", word)
    assert page.evaluate(NAME_SOMEBODY)["verified"]
    page.evaluate("Vigil.language('ru')")
    expect(chat.locator("html")).to_have_attribute("lang", "ru")
    chat.press("#ask", "Escape")
    page.wait_for_function("heard.some(({ type }) => type === 'close')")
    told = page.evaluate("heard")
    assert {each["type"] for each in told} == set(TOLD)
    assert strict(told)
    assert opener.evaluate("heard") == []
    # A guest's two, and those of whom the exchange has named.
    assert len(secrets) >= 4
    page_knows = page.evaluate("JSON.stringify([heard, { ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML])")
    urls = [frame.url for frame in page.frames]
    assert [secret for secret in secrets if secret in page_knows or any(secret in url for url in urls)] == []
