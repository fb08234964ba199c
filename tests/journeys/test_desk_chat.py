"""Agents at their desks, a customer at the chat, the server now and then gone."""

import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.houses import House
from tests.journeys.at_the_desk import bubbles, leaves, numbers, opens, press_enter, row, says, sit_down
from tests.journeys.chatting import asks, open_chat, theirs, writes

pytestmark = pytest.mark.browser
_SWITCH_OFF = """
import django
django.setup()
from vigil.kernel import clock
from vigil.team import commands
from vigil.team.models import Agent
agent_id = Agent.objects.get(email="noor@vigil.example").id
commands.switch_off(agent_id=agent_id, actor="system", at=clock.now())
"""


def test_a_chat_arrives_is_answered_noted_taken_and_resolved_and_another_desk_sees_it_all(
    house: House, browser: Browser, page: Page
) -> None:
    noor, sol = sit_down(browser, house), sit_down(browser, house, "sol@vigil.example")
    chat = open_chat(page, f"{house.url}/?lang=zh-Hans")
    asks(chat, "您好，我的充值还没有到账。")
    opens(noor, "您好，我的充值还没有到账。")
    opens(sol, "您好，我的充值还没有到账。")
    says(noor, "您好，我来查一下。")
    expect(theirs(chat).last).to_contain_text("您好，我来查一下。")
    says(sol, "Check the memo first.", note=True)
    for desk in (noor, sol):
        expect(desk.locator("#entries .msg.note")).to_contain_text("Check the memo first.")
        expect(desk.locator("#entries")).to_contain_text("Noor Haddad took it")
    assert "Check the memo first." not in chat.locator("body").inner_text()
    expect(sol.locator("#head")).to_contain_text("with Noor Haddad")
    expect(noor.locator("#head")).to_contain_text("with you")
    sol.locator("#more").click()
    sol.locator("#head button", has_text="Take over from Noor Haddad").click()
    expect(noor.locator("#head")).to_contain_text("with Sol Reyes")
    writes(chat, "谢谢您！")
    expect(noor.locator("#entries .bubble").last).to_contain_text("谢谢您！")
    expect(row(noor, "谢谢您！")).to_be_visible()
    noor.locator("#head button", has_text="Resolve").click()
    expect(sol.locator("#entries")).to_contain_text("Noor Haddad resolved it")
    expect(row(sol, "谢谢您！")).to_have_count(0)
    assert bubbles(noor) == bubbles(sol)
    assert numbers(noor) == numbers(sol) == list(range(1, len(numbers(noor)) + 1))
    for desk in (noor, sol):
        leaves(desk)


def test_typing_and_reading_are_seen_on_the_other_side_and_what_comes_elsewhere_is_heard(
    house: House, browser: Browser, page: Page
) -> None:
    noor = sit_down(browser, house)
    chat = open_chat(page, house.url)
    asks(chat, "Where is my withdrawal of today?")
    opens(noor, "Where is my withdrawal of today?")
    noor.locator("#compose textarea").press_sequentially("Let me", delay=20)
    expect(chat.get_by_text("Noor is typing…")).to_be_visible()
    says(noor, "Let me look.")
    expect(noor.locator('#entries .msg.me [data-slot="mark"]').last).to_have_text("read", timeout=10_000)
    chat.locator(".composer textarea").press_sequentially("ok", delay=20)
    expect(noor.locator('[data-slot="typing"]')).to_contain_text("is typing…")
    noor.goto(f"{house.url}/desk/mine")
    expect(row(noor, "Let me look.")).to_be_visible()
    writes(chat, "Thank you, I wait.")
    expect(noor.locator('.sr[role="status"]')).to_contain_text("wrote: Thank you, I wait.")
    leaves(noor)


