"""What is written at the desk survives what goes wrong there: a session that ends, a broken line, too many words, a key too late."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import cast
from tests.houses import House
from tests.journeys.at_the_desk import bubbles, leaves, opens, press_enter, says, sit_down
from tests.journeys.chatting import asks, open_chat, theirs

pytestmark = pytest.mark.browser
TOO_MUCH = "Please look here. " * 500
# What Safari does at the end of a composition: it tells the end first, and then the key that ended it.
LATE_KEYS = """(field, key) => field.addEventListener("compositionend", () => {
  field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}, { once: true })"""


_PREPARED = """
import django
django.setup()
from vigil.macros import commands
commands.ensure_macro(key="eta", position=1, team_id=None, titles={"en": "How long it takes"}, texts={"en": "Ten minutes, as a rule."})
"""


def _paste(page: Any, field: str, text: str) -> None:
    # As the browser takes in what is pasted, with all that the field itself would cut off.
    page.focus(field)
    assert page.evaluate("(text) => document.execCommand('insertText', false, text)", text)


def _ends_her_sessions_elsewhere(noor: Page, browser: Browser, house: House) -> None:
    other = sit_down(browser, house)
    other.goto(f"{house.url}/desk/account/sessions")
    other.get_by_role("button", name="Sign out everywhere else").click()
    expect(other.locator(".things > li")).to_have_count(1)
    leaves(other)


def test_a_reply_that_was_still_on_its_way_when_the_session_ended_is_in_its_field_again(house: House, browser: Browser, page: Page) -> None:
    noor = sit_down(browser, house)
    asks(open_chat(page, house.url), "Where did my deposit of Monday go?")
    opens(noor, "Where did my deposit of Monday go?")
    noor.context.set_offline(True)
    says(noor, "I have found it, one moment.")
    says(noor, "It hangs in the bridge.", note=True)
    expect(noor.locator("#entries [data-pending]")).to_have_count(2)
    noor.fill("#compose textarea", "And what is more")
    _ends_her_sessions_elsewhere(noor, browser, house)
    noor.context.set_offline(False)
    noor.wait_for_url("**/desk/sign-in**")
    noor.fill("#email", "noor@vigil.example")
    noor.fill("#password", cast.PASSWORD)
    noor.press("#password", "Enter")
    noor.wait_for_url("**/desk/conversations/**")
    field = noor.locator("#compose textarea")
    expect(field).to_have_value("I have found it, one moment.\n\nIt hangs in the bridge.\n\nAnd what is more")
    # One of them was a note, and nobody else is to read that.
    expect(noor.locator('#compose input[value="note"]')).to_be_checked()
    assert bubbles(noor) == ["Where did my deposit of Monday go?"]
    noor.reload()
    expect(field).to_have_value("I have found it, one moment.\n\nIt hangs in the bridge.\n\nAnd what is more")
    leaves(noor)


def test_what_has_arrived_is_not_given_back(house: House, browser: Browser, page: Page) -> None:
    noor = sit_down(browser, house)
    asks(open_chat(page, house.url), "Did you get my papers?")
    opens(noor, "Did you get my papers?")
    says(noor, "Yes, we did.")
    expect(noor.locator("#entries [data-pending]")).to_have_count(0)
    noor.reload()
    expect(noor.locator("#entries .bubble").last).to_contain_text("Yes, we did.")
    expect(noor.locator("#compose textarea")).to_have_value("")
    leaves(noor)


def test_a_desk_that_was_cut_off_learns_what_was_read_meanwhile(house: House, browser: Browser, page: Page) -> None:
    noor = sit_down(browser, house)
    chat = open_chat(page, house.url)
    asks(chat, "How long does a withdrawal take?")
    opens(noor, "How long does a withdrawal take?")
    mark = noor.locator('#entries .msg.me [data-slot="mark"]').last
    page.context.set_offline(True)
    says(noor, "Ten minutes, as a rule.")
    expect(mark).to_have_text("sent")
    # Her page is one of an older version, which the server says when it is there again; what she has begun survives the reload.
    noor.evaluate("document.body.dataset.release = 'older'")
    noor.fill("#compose textarea", "And while you wait")
    noor.context.set_offline(True)
    expect(noor.locator("#connection")).to_be_visible(timeout=10_000)
    with page.expect_request_finished(lambda asked: asked.url.endswith("/live/seen"), timeout=30_000):
        page.context.set_offline(False)
        expect(theirs(chat).last).to_contain_text("Ten minutes", timeout=30_000)
    with noor.expect_request_finished(lambda asked: asked.url.endswith("/marks"), timeout=30_000):
        noor.context.set_offline(False)
    expect(mark).to_have_text("read")
    noor.locator("#release").get_by_role("button", name="Reload").click()
    expect(noor.locator("#compose textarea")).to_have_value("And while you wait")
    expect(noor.locator("#release")).to_be_hidden()
    leaves(noor)


def test_words_that_are_too_many_are_kept_whole_and_the_limit_is_told(house: House, browser: Browser, page: Page) -> None:
    noor = sit_down(browser, house)
    chat = open_chat(page, house.url)
    asks(chat, "May I write a long letter?")
    opens(noor, "May I write a long letter?")
    _paste(noor, "#compose textarea", TOO_MUCH)
    noor.keyboard.press("Control+Enter")
    expect(noor.locator("#compose [data-slot=says]")).to_contain_text("This text is too long. Please keep it under 8000 characters.")
    assert noor.locator("#compose textarea").input_value() == TOO_MUCH.strip()
    _paste(chat, ".composer textarea", TOO_MUCH)
    chat.click(".composer .go")
    expect(chat.locator("body")).to_contain_text("This text is too long. Please keep it under 8000 characters.")
    assert TOO_MUCH.strip() in chat.locator(".msg.me .bubble").last.inner_text()
    leaves(noor)


@pytest.mark.parametrize("key", ["Enter", "Escape"])
def test_a_key_that_ends_a_word_does_nothing_to_the_menu_of_prepared_answers(house: House, browser: Browser, page: Page, key: str) -> None:
    house.runs(_PREPARED)
    noor = sit_down(browser, house)
    question = f"Is there a list of networks? ({key})"
    asks(open_chat(page, house.url), question)
    opens(noor, question)
    field = noor.locator("#compose textarea")
    field.press("/")
    options = noor.locator("#macros [data-text]:visible")
    expect(options.first).to_be_visible()
    keyboard = noor.context.new_cdp_session(noor)
    text = options.first.inner_text()[:1]
    keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": 1, "selectionEnd": 1})
    expect(field).to_have_value("/" + text)
    press_enter(keyboard)
    press_enter(keyboard, 229)
    field.evaluate(LATE_KEYS, key)
    keyboard.send("Input.insertText", {"text": text})
    noor.wait_for_timeout(100)
    expect(field).to_have_value("/" + text)
    expect(options.first).to_be_visible()
    # Once the word is over, the same key does what it says.
    noor.keyboard.press(key)
    expect(noor.locator("#macros")).to_be_hidden()
    leaves(noor)
