"""Somebody between the customer and us answers in our place: a hotel's log-in page, an office's wall. Nothing is lost to them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Frame, Page, Route, expect

from tests.houses import House
from tests.journeys.chatting import asks, mine, open_chat, theirs, words, writes
from tests.journeys.noor import Noor

pytestmark = pytest.mark.browser
HOTEL = "<!doctype html><html lang='en'><title>Hotel</title><body><h1>Please log in.</h1><p class='window'>Room</p></body></html>"
FAILED = "That did not work. Please try again in a moment."
# All of what such a wall may say: in their own name, or by sending us elsewhere, even to a page or an answer of our own.
WALLS: dict[str, dict[str, Any]] = {
    "a page": {"status": 200, "content_type": "text/html", "body": HOTEL},
    "a refusal": {"status": 403, "content_type": "text/html", "body": HOTEL},
    "nothing there": {"status": 404, "content_type": "text/html", "body": HOTEL},
    "who are you": {"status": 401, "content_type": "text/html", "body": HOTEL},
    "nothing": {"status": 204},
    "elsewhere": {"status": 302, "headers": {"Location": "/"}},
    "elsewhere in JSON": {"status": 302, "headers": {"Location": "/health"}},
}


def stands(wall: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(**WALLS[wall])


def stands_once(wall: str, seen: list[str]) -> Callable[[Route], None]:
    """Answer the first request of each method, and note all in `seen`."""

    def answer(route: Route) -> None:
        seen.append(route.request.method)
        if seen.count(route.request.method) == 1:
            stands(wall)(route)
        else:
            route.continue_()

    return answer


def is_sent(chat: Frame, count: int) -> None:
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(count, timeout=20_000)


def test_another_language_behind_a_wall_leaves_the_chat_as_it_is(house: House, page: Page) -> None:
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "In front of the wall")
    is_sent(chat, 1)
    chat.fill(".composer textarea", "half a sentence")
    problem = chat.locator('[data-strip="problem"]')
    for wall in WALLS:
        page.route("**/widget/frame?*", stands(wall))
        chat.click('[data-do="languages"]')
        expect(problem).to_be_hidden()
        chat.click('[data-code="ru"]')
        expect(problem, wall).to_be_visible()
        expect(problem).to_have_text(FAILED)
        assert words(chat) == ["In front of the wall"], wall
        expect(chat.locator(".composer textarea")).to_have_value("half a sentence")
        expect(chat.locator("html")).to_have_attribute("lang", "en")
        page.unroute("**/widget/frame?*")
    chat.click('[data-do="languages"]')
    chat.click('[data-code="ru"]')
    expect(chat.locator("html")).to_have_attribute("lang", "ru")
    expect(chat.locator(".composer textarea")).to_have_value("half a sentence")


def test_words_that_a_wall_answers_wait_and_arrive_once(house: House, page: Page) -> None:
    chat = open_chat(page, f"{house.url}/?lang=en")
    with Noor(house) as noor:
        for wall in WALLS:
            first = f"My words behind {wall}!"
            page.route("**/widget/api/conversations?*", stands(wall))
            asks(chat, first)
            waiting = chat.locator(".msg[data-unsent] [data-slot=state]")
            expect(waiting, wall).to_have_text("Waiting to be sent")
            page.unroute("**/widget/api/conversations?*")
            chat.evaluate("dispatchEvent(new Event('online'))")
            is_sent(chat, 1)
            page.route("**/live/send", stands(wall))
            writes(chat, "Second words")
            expect(waiting, wall).to_have_text("Waiting to be sent")
            expect(chat.locator(".turned")).to_have_count(0)
            page.unroute("**/live/send")
            chat.evaluate("dispatchEvent(new Event('online'))")
            is_sent(chat, 2)
            said = noor.does("said", noor.does("find", first))
            assert [text for kind, text in said if kind == "message"] == [first, "Second words"]
            chat.click('header [data-do="home"]')


def test_a_refusal_of_ours_that_gives_no_reason_is_still_said_in_words(house: House, page: Page) -> None:
    chat = open_chat(page, f"{house.url}/?lang=en")
    page.route("**/widget/api/conversations?*", lambda route: route.fulfill(status=403, json={"error": "no_reason"}))
    asks(chat, "Why not?")
    expect(chat.locator(".turned")).to_contain_text(FAILED)


def test_a_line_that_a_wall_answers_is_a_line_that_is_down(house: House, page: Page) -> None:
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "My line ends at a wall")
    is_sent(chat, 1)
    offline = chat.locator('[data-strip="offline"]')
    with Noor(house) as noor:
        conversation = noor.does("find", "line ends at a wall")
        for count, wall in enumerate(WALLS, start=1):
            page.route("**/live/**", stands(wall))
            page.route("**/widget/api/session?*", stands(wall))
            chat.evaluate("dispatchEvent(new Event('online'))")
            expect(offline, wall).to_be_visible()
            expect(mine(chat)).to_have_text(["My line ends at a wall"])
            noor.does("reply", conversation, f"Said meanwhile, {count}")
            page.unroute("**/live/**")
            page.unroute("**/widget/api/session?*")
            chat.evaluate("dispatchEvent(new Event('online'))")
            expect(theirs(chat).last).to_have_text(f"Said meanwhile, {count}", timeout=20_000)
            expect(offline).to_be_hidden()


def test_whoever_comes_back_behind_a_wall_is_still_who_they_were(house: House, page: Page) -> None:
    address = f"{house.url}/widget/frame?site=site_demo&lang=en"
    page.goto(address)
    asks(page.main_frame, "It is still me")
    is_sent(page.main_frame, 1)
    for wall in WALLS:
        page.route("**/widget/api/session?*", stands(wall))
        with page.expect_request("**/widget/api/session?*"):
            page.goto(address)
        page.wait_for_timeout(200)
        page.unroute("**/widget/api/session?*")
        page.goto(address)
        expect(mine(page.main_frame), wall).to_have_text(["It is still me"])


def test_a_picture_that_a_wall_answers_waits_and_goes_on(own_house: House, page: Page, tmp_path: Path) -> None:
    Image.new("RGB", (300, 300), (40, 120, 200)).save(picture := tmp_path / "screenshot.png")
    own_house.start()
    own_house.start_worker()
    chat = open_chat(page, f"{own_house.url}/?lang=en")
    asks(chat, "With a picture")
    is_sent(chat, 1)
    told = chat.locator(".composer [data-tray]")
    for wall in ("a page", "a refusal", "elsewhere"):
        seen: list[str] = []
        once = stands_once(wall, seen)
        page.route("**/widget/api/files?*", once)
        page.route("**/files/uploads/*", once)
        chat.locator('.composer [data-pick="files"]').set_input_files(picture)
        expect(told, wall).to_contain_text("Waiting for the connection")
        expect(told, wall).to_contain_text("Ready to be sent", timeout=30_000)
        assert {"POST", "PATCH", "GET"} <= set(seen)
        page.unroute("**/widget/api/files?*")
        page.unroute("**/files/uploads/*")
        told.locator("[data-do=unfile]").click()


def test_what_a_wall_says_is_no_record_of_a_conversation(house: House, page: Page) -> None:
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "For the record")
    is_sent(chat, 1)
    saved: list[str] = []
    page.on("download", lambda download: saved.append(download.suggested_filename))
    for wall in WALLS:
        page.route("**/transcript.html?*", stands(wall))
        chat.click('[data-do="menu"]')
        chat.click('[data-do="keep-html"]')
        expect(chat.locator('[data-strip="problem"]'), wall).to_be_visible()
        expect(chat.locator('[data-strip="problem"]')).to_have_text(FAILED)
        page.unroute("**/transcript.html?*")
    assert saved == []
