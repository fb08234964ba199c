"""What somebody said before they logged in comes along on their own click, on a button that they can see."""

import pytest
from playwright.sync_api import Page, Request, expect

from tests.houses import House
from tests.journeys.people import OPEN_SHADOWS, Customer

pytestmark = pytest.mark.browser
# What lies over the whole page and lets every click through, as a page does that wants a click for something else.
OVERLAY = """() => {
  const over = document.body.appendChild(document.createElement("div"));
  over.id = "over";
  over.popover = "manual";
  over.style = "position: fixed; inset: 0; width: 100%; height: 100%; background: Canvas; pointer-events: none";
  over.showPopover();
}"""


def test_a53_a_page_that_covers_the_chat_wins_no_click_on_what_matters(house: House, page: Page) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.url.partition("?")[0].endswith("/api/claim"):
            asked.append(request.url)

    page.add_init_script(OPEN_SHADOWS)
    page.on("request", note)
    customer = Customer.logs_in_after(page, house.url, "en", "Said before I logged in.")
    button = customer.frame.locator('[data-do="claim"]')
    problem = customer.frame.locator('[data-strip="problem"]')

    button.evaluate("(button) => button.click()")
    expect(problem).to_be_visible()
    page.evaluate(OVERLAY)
    button.click()
    expect(problem).to_be_visible()
    assert asked == []

    page.evaluate("document.getElementById('over').remove()")
    button.click()
    expect(customer.log.locator(".bubble")).to_have_text(["Said before I logged in."])
    expect(customer.frame.locator('[data-strip="claim"]')).to_be_hidden()
    assert len(asked) == 1
