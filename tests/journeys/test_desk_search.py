"""An agent looks for what was said, without a mouse."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.houses import House
from tests.journeys.at_the_desk import leaves, sit_down
from tests.journeys.chatting import asks, open_chat

pytestmark = pytest.mark.browser


def test_a_conversation_is_found_by_keyboard_alone_in_the_place_and_in_the_box_and_what_was_asked_stands_in_no_address(
    house: House, browser: Browser, page: Page
) -> None:
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "My deposit for the café in Zanzibar has not arrived.")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    house.catch_up()
    desk = sit_down(browser, house)
    desk.keyboard.press("s")
    field = desk.locator("#search [name=words]")
    expect(field).to_be_focused()
    field.fill("cafe zanzibar")
    desk.keyboard.press("Enter")
    row = desk.locator("#rows .row[data-id]")
    expect(row.locator(".what mark")).to_have_text(["café", "Zanzibar"])
    assert "zanzibar" not in desk.url
    desk.keyboard.press("ArrowDown")
    expect(row).to_be_focused()
    desk.keyboard.press("Escape")
    expect(field).to_be_focused()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    expect(desk.locator("#entries")).to_contain_text("Zanzibar")
    # Reloaded, it is the same conversation beside the same search.
    desk.reload()
    expect(desk.locator("#entries")).to_contain_text("Zanzibar")
    expect(row.locator("mark").first).to_be_visible()
    desk.keyboard.press("Control+k")
    desk.keyboard.type("zanz")
    found = desk.locator("#box [role=group] [role=option]").first
    expect(found).to_contain_text("Zanzibar")
    expect(found).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("Enter")
    expect(desk.locator("#box")).to_be_hidden()
    expect(desk.locator("#entries")).to_contain_text("Zanzibar")
    assert "zanz" not in desk.url
    leaves(desk)
