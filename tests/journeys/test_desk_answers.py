"""What a customer does besides writing, as an agent's desk shows it at once: a picture, the end, a rating."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.houses import House
from tests.journeys.at_the_desk import leaves, opens, sit_down
from tests.sending import send, until_settled
from vigil.files.tests import makers

pytestmark = pytest.mark.browser
_DROPPED = """(bytes) => {
    const held = new DataTransfer();
    held.items.add(new File([new Uint8Array(bytes)], "3.png", { type: "image/png" }));
    return held;
}"""
_SIZE = "async (image) => { await image.decode(); return [image.naturalWidth, image.naturalHeight]; }"


class Guest:
    """A customer's browser without a window."""

    def __init__(self, house: House) -> None:
        self.house, self.live, self.name = house, "", ""
        self.live = self.post("/widget/api/session", {"site": "site_demo", "language": "en", "zone": ""})["live"]

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {self.live}"} if self.live else {}
        answer = httpx.post(self.house.url + path, json=body, headers=headers, trust_env=False)
        assert answer.is_success, answer.text
        return dict(answer.json())

    def begins(self, text: str) -> None:
        begun = self.post("/widget/api/conversations", {"key": str(uuid4()), "text": text})
        self.name, self.live = begun["conversation"], begun["live"]

    def shows(self, name: str, data: bytes) -> None:
        upload = self.post("/widget/api/files", {"name": name, "type": "image/png", "size": len(data)})
        assert send(self.house, upload, data).is_success
        until_settled(self.house, upload)
        self.post("/live/send", {"conversation": self.name, "key": str(uuid4()), "text": "", "files": [upload["file"]]})

    def does(self, what: str, **more: Any) -> None:
        self.post(f"/widget/api/conversations/{self.name}/{what}", more)


def answers_with_pictures(noor: Page, ada: Guest) -> None:
    """Choose two and what is none, take one away, drop a third, and send them with a word; the customer may look at what was sent."""
    tray, field = noor.locator("#compose [data-tray] li"), noor.locator("#compose textarea")
    svg: FilePayload = {"name": "page.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"}
    pictures: list[FilePayload] = [{"name": f"{n}.png", "mimeType": "image/png", "buffer": makers.png(40 * n, 30)} for n in (1, 2, 3)]
    noor.locator("[data-pick]").set_input_files([*pictures[:2], svg])
    expect(tray).to_have_count(3)
    expect(tray.nth(2)).to_contain_text("can run programs")
    expect(tray.nth(0)).to_contain_text("Ready to be sent")
    tray.nth(1).get_by_role("button").press("Enter")
    expect(tray).to_have_count(2)
    dropped = noor.evaluate_handle(_DROPPED, list(pictures[2]["buffer"]))
    noor.locator("#thread .flow").dispatch_event("drop", {"dataTransfer": dropped})
    expect(tray.nth(2)).to_contain_text("Ready to be sent")
    field.fill("Like **these**")
    field.press("Control+Enter")
    expect(tray).to_have_count(0)
    answer = noor.locator("#entries .msg.me").last
    expect(answer.locator(".sent img")).to_have_count(2)
    expect(answer.locator("strong")).to_have_text("these")
    for link, width in zip(answer.locator("a.sent").all(), (40, 120), strict=True):
        assert link.locator("img").evaluate(_SIZE) == [width, 30]
        name = str(link.get_attribute("href")).rsplit("/", 1)[1]
        asked = httpx.get(f"{ada.house.url}/widget/api/files/{name}/link", headers={"authorization": f"Bearer {ada.live}"}, trust_env=False)
        assert httpx.get(ada.house.url + asked.json()["full"], trust_env=False).headers["content-type"] == "image/png"


def test_the_desk_shows_a_picture_the_end_and_a_rating_as_they_come(own_house: House, browser: Browser) -> None:
    own_house.start()
    own_house.start_worker()
    ada = Guest(own_house)
    ada.begins("Where is my withdrawal?")
    noor = sit_down(browser, own_house)
    opens(noor, "Where is my withdrawal?")
    ada.shows("screen.png", makers.png(900, 600))
    image = noor.locator("#entries article .sent img")
    expect(image).to_be_visible()
    assert image.evaluate(_SIZE) != [0, 0]
    with noor.context.expect_page() as whole:
        image.click()
    assert whole.value.locator("img").evaluate(_SIZE) == [900, 600]
    with whole.value.expect_download() as saved:
        whole.value.get_by_role("link").click()
    assert saved.value.suggested_filename == "screen.png"
    answers_with_pictures(noor, ada)
    ada.does("end")
    expect(noor.locator("#entries")).to_contain_text("They ended the conversation")
    expect(noor.locator("#head")).to_contain_text("Resolved")
    ada.does("rating", key=str(uuid4()), score=4, text="Slow <b>but</b> kind.")
    expect(noor.locator("#entries .said").last).to_contain_text("They rated the conversation 4 out of 5")
    expect(noor.locator("#entries .said q").last).to_have_text("Slow <b>but</b> kind.")
    noor.reload()
    expect(noor.locator("#entries .said q").last).to_have_text("Slow <b>but</b> kind.")
    leaves(noor)
