"""What the chat loads only when somebody asks for it did not come: it says so, and the same click does it once the network is back."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import FilePayload, Frame, Page, expect

from tests.fakes.between import Between
from tests.houses import House
from tests.journeys import chatting
from tests.journeys.people import OPEN_SHADOWS, Customer

pytestmark = pytest.mark.browser
PARTS, PAGES = ("/widget/later-",), ("/widget/sheets", "/widget/chips?", "/widget/frame?")
FAILED = "That did not work. Please try again in a moment."
Act = Callable[[Frame], None]


@pytest.fixture(scope="module")
def between() -> Iterator[Between]:
    with Between() as one:
        yield one


@pytest.fixture
def behind(between: Between, make_house: Callable[..., House]) -> House:
    """A house that is known by the wall's address."""
    one = make_house(VIGIL_BASE_URL=between.url)
    between.upstream, between.walls = one.port, ()
    one.start()
    return one


def menu(chat: Frame, deed: str) -> None:
    """Do what stands in the menu, and see to it that the menu is there."""
    chat.click('header [data-do="menu"]')
    chat.click(f'[data-sheet="menu"] [data-do="{deed}"]')


def chooses(chat: Frame) -> None:
    picture: FilePayload = {"name": "screen.png", "mimeType": "image/png", "buffer": chat.page.screenshot()}
    chat.locator('.composer [data-pick="files"]').set_input_files(picture)


def speaks(chat: Frame) -> None:
    chat.click('header [data-do="languages"]')
    chat.click('[data-code="ru"]')


def is_said_and_done_later(chat: Frame, between: Between, walls: tuple[str, ...], act: Act, done: Act) -> None:
    """Let a wall stand in the way of what comes later: it is said. Without the wall the same does it."""
    between.walls = walls
    begun = len(between.asked)
    act(chat)
    problem = chat.locator('[data-strip="problem"]')
    expect(problem).to_be_visible()
    expect(problem).to_have_text(FAILED)
    assert any(path.startswith(walls) for path in between.asked[begun:]), "nothing had to be loaded"
    between.walls = ()
    act(chat)
    done(chat)
    expect(problem).to_be_hidden()


def sees(selector: str) -> Act:
    return lambda chat: expect(chat.locator(selector)).to_be_visible()


@pytest.mark.parametrize(("walls", "how"), [(PARTS, "page"), (PARTS, "kept"), (PARTS, "cut"), (PAGES, "kept")])
def test_what_did_not_come_comes_with_the_same_click_once_the_network_is_back(
    behind: House, between: Between, page: Page, walls: tuple[str, ...], how: str
) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    between.how = how
    chat = chatting.open_chat(page, f"{between.url}/?lang=en")

    # Without the chips nothing is missing, so nothing is said.
    between.walls = walls
    chat.fill("#ask", "My withdrawal of 500 USDT has not arrived")
    page.wait_for_timeout(1000)
    expect(chat.locator("[data-chips]")).to_have_count(0)
    expect(chat.locator('[data-strip="problem"]')).to_be_hidden()
    page.wait_for_timeout(2500)
    between.walls = ()
    chat.locator("#ask").press_sequentially(" yet")
    expect(chat.locator("[data-chips]")).to_be_visible()

    is_said_and_done_later(chat, between, walls, lambda each: each.click('[data-do="languages"]:visible'), sees('[data-sheet="languages"]'))
    page.keyboard.press("Escape")
    between.walls = walls
    chat.click(".ask button[data-primary]")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    if walls == PARTS:
        is_said_and_done_later(chat, between, walls, chooses, sees(".composer [data-tray] li"))
    is_said_and_done_later(chat, between, walls, speaks, lambda each: expect(each.locator("html")).to_have_attribute("lang", "ru"))
    assert problems == []


def came_along(chat: Frame) -> None:
    expect(chat.locator("[data-log] .bubble")).to_have_text(["Said before I logged in."])


@pytest.mark.parametrize("how", ["page", "kept", "cut"])
def test_what_lets_something_out_waits_for_what_makes_sure_that_it_was_meant(behind: House, between: Between, page: Page, how: str) -> None:
    between.how = how
    page.add_init_script(OPEN_SHADOWS)
    customer = Customer.logs_in_after(page, between.url, "en", "Said before I logged in.")
    is_said_and_done_later(customer.frame, between, PARTS, lambda each: each.click('[data-do="claim"]'), came_along)
    menu(customer.frame, "mail")
    sees('[data-sheet="address"]')(customer.frame)
