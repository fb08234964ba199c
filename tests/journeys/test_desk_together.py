"""What one customer asked twice goes on as one, before the eyes of all who look at it."""

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.at_the_desk import bubbles, leaves, numbers, opens, says, sit_down
from tests.journeys.people import SITE

pytestmark = pytest.mark.browser


def test_two_talks_are_merged_by_keyboard_seen_by_a_colleague_and_parted_again(
    house: House, browser: Browser, context: BrowserContext
) -> None:
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
    noor.locator(".offer button").press("Enter")
    for desk in (noor, sol):
        expect(desk.locator("#entries")).to_contain_text("My quince is late")
        assert bubbles(desk)[:2] == ["My quince is late", "My medlar is lost"]
        expect(desk.locator("#facts")).to_contain_text("merged into this one")
    expect(chat.locator('[data-end="closed"]')).to_be_visible()
    says(noor, "Both are on their way.")
    expect(sol.locator("#entries .msg.me, #entries [data-kind=reply]").last).to_contain_text("Both are on their way.")
    sol.locator("#facts form[action$=parting] button").click()
    for desk in (noor, sol):
        expect(desk.locator("#entries")).not_to_contain_text("My quince is late")
        assert numbers(desk) == sorted(set(numbers(desk)))
    expect(chat.locator('[data-end="closed"]')).to_be_hidden()
    chatting.writes(chat, "And my quince?")
    expect(chat.locator("[data-unsent]")).to_have_count(0)
    leaves(noor)
    leaves(sol)
