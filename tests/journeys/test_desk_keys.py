"""An agent who never touches the mouse."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.houses import House
from tests.journeys.at_the_desk import leaves, opens, press_enter, row, sends, sit_down
from tests.journeys.chatting import asks, open_chat, theirs, writes

pytestmark = pytest.mark.browser
_HIRE = """
import django
django.setup()
from tests import cast
from vigil.team import commands
near = commands.ensure_team(key="near", name="Near")
who = dict(name="Kit Moreau", public_name="Kit", role="agent", languages=["en"], password=cast.PASSWORD)
commands.ensure_agent(email="kit@vigil.example", team_ids=[near], **who)
"""


@pytest.fixture(scope="module")
def kit(house: House) -> str:
    """Hire somebody with whom no other journey has left a chat."""
    house.runs(_HIRE)
    return "kit@vigil.example"


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.name || ''"))


def test_a_chat_is_found_answered_noted_and_resolved_by_keyboard_alone(house: House, browser: Browser, page: Page, kit: str) -> None:
    desk = sit_down(browser, house, kit)
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "Where is my deposit of the keyboard?")
    expect(row(desk, "Where is my deposit of the keyboard?")).to_be_visible()
    for _ in range(30):
        desk.keyboard.press("j")
        if "of the keyboard" in focused(desk):
            break
    desk.keyboard.press("o")
    expect(desk.locator("#entries")).to_contain_text("Where is my deposit of the keyboard?")
    expect(desk.locator("#compose textarea")).to_be_focused()
    desk.keyboard.type("just a reply, keys like e and a are letters here")
    sends(desk)
    expect(theirs(chat).last).to_contain_text("keys like e and a are letters here")
    expect(desk.locator("#live")).to_contain_text("just a reply")
    desk.keyboard.press("Escape")
    desk.keyboard.press("n")
    desk.keyboard.type("Only for us.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#entries .msg.note")).to_contain_text("Only for us.")
    desk.keyboard.press("Escape")
    desk.keyboard.press("e")
    expect(desk.locator("#entries")).to_contain_text("Kit Moreau resolved it")
    expect(desk.locator("#live li")).to_have_count(0)
    # The head offers it once it is drawn anew.
    desk.locator('#head input[name=status][value="open"]').first.wait_for(state="attached")
    desk.keyboard.press("u")
    expect(desk.locator("#entries")).to_contain_text("Kit Moreau opened it again")
    leaves(desk)


def test_alt_and_a_number_open_a_live_chat_from_the_middle_of_a_sentence_and_its_seconds_run(
    house: House, browser: Browser, page: Page, kit: str
) -> None:
    desk = sit_down(browser, house, kit)
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "A chat with a number.")
    opens(desk, "A chat with a number.")
    desk.keyboard.press("Escape")
    desk.keyboard.press("a")
    strip = desk.locator("#live li", has_text="A chat with a number.")
    expect(strip).to_be_visible()
    number = strip.locator("kbd").inner_text()
    before = strip.locator(".pill").inner_text()
    expect(strip.locator(".pill")).not_to_have_text(before)
    desk.goto(f"{house.url}/desk/team")
    expect(strip).to_be_visible()
    desk.keyboard.press(f"Alt+{number}")
    expect(desk.locator("#entries")).to_contain_text("A chat with a number.")
    writes(chat, "And a second sentence.")
    expect(strip.or_(desk.locator("#live li", has_text="And a second sentence."))).to_contain_text("And a second sentence.")
    leaves(desk)


def test_the_letters_rest_while_somebody_writes_or_composes_and_go_by_their_place_in_every_layout(
    house: House, browser: Browser, page: Page, kit: str
) -> None:
    desk = sit_down(browser, house, kit)
    chat = open_chat(page, f"{house.url}/?lang=ru")
    asks(chat, "Где мой вывод?")
    opens(desk, "Где мой вывод?")
    desk.keyboard.press("Escape")
    wire = desk.context.new_cdp_session(desk)
    # On a Russian keyboard the key of R says к.
    for kind in ("rawKeyDown", "keyUp"):
        wire.send("Input.dispatchKeyEvent", {"type": kind, "key": "к", "code": "KeyR", "windowsVirtualKeyCode": 82})
    expect(desk.locator("#compose textarea")).to_be_focused()
    desk.keyboard.press("Escape")
    # A key that an input method has swallowed does nothing.
    wire.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Process", "code": "KeyE", "windowsVirtualKeyCode": 229})
    wire.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": "Process", "code": "KeyE", "windowsVirtualKeyCode": 229})
    press_enter(wire, 229)
    desk.keyboard.press("Control+e")
    desk.wait_for_timeout(300)
    expect(desk.locator("#entries")).not_to_contain_text("Kit Moreau resolved it")
    leaves(desk)


def test_a_question_mark_shows_every_key_and_z_p_and_l_stand_on_their_fields(house: House, browser: Browser, page: Page, kit: str) -> None:
    desk = sit_down(browser, house, kit)
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "A chat for the menu.")
    opens(desk, "A chat for the menu.")
    expect(desk.locator("#compose textarea")).to_be_focused()
    desk.keyboard.press("Escape")
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#keys")).to_be_hidden()
    filled: list[str] = []
    desk.on("request", lambda request: filled.append(request.url) if request.url.endswith("/menu") else None)
    for key, field in (("z", "select[name=until]"), ("p", "select[name=priority]"), ("l", "input.field[name=tag]")):
        desk.keyboard.press(key)
        expect(desk.locator(field)).to_be_focused()
        desk.keyboard.press("Escape")
        desk.locator("#rows > .row").first.focus()
    assert len(filled) == 2, "the menu is asked for when it opens, and not when it closes"
    leaves(desk)


def test_the_one_box_opens_goes_and_does_by_name_without_accents(house: House, browser: Browser, page: Page, kit: str) -> None:
    desk = sit_down(browser, house, kit)
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "Şimdi ne olacak?")
    expect(row(desk, "Şimdi ne olacak?")).to_be_visible()
    box = desk.locator("#box")
    desk.keyboard.press("Control+k")
    expect(box.locator("input")).to_be_focused()
    desk.keyboard.type("deposits")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/desk/queues/near-deposits")
    desk.keyboard.press("Control+k")
    desk.keyboard.type("nobody is called this")
    expect(box.locator("[data-none]")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(box).to_be_hidden()
    desk.goto(f"{house.url}/desk/team")
    opens(desk, "Şimdi ne olacak?")
    desk.locator("#compose textarea").focus()
    desk.keyboard.press("Control+k")
    desk.keyboard.type("resolve")
    expect(box.locator('[aria-selected="true"]')).to_contain_text("Resolve")
    desk.keyboard.press("Enter")
    # Nobody knows yet what it is about: that is asked, and nothing else.
    topic = desk.locator("#head select[name=topic]")
    expect(topic).to_be_focused()
    topic.select_option("fees")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("#entries")).to_contain_text("Kit Moreau resolved it")
    expect(desk.locator("#entries")).to_contain_text("Kit Moreau chose the topic")
    leaves(desk)


def test_keys_of_one_s_own_do_what_they_were_chosen_for(house: House, browser: Browser, page: Page, kit: str) -> None:
    desk = sit_down(browser, house, kit)
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "Which key takes me?")
    desk.goto(f"{house.url}/desk/account/keys")
    desk.get_by_label("Assign to me").focus()
    desk.keyboard.press("y")
    desk.get_by_role("button", name="Save").press("Enter")
    expect(desk.get_by_role("status")).to_have_text("Your keys are kept, for every browser.")
    desk.goto(f"{house.url}/desk/team")
    opens(desk, "Which key takes me?")
    desk.keyboard.press("Escape")
    # The old key does nothing any more.
    desk.keyboard.press("a")
    desk.keyboard.press("?")
    expect(desk.locator('#keys [data-deed="KeyA"] kbd')).to_have_text("Y")
    desk.keyboard.press("?")
    expect(desk.locator("#head")).not_to_contain_text("with Kit Moreau")
    desk.keyboard.press("y")
    expect(desk.locator("#entries")).to_contain_text("Kit Moreau took it")
    desk.goto(f"{house.url}/desk/account/keys")
    desk.get_by_role("button", name="Back to the usual keys").click()
    expect(desk.get_by_label("Assign to me")).to_have_value("KeyA")
    leaves(desk)
