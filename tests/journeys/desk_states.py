"""The desk in the states that one meets in a shift, one after the other, for the contact sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from playwright.sync_api import BrowserContext, Error, Page

from tests.journeys.people import Agent

SOUGHT = {"en": "usdt", "zh-Hans": "充值", "ru": "usdt", "ko": "입금"}
SHAPED = "**TRC20**, _please_:\n\n- `0x1f` is yours\n- [our page](https://www.mexc.com/support)\n\n> You wrote so."


class Camera(Protocol):
    """What keeps a picture of a page."""

    name: str

    def shoot(self, page: Page, state: str) -> None:
        """Keep what the page shows now."""


@dataclass(frozen=True)
class Tour:
    """One page in one language, and what keeps pictures of it."""

    page: Page
    url: str
    language: str
    camera: Camera

    def shoot(self, state: str) -> None:
        self.camera.shoot(self.page, state)


def agent_states(context: BrowserContext, url: str, language: str, camera: Camera, cookies: list[Any]) -> None:
    """Shoot what an agent meets."""
    tour = Tour(_sits(context, url, language, cookies), url, language, camera)
    _each(tour, _search, _pages, _composer, _letter, _facts, _menus)


def watch_states(context: BrowserContext, url: str, language: str, camera: Camera, cookies: list[Any]) -> None:
    """Shoot what somebody sees who looks after a team."""
    tour = Tour(_sits(context, url, language, cookies), url, language, camera)
    _each(tour, _watches, _looks_at_people)


def _search(tour: Tour) -> None:
    page = tour.page
    page.goto(f"{tour.url}/desk/search")
    tour.shoot("desk-a1-search")
    for words, state in ((SOUGHT[tour.language], "desk-a2-found"), ("qqzzxx", "desk-a3-none-found")):
        page.fill("#search [name=words]", words)
        with page.expect_response("**/desk/search**"):
            page.press("#search [name=words]", "Enter")
        page.wait_for_load_state()
        tour.shoot(state)


def _pages(tour: Tour) -> None:
    page = tour.page
    for path, state in (
        ("mine", "desk-b1-mine"),
        ("followed", "desk-b2-followed"),
        ("account", "desk-b3-account"),
        ("account/keys", "desk-b4-keys"),
        ("account/sessions", "desk-b5-sessions"),
        ("account/factors", "desk-b6-factors"),
        ("people", "other-6-forbidden"),
        ("conversations/00000000000000000000000000", "other-7-not-found"),
    ):
        page.goto(f"{tour.url}/desk/{path}")
        tour.shoot(state)


def _composer(tour: Tour) -> None:
    page = tour.page
    _opens(page, tour.url)
    page.fill("#compose textarea", SHAPED)
    page.locator("[data-open-preview]").click()
    page.locator("#preview [data-slot=words] *").first.wait_for()
    tour.shoot("desk-c1-preview")
    page.locator("[data-open-preview]").click()
    page.fill("#compose textarea", "x" * 8001)
    page.locator("#compose [type=submit]").click()
    page.locator("#compose [data-slot=says]:visible").wait_for()
    tour.shoot("desk-c2-too-long")
    page.fill("#compose textarea", "")
    page.locator('#compose input[value="note"]').check(force=True)
    page.locator("#compose textarea").press_sequentially("@")
    page.locator("#people [data-text]").first.wait_for()
    tour.shoot("desk-c3-colleagues")
    page.fill("#compose textarea", "")
    page.locator('#compose input[value="reply"]').check(force=True)


def _letter(tour: Tour) -> None:
    page = tour.page
    page.goto(f"{tour.url}/desk/team")
    page.locator('#rows .row:has(use[href$="#mail"])').first.click()
    page.locator("#compose textarea").fill("One moment, please: we look into it.")
    page.locator("#compose [type=submit]").click()
    page.locator("#entries .departs button").wait_for()
    tour.shoot("desk-d1-undo")
    page.locator("#entries .departs button").click()
    page.locator("#entries .departs").wait_for(state="detached")
    page.fill("#compose textarea", "")


def _facts(tour: Tour) -> None:
    page = tour.page
    _opens(page, tour.url)
    if page.locator("[popovertarget=facts]:visible").count():
        page.locator("[popovertarget=facts]:visible").first.click()
    for state, what, then in (
        ("desk-e1-reveal", "#facts [hx-get*=personal]", "#facts form.ask select[name=reason]"),
        ("desk-e2-tag", "#facts [data-tagging] summary", "#facts input[name=tag]"),
        ("desk-e3-merge", "#facts [data-merging] summary", "#facts [data-merging] :is(.offer, p.muted)"),
        ("desk-e4-block", "#facts details:has(form[action$=block]) summary", "#facts form[action$=block] select"),
    ):
        if page.locator(what).count():
            page.locator(what).first.click()
            page.locator(then).first.wait_for()
            page.locator(then).first.scroll_into_view_if_needed()
            tour.shoot(state)


def _menus(tour: Tour) -> None:
    page = tour.page
    _opens(page, tour.url)
    if page.locator("#head summary#turn:visible").count():
        page.locator("#head summary#turn").click()
        page.locator("#head select[name=topic]").wait_for()
        tour.shoot("desk-f1-resolve")
    page.goto(f"{tour.url}/desk/team")
    page.locator("#mentions summary").click()
    page.locator("#mentions .panel > :not([hidden])").first.wait_for()
    page.locator("#mentions .panel > :first-child").wait_for()
    tour.shoot("desk-f2-bell")
    page.keyboard.press("Escape")
    page.locator(".nav > details.menu > summary").click()
    tour.shoot("desk-f3-menu")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    tour.shoot("desk-f4-keys")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type(SOUGHT[tour.language])
    page.locator("#box [role=group]").wait_for()
    tour.shoot("desk-f5-box")


def _watches(tour: Tour) -> None:
    page = tour.page
    page.goto(f"{tour.url}/desk/watch")
    tour.shoot("desk-g1-watch")
    page.locator(".table a").first.click()
    page.locator("#shown").wait_for()
    tour.shoot("desk-g2-work")


def _looks_at_people(tour: Tour) -> None:
    page = tour.page
    page.goto(f"{tour.url}/desk/people")
    tour.shoot("desk-g3-people")
    page.locator(".things a").first.click()
    page.wait_for_load_state()
    tour.shoot("desk-g4-person")


def _sits(context: BrowserContext, url: str, language: str, cookies: list[Any]) -> Page:
    context.clear_cookies()
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"{url}/desk/team")
    Agent(page, url).speaks(language)
    return page


def _opens(page: Page, url: str) -> None:
    page.goto(f"{url}/desk/team")
    page.locator("#rows .row[data-id]").nth(1).click()
    page.locator("#entries .msg").first.wait_for()


def _each(tour: Tour, *deeds: Callable[[Tour], None]) -> None:
    for deed in deeds:
        try:
            deed(tour)
        except Error as error:
            print(f"{tour.camera.name}: {deed.__name__}: {error.message.splitlines()[0]}")  # noqa: T201 - the tour says where it failed
    tour.page.close()
