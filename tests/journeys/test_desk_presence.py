"""Two agents look at one conversation, and each knows of the other; a desk that is gone leaves no customer alone."""

import subprocess
import sys
import time

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.houses import House
from tests.journeys.at_the_desk import leaves, opens, row, says, sit_down
from tests.journeys.chatting import asks, open_chat, theirs, writes

pytestmark = pytest.mark.browser
HERE = '#head [data-slot="here"]'


def test_two_agents_who_look_at_one_chat_see_each_other_until_one_goes(house: House, browser: Browser, page: Page) -> None:
    noor, sol = sit_down(browser, house), sit_down(browser, house, "sol@vigil.example")
    noor.clock.install()
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "Is anybody looking at this?")
    opens(noor, "Is anybody looking at this?")
    opens(sol, "Is anybody looking at this?")
    expect(noor.locator(HERE)).to_contain_text("Also here: Sol Reyes")
    # Who came later is told of who was here before.
    expect(sol.locator(HERE)).to_contain_text("Also here: Noor Haddad")
    sol.locator(".tabs label").nth(1).click()
    sol.locator("#compose textarea").press_sequentially("For us")
    expect(noor.locator('[data-slot="typing"]')).to_have_text("Sol Reyes is typing…")
    # The head is drawn anew and says so still.
    sol.keyboard.press("Escape")
    sol.keyboard.press("a")
    expect(noor.locator("#head")).to_contain_text("with Sol Reyes")
    expect(noor.locator(HERE)).to_contain_text("Also here: Sol Reyes")
    sol.locator(".places a").nth(2).click()
    expect(noor.locator(HERE)).to_be_hidden()
    opens(sol, "Is anybody looking at this?")
    expect(noor.locator(HERE)).to_be_visible()
    sol.context.set_offline(True)
    sol.goto("about:blank")
    their_time = noor.locator("#facts [data-behaviour=clock_of_zone]")
    before = their_time.inner_text()
    # Nobody said goodbye: it is over by itself.
    noor.clock.fast_forward(60_000)
    expect(noor.locator(HERE)).to_be_hidden()
    # The customer's clock goes on as well.
    expect(their_time).not_to_have_text(before)
    sol.context.set_offline(False)
    leaves(sol)
    leaves(noor)


_LIFE = "SELECT 1 FROM team_desklife l JOIN team_agent a ON a.id = l.agent_id AND a.email = 'noor@vigil.example'"
_HEARD = _LIFE + " WHERE l.silent_at IS NULL"
_SILENT = _LIFE + " WHERE l.silent_at IS NOT NULL"
# Also what the server heard last, and tells only now, is a minute old.
_A_MINUTE_PASSES = """
UPDATE team_desklife l SET heard_at = now() - INTERVAL '1 minute' FROM team_agent a
 WHERE a.id = l.agent_id AND a.email = 'noor@vigil.example' AND l.silent_at IS NULL
"""
_LISTENED_LONGER = "UPDATE team_listening SET began_at = began_at - INTERVAL '2 minutes' RETURNING 1"
_GIVES_BACK = """
import django
django.setup()
from vigil.config.recurring import give_back_what_nobody_hears
give_back_what_nobody_hears()
"""


def _until(house: House, question: str, *, before: str = "SELECT") -> None:
    """Wait until the database answers with a row, and say something to it before each time it is asked."""
    with psycopg.connect(house.database_url, autocommit=True) as connection:
        end = time.monotonic() + 20
        while not (connection.execute(before) and connection.execute(question).fetchone()):
            assert time.monotonic() < end, question
            time.sleep(0.1)


def test_when_a_desk_falls_silent_its_customer_is_told_and_those_above_see_it(house: House, browser: Browser, page: Page) -> None:
    noor, sol = sit_down(browser, house), sit_down(browser, house, "sol@vigil.example")
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "Will you leave me?")
    opens(noor, "Will you leave me?")
    says(noor, "Never.")
    expect(theirs(chat)).to_contain_text("Never.")
    writes(chat, "Really not?")
    expect(row(noor, "Really not?").first).to_be_visible()
    _until(house, _HEARD)
    leaves(noor)
    _until(house, _LISTENED_LONGER)
    _until(house, _SILENT, before=_A_MINUTE_PASSES)
    subprocess.run([sys.executable, "-c", _GIVES_BACK], env=house.environment(), check=True)
    expect(chat.locator("[data-log]")).to_contain_text("The connection to your agent was lost. You are at the head of the queue.")
    sol.goto(f"{house.url}/desk/watch")
    expect(sol.locator("tr", has_text="Noor Haddad").filter(has_text="silent")).to_contain_text("Chats back in the queue:")
    back = sit_down(browser, house)
    _until(house, _HEARD)
    row(back, "Really not?").first.click()
    expect(back.locator("#entries")).to_contain_text("The desk of Noor Haddad fell silent.")
    leaves(back)
    leaves(sol)
