"""Axe judges what is seldom seen of the chat: what is said where something lies over it, and a file that is on its way."""

import pytest
from playwright.sync_api import Browser, FilePayload, Frame, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.reading import barred_by_day_and_night
from tests.journeys.test_widget_claims import OVERLAY

pytestmark = pytest.mark.browser
COVERED = "Something on this page lies over the chat. Please close it and try again."


def judge(chat: Frame) -> None:
    # In the middle of a fade nothing has the contrast that it will have.
    chat.wait_for_function("() => document.getAnimations().every((each) => each.playState !== 'running')")
    assert barred_by_day_and_night(chat) == []


def test_axe_finds_nothing_where_the_chat_is_covered_nor_in_a_file_on_its_way(house: House, browser: Browser) -> None:
    person = browser.new_context(locale="en", viewport={"width": 390, "height": 760})
    page = person.new_page()
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    chatting.asks(chat, "A picture")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    picture: FilePayload = {"name": "screen.png", "mimeType": "image/png", "buffer": page.screenshot()}
    pick, tray = chat.locator('.composer [data-pick="files"]'), chat.locator(".composer [data-tray]")

    page.evaluate(OVERLAY)
    pick.set_input_files(picture)
    problem = chat.locator('[data-strip="problem"]')
    expect(problem).to_have_text(COVERED)
    judge(chat)
    chat.click('header [data-do="menu"]')
    chat.click('[data-sheet="menu"] [data-do="address"]')
    chat.fill("#email", "ada@mail.example")
    chat.press("#email", "Enter")
    expect(chat.locator("#email-says")).to_be_visible()
    judge(chat)
    chat.click('[data-sheet="address"] [data-do="shut"]')
    page.evaluate("document.getElementById('over').remove()")

    page.route("**/files/uploads/*", lambda route: None)  # Its bytes are on their way, and stay there.
    pick.set_input_files(picture)
    bar = tray.locator("progress")
    expect(bar).to_be_visible()
    expect(bar).to_have_accessible_name("screen.png")
    judge(chat)
    page.unroute("**/files/uploads/*")
    person.close()
