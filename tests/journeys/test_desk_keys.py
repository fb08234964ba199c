"""An agent who never touches the mouse."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.houses import House
from tests.journeys.at_the_desk import leaves, opens, press_enter, row, sit_down
from tests.journeys.chatting import asks, open_chat, theirs, writes

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.name || ''"))


def test_a_chat_is_found_answered_noted_and_resolved_by_keyboard_alone(house: House, browser: Browser, page: Page) -> None:
    noor = sit_down(browser, house)
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "Where is my deposit of the keyboard?")
    expect(row(noor, "Where is my deposit of the keyboard?")).to_be_visible()
    for _ in range(12):
        noor.keyboard.press("j")
        if "of the keyboard" in focused(noor):
            break
    noor.keyboard.press("o")
    expect(noor.locator("#entries")).to_contain_text("Where is my deposit of the keyboard?")
    expect(noor.locator("#compose textarea")).to_be_focused()
    noor.keyboard.type("just a reply, keys like e and a are letters here")
    noor.keyboard.press("Control+Enter")
    expect(theirs(chat).last).to_contain_text("keys like e and a are letters here")
    expect(noor.locator("#live")).to_contain_text("just a reply")
    noor.keyboard.press("Escape")
    noor.keyboard.press("n")
    noor.keyboard.type("Only for us.")
    noor.keyboard.press("Control+Enter")
    expect(noor.locator("#entries .msg.note")).to_contain_text("Only for us.")
    noor.keyboard.press("Escape")
    noor.keyboard.press("e")
    expect(noor.locator("#entries")).to_contain_text("Noor Haddad resolved it")
    expect(noor.locator("#live li")).to_have_count(0)
    noor.keyboard.press("u")
    expect(noor.locator("#entries")).to_contain_text("Noor Haddad opened it again")
    leaves(noor)


def test_alt_and_a_number_open_a_live_chat_from_the_middle_of_a_sentence_and_its_seconds_run(
    house: House, browser: Browser, page: Page
) -> None:
    noor = sit_down(browser, house)
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "A chat with a number.")
    opens(noor, "A chat with a number.")
    noor.keyboard.press("Escape")
    noor.keyboard.press("a")
    strip = noor.locator("#live li", has_text="A chat with a number.")
    expect(strip).to_be_visible()
    number = strip.locator("kbd").inner_text()
    before = strip.locator(".pill").inner_text()
    expect(strip.locator(".pill")).not_to_have_text(before)
    noor.goto(f"{house.url}/desk/team")
    noor.keyboard.press(f"Alt+{number}")
    expect(noor.locator("#entries")).to_contain_text("A chat with a number.")
    writes(chat, "And a second sentence.")
    expect(strip.or_(noor.locator("#live li", has_text="And a second sentence."))).to_contain_text("And a second sentence.")
    leaves(noor)


def test_the_letters_rest_while_somebody_writes_or_composes_and_go_by_their_place_in_every_layout(
    house: House, browser: Browser, page: Page
) -> None:
    noor = sit_down(browser, house)
    chat = open_chat(page, f"{house.url}/?lang=ru")
    asks(chat, "Где мой вывод?")
    opens(noor, "Где мой вывод?")
    noor.keyboard.press("Escape")
    wire = noor.context.new_cdp_session(noor)
    # On a Russian keyboard the key of R says к.
    for kind in ("rawKeyDown", "keyUp"):
        wire.send("Input.dispatchKeyEvent", {"type": kind, "key": "к", "code": "KeyR", "windowsVirtualKeyCode": 82})
    expect(noor.locator("#compose textarea")).to_be_focused()
    noor.keyboard.press("Escape")
    # A key that an input method has swallowed does nothing.
    wire.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Process", "code": "KeyE", "windowsVirtualKeyCode": 229})
    wire.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": "Process", "code": "KeyE", "windowsVirtualKeyCode": 229})
    press_enter(wire, 229)
    noor.keyboard.press("Control+e")
    noor.wait_for_timeout(300)
    expect(noor.locator("#entries")).not_to_contain_text("Noor Haddad resolved it")
    leaves(noor)


def test_a_question_mark_shows_every_key_and_z_p_and_l_stand_on_their_fields(house: House, browser: Browser, page: Page) -> None:
    noor = sit_down(browser, house)
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "A chat for the menu.")
    opens(noor, "A chat for the menu.")
    expect(noor.locator("#compose textarea")).to_be_focused()
    noor.keyboard.press("Escape")
    noor.keyboard.press("?")
    expect(noor.locator("#keys")).to_be_visible()
    noor.keyboard.press("Escape")
    expect(noor.locator("#keys")).to_be_hidden()
    for key, field in (("z", "select[name=until]"), ("p", "select[name=priority]"), ("l", "input.field[name=tag]")):
        noor.keyboard.press(key)
        expect(noor.locator(field)).to_be_focused()
        noor.keyboard.press("Escape")
        noor.locator("#rows > .row").first.focus()
    leaves(noor)


def test_the_one_box_opens_goes_and_does_by_name_without_accents(house: House, browser: Browser, page: Page) -> None:
    noor = sit_down(browser, house)
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "Şimdi ne olacak?")
    expect(row(noor, "Şimdi ne olacak?")).to_be_visible()
    box = noor.locator("#box")
    noor.keyboard.press("Control+k")
    expect(box.locator("input")).to_be_focused()
    noor.keyboard.type("deposits")
    noor.keyboard.press("Enter")
    noor.wait_for_url("**/desk/queues/near-deposits")
    noor.keyboard.press("Control+k")
    noor.keyboard.type("nobody is called this")
    expect(box.locator("[data-none]")).to_be_visible()
    noor.keyboard.press("Escape")
    expect(box).to_be_hidden()
    noor.goto(f"{house.url}/desk/team")
    opens(noor, "Şimdi ne olacak?")
    noor.locator("#compose textarea").focus()
    noor.keyboard.press("Control+k")
    noor.keyboard.type("resolve")
    expect(box.locator('[aria-selected="true"]')).to_contain_text("Resolve")
    noor.keyboard.press("Enter")
    expect(noor.locator("#entries")).to_contain_text("Noor Haddad resolved it")
    leaves(noor)
