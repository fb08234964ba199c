"""Two agents look at one conversation, and each knows of the other."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.houses import House
from tests.journeys.at_the_desk import leaves, opens, sit_down
from tests.journeys.chatting import asks, open_chat

pytestmark = pytest.mark.browser
HERE = '#head [data-slot="here"]'


def test_two_agents_who_look_at_one_chat_see_each_other_until_one_goes(house: House, browser: Browser, page: Page) -> None:
    noor, sol = sit_down(browser, house), sit_down(browser, house, "sol@vigil.example")
    noor.clock.install()
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "Is anybody looking at this?")
    opens(noor, "Is anybody looking at this?")
    opens(sol, "Is anybody looking at this?")
    expect(noor.locator(HERE)).to_contain_text("Also here: Sol Reyes")
    # Who came later is told of who was here before.
    expect(sol.locator(HERE)).to_contain_text("Also here: Noor Haddad")
    sol.locator(".tabs label").nth(1).click()
    sol.locator("#compose textarea").press_sequentially("For us")
    expect(noor.locator('[data-slot="typing"]')).to_have_text("Sol Reyes is typing…")
    # The head is drawn anew and says so still.
    sol.keyboard.press("Escape")
    sol.keyboard.press("a")
    expect(noor.locator("#head")).to_contain_text("with Sol Reyes")
    expect(noor.locator(HERE)).to_contain_text("Also here: Sol Reyes")
    sol.locator(".places a").nth(1).click()
    expect(noor.locator(HERE)).to_be_hidden()
    opens(sol, "Is anybody looking at this?")
    expect(noor.locator(HERE)).to_be_visible()
    sol.context.set_offline(True)
    sol.goto("about:blank")
    # Nobody said goodbye: it is over by itself.
    noor.clock.fast_forward(60_000)
    expect(noor.locator(HERE)).to_be_hidden()
    sol.context.set_offline(False)
    leaves(sol)
    leaves(noor)
