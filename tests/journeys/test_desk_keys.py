"""An agent who never touches the mouse."""

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests import cast
from tests.houses import House
from tests.journeys.at_the_desk import leaves, opens, press_enter, row, sends, sit_down
from tests.journeys.chatting import asks, open_chat, theirs, writes
from tests.journeys.people import SITE

pytestmark = pytest.mark.browser
_HIRE = """
import django
django.setup()
from tests import cast
from vigil.macros import commands as macros
from vigil.team import commands
near = commands.ensure_team(key="near", name="Near")
who = dict(name="Kit Moreau", public_name="Kit", role="agent", languages=["en"], password=cast.PASSWORD)
commands.ensure_agent(email="kit@vigil.example", team_ids=[near], **who)
macros.ensure_macro(key="eta", position=1, team_id=None, titles={"en": "How long it takes"}, texts={"en": "Ten minutes, as a rule."})
"""


@pytest.fixture(scope="module")
def kit(house: House) -> str:
    """Hire somebody with whom no other journey has left a chat."""
    house.runs(_HIRE)
    return "kit@vigil.example"


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.name || ''"))


def walks_to(desk: Page, text: str) -> None:
    """Go down the list with J, and once back up with K, to the row that says `text`; and open it."""
    expect(row(desk, text)).to_be_visible()
    for way in ("j", "k", "j"):
        for _ in range(40 if way == "j" else 1):
            if way == "j" and text in focused(desk):
                break
            desk.keyboard.press(way)
    desk.keyboard.press("o")
    expect(desk.locator("#entries")).to_contain_text(text)


def chooses(desk: Page, field: str, letter: str) -> None:
    """Step to what begins with a letter; nothing is sent before Enter."""
    expect(desk.locator(field)).to_be_focused()
    desk.keyboard.press(letter)
    desk.keyboard.press("Enter")


def _notes_and_inserts(desk: Page, chat: Frame) -> None:
    """Name a colleague in a note, and answer with what was prepared."""
    keys, field = desk.keyboard, desk.locator("#compose textarea")
    keys.press("Escape")
    keys.press("n")
    keys.type("For @noo")
    expect(desk.locator("#people [data-text]:visible")).to_have_count(1)
    keys.press("Enter")
    keys.type("alone.")
    keys.press("Control+Enter")
    expect(desk.locator("#entries .msg.note")).to_contain_text("For @Noor Haddad alone.")
    keys.press("Escape")
    keys.press("/")
    expect(desk.locator('#macros [data-text][aria-selected="true"]')).to_be_visible()
    keys.press("Enter")
    expect(field).to_have_value("Ten minutes, as a rule.")
    keys.press("Control+Enter")
    expect(theirs(chat).last).to_have_text("Ten minutes, as a rule.")
    keys.press("Escape")


def _sorts(desk: Page) -> None:
    """Tag it, make it urgent, and let it sleep until its customer writes or the time comes."""
    keys, head, facts = desk.keyboard, desk.locator("#head"), desk.locator("#facts")
    keys.press("l")
    expect(facts.locator("input[name=tag]")).to_be_focused()
    keys.type("doors")
    keys.press("Enter")
    expect(facts.locator(".tags")).to_contain_text("doors")
    keys.press("p")
    chooses(desk, "#head [data-fold=priority] [aria-current]", "u")
    expect(facts).to_contain_text("Urgent")
    keys.press("z")
    expect(head.locator("[name=until]").first).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(desk.locator("#entries")).to_contain_text("Kit Moreau snoozed it")


def _hands_over(desk: Page) -> None:
    """Give it to a colleague with a word."""
    desk.keyboard.press("g")
    expect(desk.locator("#head [data-fold=agent] [data-find]")).to_be_focused()
    desk.keyboard.type("noor")
    desk.keyboard.press("Enter")
    expect(desk.locator("#head [name=note]")).to_be_focused()
    desk.keyboard.type("She oils doors.")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("#head")).to_contain_text("with Noor Haddad")
    expect(desk.locator("#entries")).to_contain_text("She oils doors.")


