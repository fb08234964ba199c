"""Whoever reads further up in a conversation is left in peace, and told below what has come."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.noor import Noor
from tests.journeys.people import SITE
from tests.journeys.reading import barred

pytestmark = pytest.mark.browser
LONG = "A long answer, of which there are many. " * 8
# Where the first answer stands on the screen, and how far it is to the end.
STANDS = """() => [document.querySelector(".msg:not(.me)").getBoundingClientRect().top, -document.querySelector(".talk").scrollTop]"""


@pytest.fixture
def noor(house: House) -> Iterator[Noor]:
    with Noor(house) as one:
        yield one


def test_an_answer_moves_nothing_for_whoever_reads_further_up_and_is_read_once_she_has_come_down(
    house: House, noor: Noor, page: Page
) -> None:
    read: list[int] = []
    shown: list[int] = []

    def note(request: Request) -> None:
        if "/shown" in request.url:
            shown.append(json.loads(request.post_data or "{}")["seq"])
        if request.url.endswith("/live/seen"):
            read.append(json.loads(request.post_data or "{}")["read"])

    page.on("request", note)
    page.set_viewport_size({"width": 375, "height": 600})
    page.goto(f"{house.url}/widget/frame?site={SITE}&lang=en")
    chat = page.main_frame
    chatting.asks(chat, "I read what you wrote before")
    name = noor.does("find", "what you wrote before")
    for number in range(6):
        noor.does("reply", name, f"{number}. {LONG}")
    jump = chat.locator('[data-do="jump"]')
    expect(chatting.theirs(chat)).to_have_count(6)
    expect(jump).to_be_hidden()
    page.locator(".talk").evaluate("(talk) => { talk.scrollTop = -700; }")
    before, far = page.evaluate(STANDS)
    page.wait_for_timeout(400)  # What was seen before is told by now.
    seen = read[-1]

    noor.does("reply", name, f"And one more. {LONG}")
    expect(jump).to_have_text("New messages: 1")
    noor.does("type", name)
    noor.does("reply", name, f"And the last. {LONG}")
    expect(jump).to_have_text("New messages: 2")
    page.wait_for_timeout(400)
    after, further = page.evaluate(STANDS)
    assert abs(after - before) < 1, "what she reads stays where it is"
    assert further > far + 100
    assert read[-1] == seen, "nobody has read what is out of sight"
    assert shown[-1] == seen + 2, "but she sees that it is there, and needs no letter"
    expect(page).to_have_title("(2) MEXC support")

    assert barred(page) == []
    jump.focus()
    page.keyboard.press("Enter")
    expect(jump).to_be_hidden()
    expect(chat.locator(".composer textarea")).to_be_focused()
    expect(chatting.theirs(chat).last).to_be_in_viewport()
    expect(page).to_have_title("MEXC support")
    page.wait_for_timeout(400)
    assert read[-1] > seen

    page.locator(".talk").evaluate("(talk) => { talk.scrollTop = -700; }")
    noor.does("reply", name, "Short.")
    expect(jump).to_have_text("New messages: 1")
    chatting.writes(chat, "I see.")
    expect(jump).to_be_hidden()
    expect(chatting.mine(chat).last).to_be_in_viewport()
