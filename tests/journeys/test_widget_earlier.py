"""What came long ago can be read as well: it is asked for, and nothing moves that is being read."""

import pytest
from playwright.sync_api import Page, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.noor import Noor
from tests.journeys.people import SITE

pytestmark = pytest.mark.browser


def test_the_beginning_of_a_long_conversation_and_of_a_long_history_is_there(own_house: House, page: Page) -> None:
    own_house.start()
    page.goto(f"{own_house.url}/widget/frame?site={SITE}&lang=en")
    chat = page.main_frame
    chatting.asks(chat, "How it all began with a newt")
    with Noor(own_house) as noor:
        name = noor.does("find", "began with a newt")
        noor.does("replies", name, "Answer", 410)
        page.reload()
        expect(chatting.theirs(chat).last).to_have_text("Answer 409")
        expect(chatting.mine(chat)).to_have_count(0)
        more = chat.get_by_role("button", name="Show earlier messages")
        more.click()
        expect(chatting.mine(chat)).to_have_text("How it all began with a newt")
        expect(chatting.theirs(chat)).to_have_count(410)
        expect(more).to_have_count(0)

        chat.click('header [data-do="home"]')
        rows = chat.locator("[data-rows] button")
        expect(rows).to_have_count(1)
        noor.does("hears", name, "And another matter", 24)
        expect(rows.nth(20)).to_be_visible()
        page.reload()
        chat.click('header [data-do="home"]')
        expect(rows).to_have_count(20)
        more = chat.get_by_role("button", name="Show earlier conversations")
        more.click()
        expect(rows).to_have_count(25)
        expect(more).to_have_count(0)
        rows.last.click()
        expect(chatting.theirs(chat).last).to_have_text("Answer 409")
        noor.does("reply", name, "And one today")
        expect(chatting.theirs(chat).last).to_have_text("And one today")
