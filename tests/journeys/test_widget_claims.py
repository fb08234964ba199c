"""What lets something out of the chat, or into it, is done on a person's own act, in a chat that they can see."""

import pytest
from playwright.sync_api import FilePayload, Page, Request, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.host_page import Site
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


def test_a53_a_page_of_another_origin_that_covers_the_chat_gets_no_file_no_address_and_no_transcript_out_of_it(
    ours: House, site: Site, page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url.partition('?')[0].rpartition('/')[2]}"))
    site.holds(ours.url, attributes='data-language="en"')
    page.set_viewport_size({"width": 390, "height": 760})
    chat = chatting.open_chat(page, site.url)
    chatting.asks(chat, "I have a picture for you.")
    problem = chat.locator('[data-strip="problem"]')
    picture: FilePayload = {"name": "screen.png", "mimeType": "image/png", "buffer": page.screenshot()}
    pick = chat.locator('.composer [data-pick="files"]')
    covered = "Something on this page lies over the chat. Please close it and try again."

    page.evaluate(OVERLAY)
    pick.set_input_files(picture)
    expect(problem).to_have_text(covered)
    chat.click('[data-do="menu"]')
    chat.click('[data-sheet="menu"] [data-do="address"]')
    expect(problem).to_be_hidden()
    chat.fill("#email", "mallory@mail.example")
    chat.press("#email", "Enter")
    expect(chat.locator("#email-says")).to_have_text(covered)
    chat.click('[data-sheet="address"] [data-do="shut"]')
    chat.click('[data-do="menu"]')
    chat.click('[data-do="mail"]')
    expect(problem).to_be_visible()
    expect(chat.locator('[data-sheet="menu"]')).to_be_hidden()
    assert not {"POST files", "POST address", "POST mail"} & set(asked)

    page.evaluate("document.getElementById('over').remove()")
    chat.click('[data-do="menu"]')
    chat.click('[data-do="mail"]')
    expect(chat.locator('[data-sheet="address"]')).to_be_visible()
    chat.fill("#email", "ada@mail.example")
    chat.press("#email", "Enter")
    expect(chat.locator('[data-sheet="address"]')).to_be_hidden()
    pick.set_input_files(picture)
    expect(chat.locator(".composer [data-tray] li")).to_have_count(1)
    assert {"POST files", "POST address", "POST mail"} <= set(asked)
