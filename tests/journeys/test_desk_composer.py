"""What an agent shapes, sees before it goes, and what the customer reads then."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.houses import House
from tests.journeys.at_the_desk import leaves, opens, says, sends, sit_down
from tests.journeys.chatting import asks, open_chat, theirs

pytestmark = pytest.mark.browser


def test_words_are_shaped_by_keys_seen_before_they_go_and_read_so_in_the_chat(house: House, browser: Browser, page: Page) -> None:
    desk, chat = sit_down(browser, house), open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "Which network shall I take for the shaped coins?")
    opens(desk, "Which network shall I take for the shaped coins?")
    field, preview = desk.locator("#compose textarea"), desk.locator("#preview")
    field.fill("Take TRC20, as our page says")
    field.press("Alt+p")
    expect(preview.locator("[data-slot=words]")).to_have_text("Take TRC20, as our page says")
    field.evaluate("field => field.setSelectionRange(5, 10)")
    field.press("Control+b")
    field.press("Control+i")
    expect(field).to_have_value("Take ***TRC20***, as our page says")
    field.press("Control+i")
    expect(field).to_have_value("Take **TRC20**, as our page says")
    field.evaluate("field => field.setSelectionRange(19, 27)")
    field.press("Control+k")
    expect(desk.locator("#box")).to_be_hidden()
    field.press_sequentially("https://help.example/networks")
    expect(field).to_have_value("Take **TRC20**, as [our page](https://help.example/networks) says")
    expect(preview.locator("strong")).to_have_text("TRC20")
    expect(preview.locator(".host")).to_have_text("(help.example)")
    field.press("Control+z")
    field.press("Control+Shift+z")
    sends(desk)
    expect(preview).to_be_hidden()
    expect(desk.locator("#entries .bubble.shaped strong")).to_have_text("TRC20")
    answer = theirs(chat).last
    expect(answer.locator("strong")).to_have_text("TRC20")
    expect(answer.locator("a")).to_have_attribute("href", "https://help.example/networks")
    expect(answer.locator("a")).to_have_attribute("rel", "noopener noreferrer nofollow")
    expect(answer).to_contain_text("as our page (help.example) says")
    says(desk, "- one\n- `two` <img src=x onerror=alert(1)>\n\n1. *three*")
    expect(answer.locator("li").nth(1)).to_have_text("two <img src=x onerror=alert(1)>")
    expect(answer.locator("em")).to_have_text("three")
    field.press("Control+k")
    expect(desk.locator("#box")).to_be_visible()
    leaves(desk)
