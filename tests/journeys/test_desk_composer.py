"""What an agent shapes, sees before it goes, and what the customer reads then."""

import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.houses import ROOT, House
from tests.journeys.at_the_desk import leaves, opens, says, sends, sit_down
from tests.journeys.chatting import asks, open_chat, theirs

pytestmark = pytest.mark.browser
_MAIL = """
import django
django.setup()
from uuid import uuid4
from vigil.conversations import commands
from vigil.customers import commands as customers
from vigil.kernel import clock
from vigil.safety import commands as safety
at = clock.now()
olga = customers.register(name=safety.mask_line("Olga"), language="en", addresses={"email": "olga@mail.example"}, at=at)
commands.open_conversation(commands.Opening(olga, "email", "en", uuid4(), "A letter about the lost memo.", "emea-general"), at=at)
"""


def test_words_are_shaped_by_keys_seen_before_they_go_and_read_so_in_the_chat(house: House, browser: Browser, page: Page) -> None:
    desk, chat = sit_down(browser, house), open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "Which network shall I take for the shaped coins?")
    opens(desk, "Which network shall I take for the shaped coins?")
    field, preview = desk.locator("#compose textarea"), desk.locator("#preview")
    field.fill("Take TRC20, as our page says")
    field.press("Alt+p")
    expect(preview.locator("[data-slot=words]")).to_have_text("Take TRC20, as our page says")
    field.evaluate("field => field.setSelectionRange(5, 10)")
    field.press("Control+b")
    field.press("Control+i")
    expect(field).to_have_value("Take ***TRC20***, as our page says")
    field.press("Control+i")
    expect(field).to_have_value("Take **TRC20**, as our page says")
    field.evaluate("field => field.setSelectionRange(19, 27)")
    field.press("Control+k")
    expect(desk.locator("#box")).to_be_hidden()
    field.press_sequentially("https://help.example/networks")
    expect(field).to_have_value("Take **TRC20**, as [our page](https://help.example/networks) says")
    expect(preview.locator("strong")).to_have_text("TRC20")
    expect(preview.locator(".host")).to_have_text("(help.example)")
    field.press("Control+z")
    field.press("Control+Shift+z")
    sends(desk)
    expect(preview).to_be_hidden()
    expect(desk.locator("#entries .bubble.shaped strong")).to_have_text("TRC20")
    answer = theirs(chat).last
    expect(answer.locator("strong")).to_have_text("TRC20")
    expect(answer.locator("a")).to_have_attribute("href", "https://help.example/networks")
    expect(answer.locator("a")).to_have_attribute("rel", "noopener noreferrer nofollow")
    expect(answer).to_contain_text("as our page (help.example) says")
    says(desk, "- one\n- `two` <img src=x onerror=alert(1)>\n\n1. *three*")
    expect(answer.locator("li").nth(1)).to_have_text("two <img src=x onerror=alert(1)>")
    expect(answer.locator("em")).to_have_text("three")
    # What is never asked for comes back, with the sentence marked.
    field.fill("One thing 🙂! Please send me your password. Thank you.")
    field.press("Control+Enter")
    expect(desk.locator("#compose [data-slot=says]")).to_contain_text("we never ask a customer for")
    assert field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == "Please send me your password."
    field.fill("")
    field.press("Control+k")
    expect(desk.locator("#box")).to_be_visible()
    leaves(desk)


def test_an_answer_by_mail_counts_down_and_is_undone_into_the_field(house: House, browser: Browser) -> None:
    # Nobody works here who would send it: it waits for as long as the journey takes.
    subprocess.run([sys.executable, "-c", _MAIL], env=house.environment(), cwd=ROOT, check=True)
    desk = sit_down(browser, house)
    opens(desk, "A letter about the lost memo.")
    field, waiting = desk.locator("#compose textarea"), desk.locator("#entries .departs")
    field.fill("The memo is **found**.")
    sends(desk)
    expect(waiting).to_contain_text("goes out in")
    desk.reload()
    expect(waiting).to_have_count(1)
    expect(desk.locator("#entries .msg.me .bubble")).to_have_text("The memo is found.")
    waiting.get_by_role("button", name="Undo").click()
    expect(waiting).to_have_count(0)
    expect(field).to_have_value("The memo is **found**.")
    expect(field).to_be_focused()
    desk.reload()
    expect(field).to_have_value("The memo is **found**.")
    field.fill("")
    leaves(desk)
