"""A customer writes while an agent does: the answer waits until the agent has seen it."""

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.houses import House
from tests.journeys.at_the_desk import leaves, opens, says, sit_down
from tests.journeys.chatting import asks, open_chat, theirs, writes

pytestmark = pytest.mark.browser


def test_a_reply_waits_until_what_crossed_it_was_seen_and_a_note_never_does(house: House, browser: Browser, page: Page) -> None:
    noor = sit_down(browser, house, viewport={"width": 1440, "height": 500})
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "My withdrawal is stuck.")
    opens(noor, "My withdrawal is stuck.")
    for number in range(12):
        writes(chat, f"Line {number} of a long story.")
        expect(noor.locator("#entries")).to_contain_text(f"Line {number} of a long story.")
    guard = noor.locator('[data-slot="crossed"]')
    field = noor.locator("#compose textarea")
    noor.wait_for_timeout(1500)
    noor.locator(".flow").evaluate("flow => { flow.scrollTop = 0; }")
    noor.wait_for_timeout(200)
    field.fill("Which network was it?")
    writes(chat, "It was TRC20, never mind, it came.")
    expect(noor.locator("#entries")).to_contain_text("never mind, it came.")
    noor.keyboard.press("Control+Enter")
    expect(guard).to_be_visible()
    assert field.input_value() == "Which network was it?"
    guard.locator("[name=read]").click()
    expect(guard).to_be_hidden()
    expect(noor.locator("#entries article", has_text="never mind, it came.")).to_be_in_viewport()
    expect(field).to_be_focused()
    noor.wait_for_timeout(1500)
    field.fill("Good to hear that it came.")
    noor.keyboard.press("Control+Enter")
    expect(theirs(chat).last).to_contain_text("Good to hear that it came.")
    writes(chat, "Thank you all the same.")
    expect(noor.locator("#entries")).to_contain_text("Thank you all the same.")
    says(noor, "A note goes at once.", note=True)
    expect(noor.locator("#entries .msg.note")).to_contain_text("A note goes at once.")
    leaves(noor)


def test_whoever_knows_better_sends_it_as_it_is(house: House, browser: Browser, page: Page) -> None:
    noor = sit_down(browser, house)
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "Is anybody there?")
    opens(noor, "Is anybody there?")
    noor.fill("#compose textarea", "Yes, I am.")
    writes(chat, "Hello???")
    expect(noor.locator("#entries")).to_contain_text("Hello???")
    noor.keyboard.press("Control+Enter")
    guard = noor.locator('[data-slot="crossed"]')
    expect(guard).to_be_visible()
    guard.locator("[name=send]").click()
    expect(theirs(chat).last).to_contain_text("Yes, I am.")
    expect(guard).to_be_hidden()
    _crosses_over_a_lost_line(noor, chat)
    leaves(noor)


def _crosses_over_a_lost_line(noor: Page, chat: Frame) -> None:
    """Answer while the line is down and the customer goes on: both replies come back in their order, and nothing goes by itself."""
    guard, field = noor.locator('[data-slot="crossed"]'), noor.locator("#compose textarea")
    noor.wait_for_timeout(1500)
    noor.context.set_offline(True)
    writes(chat, "It has just arrived.")
    writes(chat, "Please do nothing.")
    for text in ("I cancel it now.", "It takes a minute."):
        field.fill(text)
        noor.keyboard.press("Control+Enter")
    expect(noor.locator("#entries [data-pending]")).to_have_count(2)
    noor.context.set_offline(False)
    expect(guard).to_be_visible(timeout=30_000)
    expect(field).to_have_value("I cancel it now.\n\nIt takes a minute.")
    expect(noor.locator("#entries [data-pending]")).to_have_count(0)
    expect(noor.locator("#entries")).to_contain_text("Please do nothing.", timeout=30_000)
    assert "I cancel it now." not in chat.locator("body").inner_text()
    noor.wait_for_timeout(2000)
    expect(guard, "the new words are in sight by now, and the answer has still not gone").to_be_visible()
    guard.locator("[name=read]").click()
    expect(guard).to_be_hidden()
    expect(field).to_be_focused()
    noor.wait_for_timeout(1500)
    field.fill("Good, then I leave it.")
    noor.keyboard.press("Control+Enter")
    expect(theirs(chat).last).to_contain_text("Good, then I leave it.")
    expect(guard).to_be_hidden()
