"""What one customer asked twice goes on as one, before the eyes of all who look at it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.at_the_desk import bubbles, leaves, numbers, opens, says, sit_down
from tests.journeys.people import SITE

pytestmark = pytest.mark.browser


def _race_by_key(quick: Page, late: Page) -> None:
    """Take by key what a colleague has taken a moment before: whoever was too late is told so, and nothing moves under the hand."""
    late.route("**/head", lambda route: route.fulfill(status=204))  # as where the answer comes late
    quick.keyboard.press("a")
    expect(quick.locator("#head")).not_to_have_attribute("data-holder", "")
    stood = late.locator("#head").bounding_box()
    late.locator("#compose textarea").press("Escape")
    late.keyboard.press("a")
    expect(late.locator("#toasts")).to_contain_text("A colleague")
    assert late.locator("#head").bounding_box() == stood
    late.locator("#toasts p").first.click()
    late.unroute("**/head")


def test_two_talks_are_merged_by_keyboard_seen_by_a_colleague_and_parted_again(house: House, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", timezone_id="Asia/Tokyo", viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{house.url}/widget/frame?site={SITE}&lang=en")
    chat = page.main_frame
    for about in ("My quince is late", "My medlar is lost"):
        chatting.asks(chat, about)
        expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
        chat.click('header [data-do="home"]')
    chat.locator("[data-rows] button", has_text="My quince is late").click()
    noor, sol = sit_down(browser, house), sit_down(browser, house, "sol@vigil.example")
    for desk in (noor, sol):
        opens(desk, "My medlar is lost")
        expect(desk.locator("#facts [data-merging]")).to_have_count(1)
    noor.locator("#compose textarea").press("Escape")
    noor.keyboard.press("#")
    expect(noor.locator(".offer")).to_contain_text("1 message comes here")
    context.set_offline(True)
    chatting.writes(chat, "It is for my aunt")
    noor.locator(".offer button").press("Enter")
    for desk in (noor, sol):
        expect(desk.locator("#entries")).to_contain_text("My quince is late")
        assert bubbles(desk)[:2] == ["My quince is late", "My medlar is lost"]
        expect(desk.locator("#facts")).to_contain_text("merged into this one")
    # Whoever was in the one that ended is led on, with the words that had not gone yet.
    context.set_offline(False)
    expect(chat.locator("[data-log]")).to_contain_text("My medlar is lost")
    expect(chat.locator("[data-log]")).to_contain_text("Your other conversation goes on here.")
    expect(chat.locator(".msg.me:not([data-unsent])", has_text="It is for my aunt")).to_have_count(1)
    expect(noor.locator("#entries")).to_contain_text("It is for my aunt")
    _race_by_key(noor, sol)
    says(noor, "Both are on their way, by 15:30.")
    expect(sol.locator("#entries .msg.me, #entries [data-kind=reply]").last).to_contain_text("Both are on their way, by 15:30.")
    expect(chatting.theirs(chat).last).to_have_text("Both are on their way, by 15:30 (00:30 your time, the next day).")
    # Whoever opens the one that ended later is shown the way.
    chat.click('header [data-do="home"]')
    chat.locator("[data-rows] button", has_text="My quince is late").click()
    expect(chat.locator("[data-log]")).to_contain_text("This goes on in your other conversation.")
    chat.locator("[data-onward]").click()
    expect(chat.locator("[data-log]")).to_contain_text("My medlar is lost")
    expect(chat.locator("[data-onward]")).to_have_count(0)
    # Whoever types a name where an address belongs is told so there, and keeps what was typed.
    sol.locator("[data-linking] summary").click()
    sol.locator("[data-linking] .field").fill("Medlar")
    sol.locator("[data-linking] .field").press("Enter")
    expect(sol.locator("[data-linking] [data-refusal]")).to_contain_text("Please paste the address of a conversation here")
    expect(sol.locator("[data-linking] .field")).to_have_value("Medlar")
    assert sol.locator("#toasts p").count() == 0
    sol.locator("#facts form[action$=parting] button").click()
    for desk in (noor, sol):
        expect(desk.locator("#entries")).not_to_contain_text("My quince is late")
        assert numbers(desk) == sorted(set(numbers(desk)))
    expect(chat.locator('[data-end="closed"]')).to_be_hidden()
    chatting.writes(chat, "And my quince?")
    expect(chat.locator("[data-unsent]")).to_have_count(0)
    leaves(noor)
    leaves(sol)
    context.close()
