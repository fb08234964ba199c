"""One line for all tabs of a browser: in real tabs, against a server that counts the streams it holds open."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from vigil.look.tests.fake_live import FakeLive
from vigil.look.tests.test_live_script import QUICK, follow, heard, seqs, states, until

pytestmark = pytest.mark.browser


@pytest.fixture
def tabs(page: Page, server: FakeLive) -> Iterator[list[Page]]:
    """Three tabs of one browser, each with a client of its own."""
    pages = [page, *(_tab(page.context, server) for _ in range(2))]
    yield pages
    for each in pages[1:]:
        if not each.is_closed():
            each.close()


def _tab(context: BrowserContext, server: FakeLive) -> Page:
    tab = context.new_page()
    tab.goto(server.address)
    return tab


def _until_live(tab: Page) -> None:
    until(tab, lambda: "live" in states(tab))


def _until_state(tab: Page, state: str) -> None:
    until(tab, lambda: states(tab)[-1] == state)


def _until_heard(tab: Page, *numbers: int) -> None:
    until(tab, lambda: seqs(tab) == list(numbers))


def _follow_all(tabs: list[Page], **options: Any) -> None:
    for tab in tabs:
        follow(tab, **{"share": "ada", **options})
        _until_live(tab)


def test_ten_tabs_hold_one_stream_and_all_hear_everything(page: Page, server: FakeLive) -> None:
    tabs = [page, *(_tab(page.context, server) for _ in range(9))]
    _follow_all(tabs)
    server.say(1, 2, 3)
    for tab in tabs:
        _until_heard(tab, 1, 2, 3)
    assert server.open_streams == 1
    for tab in tabs[1:]:
        tab.close()


def test_when_the_tab_with_the_line_is_closed_another_takes_it_over(tabs: list[Page], server: FakeLive) -> None:
    _follow_all(tabs)
    server.say(1)
    until(tabs[1], lambda: seqs(tabs[1]) == [1])
    # The first tab is the fixture's; what a closed tab does to its lock, leaving the page does as well.
    tabs[0].goto("about:blank")
    server.say(2)
    for tab in tabs[1:]:
        _until_heard(tab, 1, 2)
    until(tabs[1], lambda: server.open_streams == 1)


def test_a_tab_that_comes_later_shows_what_was_said_before(page: Page, server: FakeLive) -> None:
    follow(page, share="ada")
    until(page, lambda: "live" in states(page))
    server.say(1, 2)
    late = _tab(page.context, server)
    follow(late, share="ada")
    until(late, lambda: seqs(late) == [1, 2])
    assert server.open_streams == 1
    late.close()


def test_each_tab_follows_its_own_conversation(tabs: list[Page], server: FakeLive) -> None:
    _follow_all(tabs[:2])
    server.say(1)
    until(tabs[1], lambda: seqs(tabs[1]) == [1])
    server.lost = {7, 8}  # The line's own conversation is another: what it did not bring has to be asked for.
    server.say(7, 8, conversation="c2")
    tabs[1].evaluate("heard.length = 0; live.follow('c2', 6)")
    until(tabs[1], lambda: [(each["conversation"], each["seq"]) for each in heard(tabs[1], "entry")] == [("c2", 7), ("c2", 8)])
    assert server.open_streams == 1


def test_all_tabs_see_that_the_line_is_down_and_miss_nothing_of_it(tabs: list[Page], server: FakeLive) -> None:
    _follow_all(tabs)
    server.say(1)
    for tab in tabs:
        _until_heard(tab, 1)
    server.is_deaf = True
    server.cut()
    for tab in tabs:
        _until_state(tab, "offline")
    server.say(2, 3)
    server.is_deaf = False
    for tab in tabs:
        _until_state(tab, "live")
        _until_heard(tab, 1, 2, 3)


def test_whoever_is_looked_at_takes_the_line_from_a_tab_that_sleeps(tabs: list[Page], server: FakeLive) -> None:
    # A page that a phone has suspended keeps its lock and answers nobody.
    tabs[0].evaluate("() => { navigator.locks.request('vigil-live-ada', () => new Promise(() => {})).catch(() => {}); }")
    follow(tabs[1], share="ada")
    until(tabs[1], lambda: "live" in states(tabs[1]))
    server.say(1)
    until(tabs[1], lambda: seqs(tabs[1]) == [1])


def test_tabs_of_two_people_share_nothing(tabs: list[Page], server: FakeLive) -> None:
    follow(tabs[0], share="ada")
    follow(tabs[1], share="wei")
    for tab in tabs[:2]:
        _until_live(tab)
    assert server.open_streams == 2


@pytest.mark.parametrize(
    "what", ["undefined", "class { constructor() { throw new DOMException('The operation is insecure.', 'SecurityError'); } }"]
)
def test_a_browser_without_channels_or_that_closes_them_gives_each_tab_a_line_of_its_own(
    tabs: list[Page], server: FakeLive, what: str
) -> None:
    for tab in tabs[:2]:
        tab.evaluate(f"Object.defineProperty(window, 'BroadcastChannel', {{ value: {what} }})")
        follow(tab, QUICK, share="ada")
        _until_live(tab)
    assert server.open_streams == 2
