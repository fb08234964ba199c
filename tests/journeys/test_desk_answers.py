"""What a customer does besides writing, as an agent's desk shows it at once: a picture, the end, a rating."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.houses import House
from tests.journeys.at_the_desk import leaves, opens, sit_down
from tests.sending import send, until_settled
from vigil.files.tests import makers

pytestmark = pytest.mark.browser
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
    ada.does("end")
    expect(noor.locator("#entries")).to_contain_text("They ended the conversation")
    expect(noor.locator("#head")).to_contain_text("Resolved")
    ada.does("rating", key=str(uuid4()), score=4, text="Slow <b>but</b> kind.")
    expect(noor.locator("#entries .said").last).to_contain_text("They rated the conversation 4 out of 5")
    expect(noor.locator("#entries .said q").last).to_have_text("Slow <b>but</b> kind.")
    noor.reload()
    expect(noor.locator("#entries .said q").last).to_have_text("Slow <b>but</b> kind.")
    leaves(noor)
