"""Enter while a word is being composed, with real composition events of the browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Page

pytestmark = pytest.mark.browser

FIELD = """async (options) => {
  const { sendOnEnter } = await import("/js/composing.js");
  document.body.innerHTML = "<textarea></textarea>";
  const field = document.querySelector("textarea");
  window.sent = [];
  if (options.touch) options = { onTouch: () => true };
  window.detach = sendOnEnter(field, () => { sent.push(field.value); field.value = ""; }, options);
  field.focus();
}"""


@pytest.fixture
def keyboard(page: Page) -> Iterator[CDPSession]:
    page.evaluate(FIELD, {})
    session = page.context.new_cdp_session(page)
    yield session
    session.detach()


def press_enter(keyboard: CDPSession, code: int = 13) -> None:
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code}
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def sent(page: Page) -> list[str]:
    words: list[str] = page.evaluate("sent")
    return words


def test_enter_sends_and_shift_enter_is_a_new_line(page: Page, keyboard: CDPSession) -> None:
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    assert sent(page) == ["one\ntwo"]


@pytest.mark.parametrize(("raw", "word"), [("ni hao", "你好"), ("にほん", "日本"), ("안녀", "안녕")])
def test_enter_never_sends_while_an_input_method_composes(page: Page, keyboard: CDPSession, raw: str, word: str) -> None:
    keyboard.send("Input.imeSetComposition", {"text": raw, "selectionStart": len(raw), "selectionEnd": len(raw)})
    press_enter(keyboard)
    press_enter(keyboard, 229)
    assert sent(page) == []
    keyboard.send("Input.insertText", {"text": word})
    page.wait_for_timeout(80)
    assert page.evaluate("document.activeElement.value") == word
    press_enter(keyboard)
    assert sent(page) == [word]


def test_a_key_the_input_method_swallowed_does_not_send(page: Page, keyboard: CDPSession) -> None:
    page.keyboard.type("words")
    press_enter(keyboard, 229)
    assert sent(page) == []


def test_safaris_late_enter_after_the_composition_does_not_send(page: Page, keyboard: CDPSession) -> None:
    page.evaluate("""() => {
      const field = document.activeElement;
      field.addEventListener("compositionend", () => {
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 13, bubbles: true }));
      });
    }""")
    keyboard.send("Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2})
    keyboard.send("Input.insertText", {"text": "你"})
    page.wait_for_timeout(80)
    assert sent(page) == []


def test_any_key_belongs_to_the_word_for_as_long_as_one_is_composed_and_just_after(page: Page, keyboard: CDPSession) -> None:
    page.evaluate("""async () => {
      const { isComposing } = await import("/js/composing.js");
      const field = document.activeElement;
      window.told = [];
      field.addEventListener("keydown", (event) => told.push(isComposing(event)));
      field.addEventListener("compositionend", () => {
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
      });
    }""")
    keyboard.send("Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2})
    press_enter(keyboard)
    press_enter(keyboard, 229)
    keyboard.send("Input.insertText", {"text": "你"})
    page.wait_for_timeout(80)
    press_enter(keyboard)
    assert page.evaluate("told") == [True, True, True, False]


def test_on_a_touch_keyboard_enter_is_a_new_line_and_control_enter_sends(page: Page) -> None:
    page.evaluate(FIELD, {"touch": True})
    page.keyboard.type("one")
    page.keyboard.press("Enter")
    assert sent(page) == []
    page.keyboard.press("Control+Enter")
    assert sent(page) == ["one\n"]


def test_a_field_that_is_left_alone_again_sends_nothing(page: Page, keyboard: CDPSession) -> None:
    page.evaluate("detach()")
    page.keyboard.type("one")
    page.keyboard.press("Enter")
    assert sent(page) == []
