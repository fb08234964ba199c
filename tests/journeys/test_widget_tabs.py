"""Ten tabs of one browser, which has six connections to a server over HTTP/1.1: one of them holds the stream, and all can write."""

import time

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.houses import House
from tests.journeys.people import SITE, Customer

pytestmark = pytest.mark.browser
SENT = ".msg.me:not([data-unsent])"
# Notices what a person would: that the window says it reconnects, however short.
WATCH = """() => {
  const strip = document.querySelector('[data-strip="offline"]');
  window.noticed = false;
  new MutationObserver(() => { noticed ||= !strip.hidden; }).observe(strip, { attributes: true });
}"""


def _has_one_stream(house: House) -> bool:
    until = time.monotonic() + 3
    while house.health()["streams"] != 1 and time.monotonic() < until:
        time.sleep(0.05)
    return house.health()["streams"] == 1


def _opens_another(context: BrowserContext, house: House) -> Customer:
    page = context.new_page()
    # All load at once, as when a browser comes back with its tabs.
    page.goto(f"{house.url}/widget/frame?site={SITE}&lang=en", wait_until="commit")
    return Customer(page, page.main_frame)


def test_ten_tabs_share_one_stream_and_nobody_notices_when_the_leading_one_is_closed(own_house: House, context: BrowserContext) -> None:
    own_house.start()
    tabs = [Customer.on_a_page_of_its_own(context.new_page(), own_house.url, "en")]
    tabs[0].writes("I have many tabs.")
    expect(tabs[0].log.locator(SENT)).to_have_count(1)
    tabs += [_opens_another(context, own_house) for _ in range(9)]
    for tab in tabs:
        expect(tab.log.locator(".bubble")).to_have_text(["I have many tabs."])
    assert _has_one_stream(own_house)
    for number, tab in enumerate(tabs):
        tab.writes(f"This is tab {number}.")
    for tab in tabs:
        expect(tab.log.locator(SENT)).to_have_count(11)
    assert len({tuple(tab.words()) for tab in tabs}) == 1, "every tab shows the same, in the same order"

    leading, *others = tabs
    for tab in others:
        tab.frame.evaluate(WATCH)
    leading.page.close()
    others[-1].writes("The first one is closed.")
    for tab in others:
        expect(tab.log.locator(SENT)).to_have_count(12)
    assert _has_one_stream(own_house)
    assert not any(tab.frame.evaluate("noticed") for tab in others)


def test_what_has_been_read_is_told_again_to_a_house_that_was_busy(house: House, page: Page) -> None:
    told: list[str | None] = []

    def answer(route: Route) -> None:
        told.append(route.request.post_data)
        route.fulfill(status=503, headers={"Retry-After": "0"}) if len(told) == 1 else route.continue_()

    page.route("**/live/seen", answer)
    customer = Customer.on_a_page_of_its_own(page, house.url, "en")
    with page.expect_response(lambda response: response.url.endswith("/live/seen") and response.status == 204, timeout=10_000):
        customer.writes("Read this twice.")
    assert len(told) == 2
    assert told[0] == told[1]
