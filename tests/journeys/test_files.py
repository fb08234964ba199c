"""What a browser makes of files that have been through the workshop."""

from playwright.sync_api import Page

from tests.houses import House
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
