"""A proxy in front of the house holds every answer back until it is whole: the chat asks for news instead, and has nothing to say of it."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.fakes.between import Between
from tests.houses import House
from tests.journeys import chatting
from tests.journeys.noor import Noor

pytestmark = pytest.mark.browser


@pytest.fixture
def between() -> Iterator[Between]:
    with Between() as one:
        yield one


@pytest.fixture
def behind(between: Between, make_house: Callable[..., House]) -> House:
    """A house that is known by the proxy's address."""
    one = make_house(VIGIL_BASE_URL=between.url)
    between.upstream = one.port
    one.start()
    return one


def streams(between: Between) -> int:
    return sum(path.startswith("/live/stream") for path in between.asked)


def test_behind_a_proxy_that_holds_everything_back_both_sides_hear_one_another(behind: House, between: Between, page: Page) -> None:
    between.holds = True
    chat = chatting.open_chat(page, f"{between.url}/?lang=en")
    chatting.asks(chat, "Does anybody hear me through this wall?")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    begun = time.monotonic()
    with Noor(behind) as noor:
        name = noor.does("find", "through this wall")
        noor.does("reply", name, "Loud and clear")
        expect(chatting.theirs(chat)).to_have_text("Loud and clear", timeout=10_000)
        assert time.monotonic() - begun < 9, "what was said before the chat had noticed came late"
        # From here on nothing waits for the proxy any more.
        for number in range(3):
            noor.does("reply", name, f"Answer {number}")
            expect(chatting.theirs(chat).last).to_have_text(f"Answer {number}", timeout=2000)
            chatting.writes(chat, f"Question {number}")
            expect(chat.locator("[data-unsent]")).to_have_count(0, timeout=2000)
        noor.does("type", name)
        expect(chat.locator("[data-typing]")).to_have_text("Noor is typing…", timeout=2000)
        noor.does("read", name)
        expect(chatting.state_of_last(chat)).to_have_text("Read", timeout=2000)
        words = ["Does anybody hear me through this wall?", "Loud and clear"]
        words += [f"{who} {number}" for number in range(3) for who in ("Answer", "Question")]
        assert chatting.words(chat) == words
        assert [text for kind, text in noor.does("said", name) if kind in {"message", "reply"}] == words
    for strip in ("offline", "problem"):
        expect(chat.locator(f'[data-strip="{strip}"]')).to_be_hidden()
    assert any(path.startswith("/live/poll") for path in between.asked)
    assert streams(between) <= 2, "it does not try what has failed again and again"


def test_on_another_network_the_line_is_a_line_again(behind: House, between: Between, page: Page) -> None:
    between.holds = True
    chat = chatting.open_chat(page, f"{between.url}/?lang=en")
    chatting.asks(chat, "I am about to leave the office")
    with Noor(behind) as noor:
        name = noor.does("find", "leave the office")
        noor.does("reply", name, "One")
        expect(chatting.theirs(chat)).to_have_text("One", timeout=10_000)
        between.holds = False
        before = streams(between)
        chat.evaluate("dispatchEvent(new Event('online'))")
        noor.does("reply", name, "Two")
        expect(chatting.theirs(chat)).to_have_text(["One", "Two"], timeout=5000)
        chat.page.wait_for_timeout(500)
        assert streams(between) == before + 1
        polled = len(between.asked)
        noor.does("reply", name, "Three")
        expect(chatting.theirs(chat)).to_have_text(["One", "Two", "Three"], timeout=2000)
        assert not any(path.startswith("/live/poll") for path in between.asked[polled:])
