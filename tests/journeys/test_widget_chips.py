"""She tells what happened on a telephone, sees what was understood, puts it right, and the desk has it from the first moment."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, expect

from tests.houses import House
from tests.journeys import at_the_desk, chatting
from tests.journeys.reading import barred

pytestmark = pytest.mark.browser
ADDRESS = "TXQWrg7dvBAYvCtxPmNWBqh6tqJ1txzseX"
PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"
PHONE: dict[str, Any] = {"viewport": {"width": 375, "height": 720}, "is_mobile": True, "has_touch": True}
# A folder where somebody wants to look at what the chips look like.
PICTURES = os.environ.get("VIGIL_PICTURES", "")


@dataclass(frozen=True)
class Story:
    """What is told in one language, and what is shown of it."""

    language: str
    text: str
    topic: str
    amount: str
    other: str


STORIES = (
    Story("zh-Hans", f"我两个小时前用 TRC20 提了 500 USDT 到 {ADDRESS}，现在还没到账", "提币未到账", "500 USDT", "手续费"),
    Story("ru", f"Два часа назад вывел 500 USDT на {ADDRESS} (TRC20), деньги не пришли", "Вывод не пришёл", "500 USDT", "Комиссии"),
)


def _shoot(chat: Frame, name: str) -> None:
    if PICTURES:
        for scheme in ("light", "dark"):
            chat.page.emulate_media(color_scheme=scheme)
            chat.page.screenshot(path=Path(PICTURES) / f"{name}-{scheme}.png", animations="disabled")


def _shown(chat: Frame, what: str) -> str:
    return chat.locator(f'[data-shown="{what}"]').inner_text()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.language)
def test_what_was_understood_is_shown_put_right_and_known_at_the_desk(house: House, browser: Browser, story: Story) -> None:
    context = browser.new_context(locale=story.language, **PHONE)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    chat = chatting.open_chat(page, f"{house.url}/?lang={story.language}")
    expect(chat.locator("[data-chips]")).to_have_count(0)
    chat.locator("#ask").press_sequentially(story.text[:6])
    chat.fill("#ask", story.text)
    chips = chat.locator("[data-chips]")
    expect(chips).to_be_visible()
    assert (_shown(chat, "topic"), chat.locator('[data-chip="language"]').input_value()) == (story.topic, story.language)
    facts = chat.locator("li[data-value] bdi")
    assert story.amount in facts.all_inner_texts()
    expect(chat.locator("[data-says]")).to_contain_text("TXQWrg…txzseX")
    expect(chat.locator("[data-read]")).to_contain_text(story.topic)
    assert all(box and box["height"] >= 44 for box in (each.bounding_box() for each in chat.locator(".chip").all()))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    _shoot(chat, f"chips-{story.language}")
    assert barred(chat) == []
    chat.locator('[data-chip="topic"]').select_option(label=story.other)
    assert _shown(chat, "topic") == story.other
    chat.locator("li[data-value]", has_text="TRC20").locator("button").tap()
    expect(chat.locator("li[data-value]", has_text="TRC20")).to_have_count(0)
    chat.click(".ask button[data-primary]")
    expect(chatting.mine(chat)).to_contain_text(ADDRESS)
    expect(chat.locator(".msg.me[data-unsent]")).to_have_count(0)
    assert problems == []
    desk = at_the_desk.sit_down(browser, house)
    at_the_desk.opens(desk, story.text[:20])
    case = desk.locator("#facts")
    expect(case).to_contain_text("Fees")
    expect(case).to_contain_text("500 USDT")
    expect(case.locator(f'bdi[title="{ADDRESS}"]')).to_be_visible()
    expect(case).not_to_contain_text("TRC20")
    chatting.writes(chat, "UID 48213377")
    expect(case).to_contain_text("•••377")
    if PICTURES:
        desk.screenshot(path=Path(PICTURES) / f"desk-{story.language}.png")
    at_the_desk.leaves(desk)
    context.close()


def test_another_language_keeps_the_words_and_what_was_chosen(house: House, browser: Browser) -> None:
    context = browser.new_context(locale="en", **PHONE)
    page = context.new_page()
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    chat.locator("#ask").press_sequentially("Hi ")
    chat.fill("#ask", STORIES[1].text)
    expect(chat.locator("[data-chips]")).to_be_visible()
    assert _shown(chat, "language") == "Русский"
    chat.locator('[data-chip="topic"]').select_option("fees")
    chat.locator('[data-chip="language"]').select_option("zh-Hans")
    expect(chat.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(chat.locator("#ask")).to_have_value(STORIES[1].text)
    expect(chat.locator("[data-chips]")).to_be_visible()
    assert (_shown(chat, "topic"), _shown(chat, "language")) == ("手续费", "简体中文")
    context.close()


def test_nothing_waits_for_the_chips_and_no_secret_comes_back(house: House, browser: Browser) -> None:
    context = browser.new_context(locale="en", **PHONE)
    page = context.new_page()
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    chat.locator("#ask").press_sequentially("Hi ")
    with page.expect_response("**/widget/api/reading*") as answer:
        chat.fill("#ask", f"I sent 500 USDT and it has not arrived, {PHRASE}")
    assert "sausage" not in answer.value.text()
    expect(chat.locator("[data-chips]")).to_be_visible()
    page.route("**/widget/api/reading*", lambda route: route.abort())
    chatting.asks(chat, "My own words, nothing else")
    expect(chat.locator(".msg.me[data-unsent]")).to_have_count(0)
    context.close()
    other = browser.new_context(locale="en", **PHONE)
    page = other.new_page()
    page.route("**/widget/chips*", lambda route: route.abort())
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    chat.locator("#ask").press_sequentially("My words without any chips")
    chat.click(".ask button[data-primary]")
    expect(chatting.mine(chat)).to_contain_text("without any chips")
    other.close()
