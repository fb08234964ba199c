"""Somebody was away while far more happened than one answer of the live tier tells: all of it is there, in order, each once."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.houses import House
from tests.journeys.at_the_desk import leaves, numbers, opens, sit_down
from tests.journeys.chatting import asks, open_chat, theirs
from tests.journeys.noor import Noor

pytestmark = pytest.mark.browser
MANY = 520  # an answer tells 500
LONG = 60_000


def test_more_than_one_page_that_was_missed_is_there_without_reloading(own_house: House, browser: Browser, page: Page) -> None:
    house = own_house  # in the shared one Noor may read another language by now
    house.start()
    chat = open_chat(page, house.url)
    asks(chat, "Please tell me everything there is to know.")
    desk = sit_down(browser, house)
    opens(desk, "Please tell me everything there is to know.")
    with Noor(house) as noor:
        name = noor.does("find", "Please tell me everything there is to know.")
        for context in (page.context, desk.context):
            context.set_offline(True)
        for number in range(1, MANY + 1):
            noor.does("reply", name, f"Fact {number}.")
        noor.does("set_status", name, "waiting")
    for context in (page.context, desk.context):
        context.set_offline(False)
    expect(theirs(chat)).to_have_count(MANY, timeout=LONG)
    assert theirs(chat).all_inner_texts() == [f"Fact {number}." for number in range(1, MANY + 1)]
    expect(desk.locator("#entries")).to_contain_text("waits for their answer", timeout=LONG)
    assert numbers(desk) == list(range(1, len(numbers(desk)) + 1))
    assert len(numbers(desk)) > MANY
    leaves(desk)
