"""How late a row is, on a list as narrow as it gets: the pill is read whole in every language, and the name is what gets cut."""

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.houses import House
from tests.journeys.at_the_desk import leaves, sit_down
from tests.journeys.people import Agent
from vigil.languages.table import ELEVEN

pytestmark = pytest.mark.browser
CODES = [language.code for language in ELEVEN]
_NAME = "Maximiliana Alexandrowna von Hohenzollern-Sigmaringen"
_CROWD = f"""
import django
django.setup()
from tests import cast
from vigil.safety import commands as safety
from vigil.customers import commands as customers
for number in range(9):
    cast.opens(customers.register(name=safety.mask_line("{_NAME}"), language="en", addresses={{}}, at=cast.NIGHT))
"""
# Two still in time, the others late by the widest figures of each unit.
_DUE = """
UPDATE conversations_conversation
   SET due_at = now() + (%(left)s)::interval, waiting_since = LEAST(now(), now() + (%(left)s)::interval)
 WHERE id = %(id)s
"""
_HERS = """
UPDATE conversations_conversation SET assignee_id = (SELECT id FROM team_agent WHERE email = 'noor@vigil.example') WHERE id = ANY(%s)
"""
_LEFT = ("9 min", "55 min", "-59 s", "-59 min", "-23 h", "-6 days", "-3 weeks", "-11 months", "-2 years")
_CUT = """(pills) => pills.filter((each) => {
  const range = document.createRange();
  range.selectNodeContents(each);
  const [words, box, row] = [range, each, each.closest(".row, .live a")].map((one) => one.getBoundingClientRect());
  const isInside = words.left >= box.left && words.right <= box.right && box.left >= row.left && box.right <= row.right;
  return !isInside || each.scrollWidth > each.clientWidth;
}).map((each) => each.textContent)"""
_BROKEN = "(pills) => pills.filter((each) => each.clientHeight > 30).map((each) => each.textContent)"
_NAMES_CUT = '(rows) => rows.every((row) => { const who = row.querySelector(".who"); return who.scrollWidth > who.clientWidth; })'


def crowd(house: House) -> None:
    """Let nine customers with a long name wait, each for longer than the one before."""
    house.runs(_CROWD)
    with psycopg.connect(house.database_url, autocommit=True) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM conversations_conversation ORDER BY id").fetchall()]
        for left, one in zip(_LEFT, ids, strict=True):
            connection.execute(_DUE, {"left": left, "id": one})
        # More than have a number of their own.
        connection.execute(_HERS, (ids[:6],))


def look(page: Page, code: str, width: int) -> list[str]:
    """List what is wrong with the pills at one width."""
    page.set_viewport_size({"width": width, "height": 900})
    pills = page.locator("#rows .row .pill, #live .pill")
    expect(pills).to_have_count(len(_LEFT) + 6)
    wrong = [f"{code} at {width}: cut: {each}" for each in pills.evaluate_all(_CUT)]
    wrong += [f"{code} at {width}: on two lines: {each}" for each in pills.evaluate_all(_BROKEN)]
    assert page.locator("#rows .row").evaluate_all(_NAMES_CUT), "the names were to be too long"
    return wrong


def test_how_late_a_row_is_can_be_read_whole_in_every_language(own_house: House, browser: Browser) -> None:
    own_house.start()
    crowd(own_house)
    page = sit_down(browser, own_house)
    agent, wrong = Agent(page, own_house.url), []
    for code in CODES:
        page.set_viewport_size({"width": 1440, "height": 900})
        agent.speaks(code)
        wrong += [each for width in (375, 860, 1440) for each in look(page, code, width)]
    assert wrong == []
    leaves(page)
