"""The title of the page around the chat says that there are answers; what the page itself writes there stays its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.noor import Noor

pytestmark = pytest.mark.browser


@pytest.fixture
def noor(house: House) -> Iterator[Noor]:
    with Noor(house) as one:
        yield one


def test_the_pages_title_counts_unread_answers_whatever_the_page_writes_there(house: House, noor: Noor, page: Page) -> None:
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    title = page.title()
    chatting.asks(chat, "The title of this page, nineteen")
    name = noor.does("find", "title of this page, nineteen")
    chat.press(".composer textarea", "Escape")
    noor.does("reply", name, "An answer")
    expect(page).to_have_title(f"(1) {title}")
    page.evaluate("document.title = 'Wallet'")
    expect(page).to_have_title("(1) Wallet")
    noor.does("reply", name, "Another one")
    expect(page).to_have_title("(2) Wallet")
    page.evaluate("document.querySelector('title').firstChild.data = 'Orders (2) '")
    expect(page).to_have_title("(2) Orders (2)")
    chatting.press_the_button(page)
    expect(page).to_have_title("Orders (2)")
    page.evaluate("document.title = '(2) Wallets'")
    page.wait_for_timeout(200)
    assert page.title() == "(2) Wallets", "what the page itself counts is none of ours"


def test_a_page_may_keep_its_title_to_itself_and_the_chat_may_sound_in_it(house: House, noor: Noor, page: Page) -> None:
    def without(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("data-site=", 'data-title="none" data-site=', 1))

    page.route(f"{house.url}/?lang=en", without)
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    title = page.title()
    chatting.asks(chat, "The title is none of ours, twenty")
    chat.press(".composer textarea", "Escape")
    heard = "new Promise((done) => Vigil.onUnread((count) => count && done(count)))"
    noor.does("reply", noor.does("find", "none of ours, twenty"), "An answer")
    assert page.evaluate(heard) == 1
    page.wait_for_timeout(200)
    assert page.title() == title
    assert chat.frame_element().get_attribute("allow") == "autoplay"
