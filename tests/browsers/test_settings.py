"""Firefox with settings that people choose for fear of being followed: a talk goes on in all of them."""

import pytest

from tests.browsers.driver import Firefox
from tests.browsers.person import Person
from tests.houses import House
from tests.journeys.host_page import Site
from tests.journeys.noor import Noor

SETTINGS: dict[str, dict[str, bool | int | str]] = {
    "a private window": {"browser.privatebrowsing.autostart": True},
    "strict": {"browser.contentblocking.category": "strict"},
    "no foreign storage": {"network.cookie.cookieBehavior": 1},
    "no storage at all": {"network.cookie.cookieBehavior": 2},
    "like everybody else": {"privacy.resistFingerprinting": True},
}


@pytest.mark.parametrize("name", SETTINGS)
def test_answers_come_and_the_guest_is_known_as_far_as_the_browser_remembers_anything(ours: House, site: Site, name: str) -> None:
    firefox = Firefox(SETTINGS[name])
    try:
        person = Person(firefox)
        person.opens_the_chat(site.url)
        person.asks(f"With {name}.")
        with Noor(ours) as noor:
            noor.does("reply", noor.does("find", f"With {name}."), "I hear you.")
        person.sees(".msg:not(.me) .bubble", "I hear you.")
        person.leaves()
        person.reloads()
        person.presses_the_button()
        person.enters()
        if name == "no storage at all":
            person.waits("document.querySelector('#ask').checkVisibility()")
        else:
            person.sees(".msg:not(.me) .bubble", "I hear you.")
    finally:
        firefox.ends()
