"""The plug is pulled while people talk: nothing is lost, nothing comes twice, and the window says what is going on."""

import pytest
from playwright.sync_api import Page, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.noor import Noor

pytestmark = pytest.mark.browser


def test_words_written_while_the_server_is_gone_arrive_once_and_in_order(own_house: House, page: Page) -> None:
    own_house.start()
    chat = chatting.open_chat(page, f"{own_house.url}/?lang=en")
    chatting.asks(chat, "First words")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    with Noor(own_house) as noor:
        name = noor.does("find", "First words")
        own_house.kill()
        strip = chat.locator('[data-strip="offline"]')
        expect(strip).to_be_visible(timeout=10_000)
        expect(strip).to_contain_text("Reconnecting. What you write is kept and sent when we are back.")
        chatting.writes(chat, "Second words")
        chatting.writes(chat, "Third words")
        expect(chat.locator(".msg[data-unsent]")).to_have_count(2)
        expect(chat.locator(".msg[data-unsent] [data-slot=state]").first).to_have_text("Waiting to be sent", timeout=10_000)
        noor.does("reply", name, "An answer she missed")
        own_house.start()
        expect(chatting.theirs(chat)).to_have_text("An answer she missed", timeout=20_000)
        expect(chat.locator(".msg[data-unsent]")).to_have_count(0, timeout=30_000)
        expect(chat.locator(".bubble")).to_have_count(4)
        expect(strip).to_be_hidden()
        assert chatting.words(chat) == ["First words", "An answer she missed", "Second words", "Third words"]
        assert [text for kind, text in noor.does("said", name) if kind in {"message", "reply"}] == chatting.words(chat)


def test_what_the_server_refuses_is_kept_and_said_in_its_own_words(house: House, page: Page) -> None:
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    chatting.asks(chat, "Before the end, five")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    with Noor(house) as noor:
        name = noor.does("find", "the end, five")
        field = chat.locator(".composer textarea")
        field.fill("Too late")
        page.context.set_offline(True)
        page.keyboard.press("Enter")
        noor.does("set_status", name, "closed")
        page.context.set_offline(False)
        refused = chat.locator(".turned")
        expect(refused).to_contain_text("This conversation is closed.", timeout=15_000)
        expect(chat.locator(".msg[data-unsent] .bubble")).to_have_text("Too late")
        expect(chat.locator(".composer")).to_be_hidden()
        refused.get_by_text("Discard").click()
        expect(chat.locator(".msg[data-unsent]")).to_have_count(0)


def test_a_first_message_is_kept_until_the_server_is_back(own_house: House, page: Page) -> None:
    own_house.start()
    chat = chatting.open_chat(page, f"{own_house.url}/?lang=en")
    own_house.kill()
    chat.fill("#ask", "Nobody is there yet")
    page.keyboard.press("Enter")
    expect(chat.locator(".msg[data-unsent] [data-slot=state]")).to_have_text("Waiting to be sent", timeout=10_000)
    own_house.start()
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1, timeout=30_000)
    expect(chat.locator('[data-strip="queue"]')).to_be_visible()
