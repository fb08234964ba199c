"""One customer goes through every state of the chat, at a desk and on a telephone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from tests.houses import House
from tests.journeys.chatting import mine, state_of_last, theirs, writes
from tests.journeys.noor import Noor
from tests.journeys.people import SITE

pytestmark = pytest.mark.browser
DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True},
}
# Counts the tones that are played, which no test can hear; and paper, which no test can read.
LISTEN = """window.tones = 0;
window.prints = 0;
window.print = () => { prints += 1; };
const { start } = OscillatorNode.prototype;
OscillatorNode.prototype.start = function (...at) {
  tones += 1;
  return start.apply(this, at);
};"""
LOOK = """(state) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


_PASTE = "new ClipboardEvent('paste', { clipboardData: data, bubbles: true })"


@dataclass
class Story:
    """What the states share."""

    page: Page
    noor: Noor
    name: str
    picture: Path


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "screenshot.png"
    Image.new("RGB", (900, 1600), (40, 120, 200)).save(path)
    return path


@pytest.fixture(params=DEVICES)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", **DEVICES[request.param])
    context.add_init_script(LISTEN)
    one, problems = context.new_page(), list[str]()
    one.on("pageerror", lambda error: problems.append(str(error)))
    yield one
    context.close()
    assert problems == []


def test_every_state_from_the_first_word_to_the_last(own_house: House, page: Page, picture: Path) -> None:
    own_house.start()
    own_house.start_worker()
    page.goto(f"{own_house.url}/widget/frame?site={SITE}&lang=en")
    page.fill("#ask", "I wait for my deposit")
    page.click(".ask [data-primary]")
    expect(state_of_last(page.main_frame)).to_have_text("Sent")
    with Noor(own_house) as noor:
        story = Story(page, noor, noor.does("find", "wait for my deposit"), picture)
        for state in (waits, says_where_to_write, sends_a_picture, repeats_herself, is_answered, hears_of_it, ends_and_rates, prints):
            state(story)


def test_files_come_by_hand_by_paste_and_by_drop_and_hold_the_message_until_they_are_there(house: House, page: Page, picture: Path) -> None:
    page.goto(f"{house.url}/widget/frame?site={SITE}&lang=en")
    page.fill("#ask", "I have many pictures")
    page.click(".ask [data-primary]")
    expect(state_of_last(page.main_frame)).to_have_text("Sent")
    page.route("**/widget/api/files?*", lambda route: route.abort())
    page.locator('.composer [data-pick="files"]').set_input_files([picture] * 3)
    for how, event in (("drop", "new DragEvent('drop', { dataTransfer: data, bubbles: true })"), ("paste", _PASTE), ("paste", _PASTE)):
        page.evaluate(f"""() => {{
          const data = new DataTransfer();
          data.items.add(new File(["x"], "{how}.png", {{ type: "image/png" }}));
          document.querySelector(".composer textarea").dispatchEvent({event});
        }}""")
    rows = page.locator(".composer [data-tray] li")
    expect(rows).to_have_count(6)
    expect(rows.first).to_contain_text("Waiting for the connection; it goes on by itself.")
    expect(rows.last.locator("[role=alert]")).to_have_text("A message holds at most 5 files. Please send this one with the next.")
    page.fill(".composer textarea", "Here they are.")
    expect(page.locator(".composer .go")).to_be_disabled()
    page.click('[data-do="languages"]')
    page.click('[data-code="ru"]')
    expect(rows).to_have_count(6)
    expect(rows.first).to_contain_text("Ждём связи")
    expect(page.locator(".composer textarea")).to_have_value("Here they are.")
    while rows.count():
        rows.first.locator("[data-do=unfile]").click()
    expect(page.locator(".composer .go")).to_be_enabled()
    expect(page.locator(".composer textarea")).to_be_focused()


def waits(story: Story) -> None:
    strip = story.page.locator('[data-strip="queue"]')
    expect(strip).to_contain_text("You are next.")
    expect(strip).to_contain_text(re.compile(r"You will have an answer by \d\d:\d\d\."))
    expect(strip).to_contain_text("You may close this window; the answer will be here.")
    expect(story.page.locator(".composer textarea")).to_be_in_viewport()


def says_where_to_write(story: Story) -> None:
    page, sheet = story.page, story.page.locator('[data-sheet="address"]')
    page.click('[data-strip="queue"] button')
    expect(page.locator("#email")).to_be_focused()
    page.keyboard.type("no address at all")
    page.keyboard.press("Enter")
    expect(sheet.locator("[role=alert]")).not_to_be_empty()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.locator("#email")).to_be_focused()
    page.fill("#email", "wei@example.org")
    page.keyboard.press("Enter")
    expect(sheet).to_be_hidden()
    strip = page.locator('[data-strip="queue"]')
    expect(strip).to_contain_text(re.compile(r"we tell you at w\W+i@example\.org"))
    expect(strip.locator("button")).to_be_hidden()
    expect(page.locator(".composer textarea")).to_be_focused()


