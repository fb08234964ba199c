"""What a browser makes of files that have been through the workshop."""

import re

from playwright.sync_api import FilePayload, Page, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.people import SITE
from tests.sending import begin, send, until_settled
from vigil.files.tests import makers

_SHOW = """async (link) => {
    const image = document.createElement("img");
    image.src = link;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
}"""
_PLAY = """async (link) => {
    const video = document.createElement("video");
    video.muted = true;
    const ended = new Promise((done, failed) => {
        video.onended = done;
        video.onerror = () => failed(new Error(video.error.message));
    });
    video.src = link;
    await video.play();
    await ended;
    return [video.videoWidth, video.videoHeight];
}"""


def test_cleaned_pictures_are_seen_and_cleaned_films_are_played_to_their_end(own_house: House, page: Page) -> None:
    house = own_house
    house.start()
    house.start_worker()
    names = ("phone.mp4", "recorded.mp4", "iphone.mov", "screen.webm", "live.webm", "iphone.heic")
    files = {"photo.png": makers.png(900, 600), **{name: (makers.SAMPLES / name).read_bytes() for name in names}}
    uploads = dict(zip(files, begin(house, {name: len(data) for name, data in files.items()}), strict=True))
    for name, upload in uploads.items():
        assert send(house, upload, files[name]).status_code == 200
    links = {name: until_settled(house, upload)["link"] for name, upload in uploads.items()}
    page.goto(house.url + "/files/nothing")  # An address of the same origin, with no policy of its own.
    assert page.evaluate(_SHOW, links["photo.png"]) == [900, 600]
    assert page.evaluate(_SHOW, links["iphone.heic"])[0] > 0
    for name in ("phone.mp4", "recorded.mp4", "iphone.mov", "screen.webm", "live.webm"):
        assert page.evaluate(_PLAY, links[name]) == [32, 32], name


def test_an_iphones_picture_and_a_film_are_sent_in_the_chat_and_shown_there(own_house: House, page: Page) -> None:
    house = own_house
    house.start()
    house.start_worker()
    page.goto(f"{house.url}/widget/frame?site={SITE}&lang=en")
    chat = page.main_frame
    chatting.asks(chat, "Look at what my screen shows.")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    sent: list[FilePayload] = [
        # As a computer hands over an iPhone's picture: by its name alone.
        {"name": "IMG_0042.HEIC", "mimeType": "", "buffer": (makers.SAMPLES / "iphone.heic").read_bytes()},
        {"name": "VID_0043.mp4", "mimeType": "video/mp4", "buffer": (makers.SAMPLES / "phone.mp4").read_bytes()},
    ]
    chat.locator('.composer [data-pick="files"]').set_input_files(sent)
    expect(chat.locator(".composer [data-tray] li")).to_have_text(
        [re.compile("IMG_0042.*Ready to be sent"), re.compile("VID_0043.*Ready")], timeout=30_000
    )
    chat.click(".composer .go")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(2)
    message = chatting.mine(chat).last.locator("xpath=..")
    picture = message.locator("img")
    # Its address is asked for when the entry is drawn, and there is nothing to decode before it has come.
    expect(picture).to_have_attribute("src", re.compile("^/files/view/"))
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    with page.expect_download() as waiting:
        message.locator(".button.file").click()
    film = waiting.value.path().read_bytes()
    assert film[4:8] == b"ftyp"
    with page.expect_download() as waiting:
        picture.click()
    assert waiting.value.path().read_bytes().startswith(b"\xff\xd8\xff"), "any device can open a JPEG"
