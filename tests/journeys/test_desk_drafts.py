"""What an agent has begun goes on at any device, and two tabs lose nothing of it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.houses import House
from tests.journeys.at_the_desk import leaves, opens, row, says, sit_down
from tests.journeys.chatting import asks, open_chat, theirs

pytestmark = pytest.mark.browser
PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"


def test_a_reply_begun_at_one_desk_goes_on_at_another_and_is_gone_once_it_is_sent(house: House, browser: Browser, page: Page) -> None:
    here, there = sit_down(browser, house), sit_down(browser, house)
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "Where is the draft of my deposit?")
    opens(here, "Where is the draft of my deposit?")
    here.locator("#compose textarea").press_sequentially("We have fou")
    expect(row(there, "the draft of my deposit").locator(".begun")).to_have_text("Draft")
    opens(there, "Where is the draft of my deposit?")
    field = there.locator("#compose textarea")
    expect(field).to_have_value("We have fou")
    # What one writes the other shows, as long as nobody has written there.
    here.locator("#compose textarea").press_sequentially("nd it.")
    expect(field).to_have_value("We have found it.")
    there.context.set_offline(True)
    field.press("End")
    field.press_sequentially(" In the bridge.")
    here.locator("#compose textarea").fill("We have found it in Riga.")
    with here.expect_response(lambda answer: answer.url.endswith("/draft") and answer.request.method == "POST"):
        pass
    there.context.set_offline(False)
    expect(field).to_have_value("We have found it in Riga.\n\nWe have found it. In the bridge.")
    expect(here.locator("#compose textarea")).to_have_value("We have found it in Riga.\n\nWe have found it. In the bridge.")
    says(here, "We have found it in Riga.")
    expect(theirs(chat).last).to_contain_text("in Riga.")
    expect(field).to_have_value("")
    expect(row(there, "in Riga").locator(".begun")).to_have_count(0)
    field.fill(PHRASE)
    expect(there.locator("#compose [data-slot=says]")).to_contain_text("This draft holds a secret")
    there.reload()
    expect(field).to_have_value(PHRASE)
    field.fill("")
    leaves(here)
    leaves(there)