def _asks_twice(page: Page, house: House) -> Frame:
    """Let a customer begin two talks, and stand in the second."""
    page.goto(f"{house.url}/widget/frame?site={SITE}&lang=en")
    chat = page.main_frame
    for about in ("My lamp of the keyboard is dark.", "My door of the keyboard sticks."):
        asks(chat, about)
        expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
        chat.click('header [data-do="home"]')
    chat.locator("[data-rows] button", has_text="My door of the keyboard sticks.").click()
    return chat


def _merges(desk: Page) -> None:
    """Let the other talk of the same customer go on in this one."""
    desk.keyboard.press("#")
    expect(desk.locator("#facts [data-merging] summary")).to_be_focused()
    expect(desk.locator("#facts .offer")).to_be_visible()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("#entries")).to_contain_text("My lamp of the keyboard is dark.")


def _finds_and_takes_back(desk: Page) -> None:
    """Open by its words what is no longer theirs: it opens to be read, with every letter a key."""
    desk.keyboard.press("Control+k")
    desk.keyboard.type("door of the keyboard")
    expect(desk.locator("#box [role=option]").first).to_contain_text("door of the keyboard")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**from=search**")
    desk.keyboard.press("a")
    expect(desk.locator("#head")).to_contain_text("with you")


def _resolves_and_opens_again(desk: Page) -> None:
    """Say what it was about, which nobody knew yet."""
    desk.keyboard.press("e")
    expect(desk.locator("#head select[name=topic]")).to_be_focused()
    for key in ("w", "Tab", "Enter"):
        desk.keyboard.press(key)
    expect(desk.locator("#entries")).to_contain_text("Kit Moreau resolved it")
    # The head offers it once it is drawn anew.
    desk.locator('#head input[name=status][value="open"]').first.wait_for(state="attached")
    desk.keyboard.press("u")
    expect(desk.locator("#entries")).to_contain_text("Kit Moreau opened it again")


def test_an_agent_s_whole_work_is_done_by_keyboard_alone(house: House, browser: Browser, page: Page, kit: str) -> None:
    chat = _asks_twice(page, house)
    desk = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900}).new_page()
    problems: list[str] = []
    desk.on("pageerror", lambda error: problems.append(str(error)))
    desk.goto(f"{house.url}/desk/")
    expect(desk.locator("#email")).to_be_focused()
    keys = desk.keyboard
    keys.type(kit)
    keys.press("Tab")
    keys.type(cast.PASSWORD)
    keys.press("Enter")
    desk.wait_for_url("**/desk/team")
    walks_to(desk, "My door of the keyboard sticks.")
    # Nobody has it yet: each letter is a key at once.
    keys.press("a")
    expect(desk.locator("#entries")).to_contain_text("Kit Moreau took it")
    keys.press("r")
    keys.type("keys like e and a are letters here")
    sends(desk)
    expect(theirs(chat).last).to_contain_text("keys like e and a are letters here")
    _notes_and_inserts(desk, chat)
    _sorts(desk)
    _merges(desk)
    _hands_over(desk)
    house.catch_up()
    _finds_and_takes_back(desk)
    _resolves_and_opens_again(desk)
    keys.press("m")
    expect(desk.locator("#mentions .panel")).not_to_contain_text("One moment")
    keys.press("Escape")
    keys.press("Control+k")
    keys.type("sign out")
    keys.press("Enter")
    expect(desk.locator("#email")).to_be_visible()
    desk.context.close()
    assert problems == []


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
    # Nobody has it: it opens to be read, and the letters are keys at once.
    expect(desk.locator("#thread .flow")).to_be_focused()
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#keys")).to_be_hidden()
    filled: list[str] = []
    desk.on("request", lambda request: filled.append(request.url) if request.url.endswith("/menu") else None)
    for key, field in (("z", "[name=until][value=hour]"), ("p", "[name=priority][aria-current]"), ("l", "input.field[name=tag]")):
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
