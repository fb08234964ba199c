"""One customer, two conversations that are open at once: each keeps its own words, whichever stands on the screen."""

import re

import pytest
from playwright.sync_api import BrowserContext, Frame, Locator, Page, Route, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.noor import Noor
from tests.journeys.people import SITE

pytestmark = pytest.mark.browser


def row(chat: Frame, about: str) -> Locator:
    return chat.locator("[data-rows] button", has_text=about)


def begin_both(chat: Frame, noor: Noor, one: str, other: str) -> tuple[str, str]:
    names = []
    for about in (one, other):
        chatting.asks(chat, about)
        expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
        names.append(noor.does("find", about))
        chat.click('header [data-do="home"]')
    return names[0], names[1]


def said(noor: Noor, name: str) -> list[str]:
    return [text for kind, text in noor.does("said", name) if kind in {"message", "reply"}]


def test_answers_in_either_are_badged_each_opens_and_nothing_is_mixed(house: House, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{house.url}/widget/frame?site={SITE}&lang=en")
    chat = page.main_frame
    with Noor(house) as noor:
        pear, plum = begin_both(chat, noor, "My pear is late", "My plum is lost")
        noor.does("reply", pear, "Pear one")
        noor.does("reply", plum, "Plum one")
        noor.does("reply", pear, "Pear two")
        expect(row(chat, "Pear two")).to_contain_text("New messages: 2")
        expect(row(chat, "Plum one")).to_contain_text("New messages: 1")
        expect(page).to_have_title(re.compile(r"^\(3\) "))

        row(chat, "Pear two").click()
        expect(chatting.theirs(chat)).to_have_text(["Pear one", "Pear two"])
        expect(page).to_have_title(re.compile(r"^\(1\) "))
        # What happens in the other one changes nothing here but the count.
        noor.does("type", plum)
        noor.does("reply", plum, "Plum two")
        expect(page).to_have_title(re.compile(r"^\(2\) "))
        expect(chat.locator("[data-typing]")).to_be_hidden()
        chatting.writes(chat, "Thanks for the pear")
        expect(chat.locator("[data-unsent]")).to_have_count(0)
        noor.does("reply", pear, "Pear three")
        expect(chatting.theirs(chat).last).to_have_text("Pear three")
        pears = ["My pear is late", "Pear one", "Pear two", "Thanks for the pear", "Pear three"]
        assert chatting.words(chat) == pears

        chat.click('header [data-do="home"]')
        expect(row(chat, "Plum two")).to_contain_text("New messages: 2")
        expect(row(chat, "Pear three")).not_to_contain_text("New messages")
        row(chat, "Plum two").click()
        plums = ["My plum is lost", "Plum one", "Plum two"]
        expect(chat.locator(".bubble")).to_have_text(plums)
        expect(page).to_have_title("MEXC support")
        assert (said(noor, pear), said(noor, plum)) == (pears, plums)


def test_words_on_their_way_arrive_where_they_were_written(house: House, page: Page) -> None:
    page.goto(f"{house.url}/widget/frame?site={SITE}&lang=en")
    chat, held = page.main_frame, list[Route]()
    with Noor(house) as noor:
        fig, kiwi = begin_both(chat, noor, "My fig is late", "My kiwi is lost")
        row(chat, "My fig is late").click()

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/live/send", hold)
        chatting.writes(chat, "Words for the fig")
        chat.click('header [data-do="home"]')
        row(chat, "My kiwi is lost").click()
        expect(chat.locator(".bubble")).to_have_text(["My kiwi is lost"])
        chatting.writes(chat, "Words for the kiwi")
        page.wait_for_timeout(300)
        assert len(held) == 2
        noor.does("reply", fig, "The fig is found")
        for route in reversed(held):
            route.continue_()
        page.unroute("**/live/send")
        expect(chat.locator("[data-unsent]")).to_have_count(0)
        expect(chat.locator(".bubble")).to_have_text(["My kiwi is lost", "Words for the kiwi"])
        chat.click('header [data-do="home"]')
        row(chat, "fig").click()
        expect(chat.locator(".bubble")).to_have_count(3)
        assert sorted(chatting.words(chat)) == sorted(["My fig is late", "The fig is found", "Words for the fig"])
        assert sorted(said(noor, fig)) == sorted(chatting.words(chat))
        assert said(noor, kiwi) == ["My kiwi is lost", "Words for the kiwi"]