def sends_a_picture(story: Story) -> None:
    page, tray = story.page, story.page.locator(".composer [data-tray]")
    parts: list[str] = []

    def cut(route: Route) -> None:
        parts.append(route.request.headers.get("upload-offset", ""))
        route.abort() if len(parts) == 1 else route.continue_()

    page.route("**/files/uploads/*", lambda route: cut(route) if route.request.method == "PATCH" else route.continue_())
    pick = page.locator('.composer [data-pick="files"]')
    pick.set_input_files({"name": "statement.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"})
    expect(tray.locator("[role=alert]")).to_contain_text("Documents cannot be sent here. Please send a screenshot")
    assert parts == [], "what is refused is refused before a byte is sent"
    tray.locator("[data-do=unfile]").click()
    expect(tray).to_be_hidden()
    pick.set_input_files(story.picture)
    expect(tray).to_contain_text("Ready to be sent", timeout=20_000)
    assert len(parts) > 1, "what was cut off goes on"
    page.click(".composer .go")
    expect(tray).to_be_hidden()
    image = page.locator(".msg.me:not([data-unsent]) img")
    expect(image).to_have_js_property("complete", True)
    page.wait_for_function("() => document.querySelector('.msg.me img').naturalWidth > 0")
    expect(image).to_have_attribute("alt", "Picture")


def repeats_herself(story: Story) -> None:
    count = mine(story.page.main_frame).count()
    writes(story.page.main_frame, "I wait for my deposit")
    expect(story.page.locator(".said").last).to_have_text("We have it; your place is kept.")
    expect(mine(story.page.main_frame)).to_have_count(count)


def is_answered(story: Story) -> None:
    page, noor = story.page, story.noor
    noor.does("read", story.name)
    expect(state_of_last(page.main_frame)).to_have_text("Read")
    noor.does("type", story.name)
    expect(page.locator("[data-typing]")).to_have_text("Noor is typing…")
    noor.does("reply", story.name, "I see it.")
    expect(theirs(page.main_frame)).to_have_text("I see it.")
    expect(page.locator("#title")).to_have_text("Noor")
    expect(page.locator('[data-strip="queue"]')).to_be_hidden()


def hears_of_it(story: Story) -> None:
    page = story.page
    page.click('[data-do="menu"]')
    sound = page.locator('[data-do="sound"]')
    expect(sound).to_have_attribute("aria-checked", "false")
    sound.click()
    page.wait_for_function("() => tones === 2")
    page.evaluate(LOOK, "hidden")
    story.noor.does("reply", story.name, "One more thing.")
    expect(page).to_have_title("(1) MEXC support")
    page.wait_for_function("() => tones === 4")
    page.evaluate(LOOK, "visible")
    expect(page).to_have_title("MEXC support")
    assert page.evaluate("localStorage.getItem('vigil-sound')") == "1"


def ends_and_rates(story: Story) -> None:
    page, rating = story.page, story.page.locator('[data-send="rating"]')
    expect(rating).to_be_hidden()
    page.click('[data-do="menu"]')
    page.click('[data-do="end"]')
    expect(page.locator('[data-end="resolved"]')).to_be_visible()
    rating.locator('[data-score="4"]').click()
    expect(page.locator(".said").last).to_have_text("You rated this conversation 4 out of 5.")
    rating.locator("textarea").fill("Quick and kind.")
    rating.get_by_text("Send").click()
    expect(rating).to_contain_text("We read every remark.")
    expect(mine(page.main_frame).last).to_have_text("Quick and kind.")
    assert [each.get_attribute("aria-pressed") for each in rating.locator("[data-score]").all()] == ["true"] * 4 + ["false"]
    assert ("rated", "Quick and kind.") in {(kind, text) for kind, text in story.noor.does("said", story.name)}


def prints(story: Story) -> None:
    page = story.page
    page.click('[data-do="menu"]')
    expect(page.locator('[data-do="end"]')).to_be_hidden()
    page.click('[data-do="print"]')
    assert page.evaluate("prints") == 1
    page.emulate_media(media="print")
    expect(page.locator("footer")).to_be_hidden()
    expect(mine(page.main_frame).first).to_be_visible()
    page.emulate_media(media="screen")
    page.click('[data-do="menu"]')
    page.click('[data-do="mail"]')
    expect(page.locator('[data-strip="done"]')).to_contain_text("on its way to your e-mail address")
    page.click('[data-do="home"]:visible')
    row = page.locator("[data-rows] .link-row")
    expect(row).to_contain_text("Resolved")
    row.click()
    expect(page.locator('[data-score="4"]')).to_have_attribute("aria-pressed", "true")
