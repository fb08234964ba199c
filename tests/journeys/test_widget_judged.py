"""Axe judges what is seldom seen of the chat: what is said where something lies over it, a file on its way, and a question about a code."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Frame, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.noor import Noor
from tests.journeys.reading import barred_by_day_and_night
from tests.journeys.test_widget_claims import OVERLAY
from vigil.safety.tests import makers

pytestmark = pytest.mark.browser
# A folder where somebody wants to look at what is asked.
PICTURES = os.environ.get("VIGIL_PICTURES", "")
COVERED = "Something on this page lies over the chat. Please close it and try again."


def judge(chat: Frame) -> None:
    # In the middle of a fade nothing has the contrast that it will have.
    chat.wait_for_function("() => document.getAnimations().every((each) => each.playState !== 'running')")
    assert barred_by_day_and_night(chat) == []


def test_axe_finds_nothing_where_the_chat_is_covered_nor_in_a_file_on_its_way(house: House, browser: Browser) -> None:
    person = browser.new_context(locale="en", viewport={"width": 390, "height": 760})
    page = person.new_page()
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    chatting.asks(chat, "A picture")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    picture: FilePayload = {"name": "screen.png", "mimeType": "image/png", "buffer": page.screenshot()}
    pick, tray = chat.locator('.composer [data-pick="files"]'), chat.locator(".composer [data-tray]")

    page.evaluate(OVERLAY)
    pick.set_input_files(picture)
    problem = chat.locator('[data-strip="problem"]')
    expect(problem).to_have_text(COVERED)
    judge(chat)
    chat.click('header [data-do="menu"]')
    chat.click('[data-sheet="menu"] [data-do="address"]')
    chat.fill("#email", "ada@mail.example")
    chat.press("#email", "Enter")
    expect(chat.locator("#email-says")).to_be_visible()
    judge(chat)
    chat.click('[data-sheet="address"] [data-do="shut"]')
    page.evaluate("document.getElementById('over').remove()")

    page.route("**/files/uploads/*", lambda route: None)  # Its bytes are on their way, and stay there.
    pick.set_input_files(picture)
    bar = tray.locator("progress")
    expect(bar).to_be_visible()
    expect(bar).to_have_accessible_name("screen.png")
    judge(chat)
    page.unroute("**/files/uploads/*")
    person.close()


def shoot(chat: Frame, name: str) -> None:
    if PICTURES:
        for scheme in ("light", "dark"):
            chat.page.emulate_media(color_scheme=scheme)
            chat.page.screenshot(path=Path(PICTURES) / f"{name}-{scheme}.png", animations="disabled")


def test_whoever_is_asked_what_a_code_is_answers_with_a_button_and_the_agent_has_it(house: House, browser: Browser) -> None:
    language = os.environ.get("VIGIL_PICTURES_OF", "ru")
    context = browser.new_context(locale=language, viewport={"width": 375, "height": 720})
    chat = chatting.open_chat(context.new_page(), f"{house.url}/?lang={language}")
    sent, asked = chat.locator(".msg.me:not([data-unsent])"), chat.locator(".turned")
    first, second, third = (makers.hex64(seed) for seed in (901, 902, 903))
    with Noor(house) as noor:
        chatting.asks(chat, first)
        expect(asked.locator("button")).to_have_count(3)
        expect(asked.locator('[data-do="again"]:not([value])')).to_have_count(0)
        shoot(chat, f"asked-{language}")
        judge(chat)
        asked.locator("button", has_text="TXID").click()
        expect(sent).to_have_count(1)
        expect(asked).to_have_count(0)
        name = noor.does("find", first)

        chatting.writes(chat, f"0x{second}")
        asked.locator('[value="secret"]').click()
        expect(sent).to_have_count(2)
        expect(chat.locator("[data-alert]")).to_be_visible()
        assert second not in chat.content()
        shoot(chat, f"told-{language}")
        assert [text for kind, text in noor.does("said", name) if kind == "message"] == [first, "⟦hidden:private_key⟧"]

        noor.does("reply", name, "Please send the TXID, which is public.")
        expect(chatting.theirs(chat)).to_be_visible()
        chatting.writes(chat, f"0x{third}")
        expect(sent).to_have_count(3)
    context.close()
