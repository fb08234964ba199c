"""A customer at the chat: opens it on the host page and uses it as a person does."""

import re

from playwright.sync_api import Frame, Locator, Page, expect


def open_chat(page: Page, url: str) -> Frame:
    """Load the host page, press the button in its corner and wait for what the chat shows first."""
    page.goto(url)
    page.locator("vigil-chat").wait_for(state="attached")
    press_the_button(page)
    return chat_of(page)


def press_the_button(page: Page) -> None:
    # The button lives in a closed shadow tree: only its place is known.
    size = page.viewport_size
    assert size is not None
    page.mouse.click(size["width"] - 48, size["height"] - 48)


def chat_of(page: Page) -> Frame:
    """Give the chat's frame, ready to be used."""
    for _ in range(100):
        found = next((frame for frame in page.frames if "/widget/frame" in frame.url), None)
        if found is not None:
            found.wait_for_selector(".window[data-screen]")
            found.wait_for_load_state("load")
            return found
        page.wait_for_timeout(50)
    raise AssertionError("the chat's frame did not come")


def asks(chat: Frame, text: str) -> None:
    chat.fill("#ask", text)
    chat.click(".ask button[data-primary]")
    expect(mine(chat).last).to_contain_text(text)


def writes(chat: Frame, text: str) -> None:
    chat.fill(".composer textarea", text)
    chat.click(".composer .go")


def mine(chat: Frame) -> Locator:
    return chat.locator(".msg.me .bubble")


def theirs(chat: Frame) -> Locator:
    return chat.locator(".msg:not(.me) .bubble")


def state_of_last(chat: Frame) -> Locator:
    return chat.locator(".msg.me").last.locator('[data-slot="state"]')


def words(chat: Frame) -> list[str]:
    """Tell all that was said, in the order shown."""
    return [re.sub(r"\s+", " ", each).strip() for each in chat.locator(".bubble").all_inner_texts()]