def test_a_word_that_is_being_composed_is_never_sent(house: House, browser: Browser, page: Page) -> None:
    noor = sit_down(browser, house)
    asks(open_chat(page, house.url), "입금이 안 됐어요, 도와주세요")
    opens(noor, "입금이 안 됐어요, 도와주세요")
    field = noor.locator("#compose textarea")
    field.focus()
    keyboard = noor.context.new_cdp_session(noor)
    keyboard.send("Input.imeSetComposition", {"text": "안녕", "selectionStart": 2, "selectionEnd": 2})
    expect(field).to_have_value("안녕")
    before = len(bubbles(noor))
    for code in (13, 229):  # browsers name the key itself, or only that the input method has it
        press_enter(keyboard, code, control=True)
    keyboard.send("Input.insertText", {"text": "안녕하세요"})
    # Safari tells the end of a composition before the key that ended it, so that one is not taken for Enter either.
    noor.wait_for_timeout(300)
    expect(field).to_have_value("안녕하세요")
    assert len(bubbles(noor)) == before
    # At the desk, Enter alone is a new line.
    noor.keyboard.press("Enter")
    noor.keyboard.type("확인하겠습니다.")
    assert field.input_value() == "안녕하세요\n확인하겠습니다."
    noor.keyboard.press("Control+Enter")
    expect(noor.locator("#entries .bubble").last).to_contain_text("확인하겠습니다.")
    leaves(noor)


def test_a_prepared_answer_is_not_sent_with_a_hole_in_it(house: House, browser: Browser, page: Page) -> None:
    noor = sit_down(browser, house)
    asks(open_chat(page, house.url), "When does it arrive at last?")
    opens(noor, "When does it arrive at last?")
    says(noor, "It takes {{eta}}.")
    expect(noor.locator("#compose [data-slot=says]")).to_contain_text("Please put words in the place of {{eta}} before you send this.")
    assert noor.locator("#compose textarea").input_value() == "It takes {{eta}}."
    leaves(noor)


def test_what_the_server_refuses_goes_back_to_where_it_was_written(house: House, browser: Browser, page: Page) -> None:
    noor = sit_down(browser, house)
    asks(open_chat(page, house.url), "Please close this one.")
    opens(noor, "Please close this one.")
    name = noor.locator("#thread").get_attribute("data-conversation")
    sol = sit_down(browser, house, "sol@vigil.example")
    sol.goto(f"{house.url}/desk/conversations/{name}")
    noor.fill("#compose textarea", "One more thing")
    sol.locator("#more").click()
    sol.locator("#head [data-fold=status] > summary").click()
    sol.locator("#head [name=status][value=closed]").click()
    expect(noor.locator("#entries")).to_contain_text("Sol Reyes closed it")
    noor.locator("#compose textarea").press("Control+Enter")
    expect(noor.locator("#compose [data-slot=says]")).to_contain_text("This conversation is closed.")
    assert noor.locator("#compose textarea").input_value() == "One more thing"
    leaves(noor)
    leaves(sol)


def test_after_the_server_was_killed_the_desk_shows_exactly_what_it_missed(own_house: House, browser: Browser, page: Page) -> None:
    own_house.start()
    noor, sol = sit_down(browser, own_house), sit_down(browser, own_house, "sol@vigil.example")
    asks(open_chat(page, own_house.url), "My withdrawal is stuck.")
    for desk in (noor, sol):
        opens(desk, "My withdrawal is stuck.")
    noor.context.set_offline(True)
    for number in range(3):
        says(sol, f"While Noor was away {number}")
        expect(sol.locator("#entries .bubble").last).to_contain_text(f"away {number}")
    expect(noor.locator("#connection")).to_be_visible(timeout=10_000)
    own_house.kill()
    noor.context.set_offline(False)
    says(noor, "Written while the server was gone")
    expect(noor.locator("#connection")).to_contain_text("You see everything up to")
    own_house.start()
    for desk in (noor, sol):
        expect(desk.locator("#entries")).to_contain_text("Written while the server was gone", timeout=30_000)
        expect(desk.locator("#connection")).to_be_hidden(timeout=30_000)
    expect(noor.locator("#entries [data-pending]")).to_have_count(0, timeout=30_000)
    expect(noor.locator("#entries")).to_contain_text("While Noor was away 2")
    assert numbers(noor) == numbers(sol) == list(range(1, len(numbers(noor)) + 1))
    assert bubbles(noor) == bubbles(sol)
    for desk in (noor, sol):
        leaves(desk)


def test_v43_an_agent_who_was_switched_off_hears_nothing_any_more_within_five_seconds(
    own_house: House, browser: Browser, page: Page
) -> None:
    own_house.start()
    noor = sit_down(browser, own_house)
    asks(open_chat(page, own_house.url), "Is anybody there?")
    opens(noor, "Is anybody there?")
    own_house.runs(_SWITCH_OFF)
    begun = time.monotonic()
    noor.wait_for_url("**/desk/sign-in**", timeout=5_000)
    assert time.monotonic() - begun < 5
    leaves(noor)
