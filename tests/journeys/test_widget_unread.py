"""No answer is missed, whatever stands on the screen; and two windows of one customer show one conversation."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Locator, Page, Route, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.noor import Noor
from tests.journeys.people import SITE

pytestmark = pytest.mark.browser
COUNT = "() => new Promise((done) => { const stop = Vigil.onUnread((count) => { done(count); setTimeout(() => stop()); }); })"


@pytest.fixture
def noor(house: House) -> Iterator[Noor]:
    with Noor(house) as one:
        yield one


def counts(page: Page, wanted: int) -> None:
    for _ in range(100):
        if page.evaluate(COUNT) == wanted:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.evaluate(COUNT)} instead of {wanted}")


def on_a_page_of_its_own(page: Page, house: House) -> Frame:
    page.goto(f"{house.url}/widget/frame?site={SITE}&lang=en")
    return page.main_frame


def rows(chat: Frame, text: str) -> Locator:
    return chat.locator("[data-rows] button", has_text=text)


def test_an_answer_is_counted_from_the_first_screen_and_found_when_she_comes_back(house: House, noor: Noor, page: Page) -> None:
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    chatting.asks(chat, "Zebra deposit has not come")
    zebra = noor.does("find", "Zebra deposit")
    chat.click('header [data-do="home"]')
    chatting.asks(chat, "Hippo withdrawal hangs")
    hippo = noor.does("find", "Hippo withdrawal")
    chat.click('header [data-do="home"]')
    expect(rows(chat, "")).to_have_count(2)
    page.evaluate("Vigil.close()")
    noor.does("reply", zebra, "About the zebra")
    counts(page, 1)
    noor.does("reply", hippo, "About the hippo")
    noor.does("reply", zebra, "More of the zebra")
    counts(page, 3)
    expect(rows(chat, "Zebra")).to_contain_text("New messages: 2")
    expect(page).to_have_title(re.compile(r"^\(3\) \w"))
    noor.does("set_status", zebra, "resolved")
    page.wait_for_timeout(300)

    # After a reload nothing is forgotten, though one of them is over.
    page.reload()
    counts(page, 3)
    chatting.press_the_button(page)
    chat = chatting.chat_of(page)
    expect(chatting.theirs(chat).last).to_contain_text("hippo")
    counts(page, 2)
    chat.click('header [data-do="home"]')
    expect(rows(chat, "Hippo")).not_to_contain_text("New messages")
    expect(rows(chat, "Zebra")).to_contain_text("New messages: 2")
    page.evaluate("Vigil.close()")
    chatting.press_the_button(page)
    expect(chatting.theirs(chat).last).to_contain_text("More of the zebra")
    counts(page, 0)


def test_an_answer_elsewhere_is_told_in_a_conversation_that_is_open(house: House, noor: Noor, page: Page) -> None:
    chat = on_a_page_of_its_own(page, house)
    chatting.asks(chat, "Giraffe card is blocked")
    giraffe = noor.does("find", "Giraffe card")
    chat.click('header [data-do="home"]')
    chatting.asks(chat, "Lion statement is wrong")
    noor.does("reply", giraffe, "About the giraffe")
    expect(page).to_have_title("(1) MEXC support")
    expect(chat.locator('[data-do="jump"]')).to_be_hidden()
    chat.click('header [data-do="home"]')
    rows(chat, "Giraffe").click()
    expect(chatting.theirs(chat)).to_have_text("About the giraffe")
    expect(page).to_have_title("MEXC support")


def test_two_tabs_on_the_first_screen_show_one_conversation(house: House, noor: Noor, context: BrowserContext) -> None:
    one, other = (on_a_page_of_its_own(context.new_page(), house) for _ in range(2))
    other.wait_for_selector("#ask")
    chatting.asks(one, "Both of us ask about an owl")
    expect(chatting.mine(other)).to_have_text("Both of us ask about an owl")
    chatting.writes(other, "And this is the other window")
    expect(chatting.mine(one).last).to_have_text("And this is the other window")


def test_words_that_were_begun_elsewhere_stay_and_go_on_in_the_open_conversation(house: House, context: BrowserContext) -> None:
    one, other = (on_a_page_of_its_own(context.new_page(), house) for _ in range(2))
    other.fill("#ask", "I was about to say")
    chatting.asks(one, "The first window was quicker about a fox")
    expect(other.locator("[data-rows] button")).to_contain_text("about a fox")
    expect(other.locator("#ask")).to_have_value("I was about to say")
    other.click(".ask button[data-primary]")
    expect(chatting.mine(other)).to_have_text(["The first window was quicker about a fox", "I was about to say"])
    expect(chatting.mine(one)).to_have_count(2)

    # Whoever has chosen to ask something new does.
    other.click('header [data-do="home"]')
    chatting.asks(other, "Something else, about a hen")
    expect(chatting.mine(other)).to_have_count(1)
    other.click('header [data-do="home"]')
    expect(other.locator("[data-rows] button")).to_have_count(2)


def test_words_that_are_being_written_when_her_open_conversation_comes_go_on_in_it(house: House, context: BrowserContext) -> None:
    page = context.new_page()
    chatting.asks(on_a_page_of_its_own(page, house), "My llama has not come")
    expect(chatting.mine(page.main_frame)).to_have_count(1)
    expect(page.locator("[data-unsent]")).to_have_count(0)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/widget/api/session?*", hold)
    chat = on_a_page_of_its_own(page, house)
    chat.locator("#ask").press_sequentially("Any news of my lla")
    for route in held:
        route.continue_()
    expect(chat.locator(".composer textarea")).to_be_focused()
    page.keyboard.type("ma?")
    page.keyboard.press("Enter")
    expect(chatting.mine(chat)).to_have_text(["My llama has not come", "Any news of my llama?"])


def test_an_end_without_a_connection_is_said_and_done_when_it_is_back(house: House, context: BrowserContext) -> None:
    page = context.new_page()
    chat = on_a_page_of_its_own(page, house)
    chatting.asks(chat, "It is solved, about a bee")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    chat.locator('[data-sheet="menu"]').wait_for(state="attached")
    context.set_offline(True)
    chatting.writes(chat, "Thanks, and good bye")
    chat.click('header [data-do="menu"]')
    chat.click('[data-do="end"]')
    expect(chat.locator('[data-strip="done"]')).to_have_text("The conversation ends as soon as the connection is back.")
    context.set_offline(False)
    expect(chat.locator(".ends")).to_be_visible(timeout=40_000)
    expect(chat.locator('[data-strip="done"]')).to_be_hidden()
    assert chatting.words(chat)[-1] == "Thanks, and good bye"


def test_what_went_wrong_is_not_said_any_more_once_something_has_gone_well(house: House, page: Page) -> None:
    chat = on_a_page_of_its_own(page, house)
    chatting.asks(chat, "Something failed, about a cat")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    page.route("**/transcript.txt*", lambda route: route.abort())
    chat.click('header [data-do="menu"]')
    chat.click('[data-do="keep-txt"]')
    expect(chat.locator('[data-strip="problem"]')).to_be_visible()
    chat.fill(".composer textarea", "Never mind")
    chat.press(".composer textarea", "Enter")
    expect(chat.locator('[data-strip="problem"]')).to_be_hidden()


def test_two_devices_of_a_known_customer_show_one_conversation(own_house: House, browser: Browser) -> None:
    own_house.start()
    contexts = [browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900}) for _ in range(2)]
    chats = []
    for each in contexts:
        page = each.new_page()
        page.goto(f"{own_house.url}/?lang=en")
        page.locator("[data-account]").first.click()
        page.locator("[data-leave]").wait_for()
        chatting.press_the_button(page)
        chats.append(chatting.chat_of(page))
        chats[-1].wait_for_selector("#ask")
    one, other = chats
    page.wait_for_timeout(1500)
    chatting.asks(one, "One of my telephones asks about an elk")
    expect(chatting.mine(other)).to_have_text("One of my telephones asks about an elk")
    chatting.writes(other, "And the other goes on")
    expect(chatting.mine(one)).to_have_count(2)
    for each in contexts:
        each.close()
