"""A slip that is taken back: gone from the customer's window and from the desk at once, and both are told."""

import pytest
from playwright.sync_api import Browser, expect

from tests.houses import House
from tests.journeys.at_the_desk import leaves, opens, says, sit_down
from tests.journeys.people import Customer, new_person

pytestmark = pytest.mark.browser
# A minute in this window takes three seconds.
HASTE = "const wait = setTimeout; window.setTimeout = (act, ms, ...rest) => wait(act, ms >= 59000 ? ms / 20 : ms, ...rest);"
SLIP = "The other customer's order is 4711."


def test_a_slip_is_gone_from_both_windows_at_once_and_stays_gone(own_house: House, browser: Browser) -> None:
    own_house.start()
    person = new_person(browser, locale="en-GB", zone="Europe/London")
    ada = Customer.on_a_page_of_its_own(person.new_page(), own_house.url, "en")
    ada.sends("Where is my deposit?")
    page = sit_down(browser, own_house)
    opens(page, "Where is my deposit?")
    says(page, "One moment, please.")
    says(page, SLIP)
    expect(ada.log).to_contain_text(SLIP)
    slip = page.locator("#entries .msg", has_text=SLIP)
    slip.get_by_role("button", name="Withdraw").click()
    expect(ada.log).to_contain_text("The agent withdrew a reply.")
    expect(ada.log).to_contain_text("One moment, please.")
    expect(ada.log).not_to_contain_text("4711")
    expect(page.locator("#entries")).to_contain_text("Noor Haddad withdrew a reply")
    expect(page.locator("#entries")).not_to_contain_text("4711")
    expect(page.locator(".row")).to_contain_text("One moment, please.")
    ada.page.reload()
    expect(ada.log).to_contain_text("The agent withdrew a reply.")
    expect(ada.log).not_to_contain_text("4711")
    person.close()
    leaves(page)


def test_the_offer_goes_when_its_minute_is_over(own_house: House, browser: Browser) -> None:
    own_house.start()
    person = new_person(browser, locale="en-GB", zone="Europe/London")
    ada = Customer.on_a_page_of_its_own(person.new_page(), own_house.url, "en")
    ada.sends("Where is my deposit?")
    page = sit_down(browser, own_house)
    page.add_init_script(HASTE)
    page.reload()
    opens(page, "Where is my deposit?")
    says(page, "One moment, please.")
    offer = page.get_by_role("button", name="Withdraw")
    expect(offer).to_have_count(1)
    offer.focus()
    expect(offer).to_have_count(0)
    expect(page.locator("#compose textarea")).to_be_focused()
    person.close()
    leaves(page)
