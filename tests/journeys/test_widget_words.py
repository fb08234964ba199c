"""What the chat says and shows while it has no line, in a language that is not English."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.houses import House
from tests.journeys.chatting import asks, open_chat, writes

pytestmark = pytest.mark.browser
_SPACE_AMONG_HAN = re.compile(r"[\u3000-\u9fff] +[\u3000-\u9fff]")


@pytest.mark.parametrize("code", ["zh-Hans", "ja"])
def test_words_on_their_way_are_in_the_chosen_language_and_sentences_stand_without_a_space(house: House, page: Page, code: str) -> None:
    chat = open_chat(page, f"{house.url}/?lang={code}")
    asks(chat, "直接")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    queue = chat.locator('[data-strip="queue"]')
    expect(queue).to_be_visible()
    page.context.set_offline(True)
    strip = chat.locator('[data-strip="offline"]')
    expect(strip).to_be_visible()
    writes(chat, "骨")
    expect(chat.locator(".msg[data-unsent] .bubble")).to_have_attribute("lang", code)
    for each in (queue, strip):
        assert not _SPACE_AMONG_HAN.search(each.inner_text()), each.inner_text()
    page.context.set_offline(False)
    expect(chat.locator(".msg[data-unsent]")).to_have_count(0)
