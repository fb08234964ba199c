"""The chat on pages around it, in Firefox and in WebKit."""

from pathlib import Path

import pytest

from tests.browsers.conftest import near
from tests.browsers.person import CONTROL, ENTER, ESCAPE, SHIFT, Person
from tests.houses import House
from tests.journeys.host_page import Site, word
from tests.journeys.noor import Noor
from vigil.files.tests import makers

THEIRS = ".msg:not(.me) .bubble"
# What Safari tells of a word that Enter ends: the end of the composition first, then the key, as one that the input method has had.
SAFARIS_ENTER = """const field = document.querySelector("#ask");
const key = (more) => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more }));
field.dispatchEvent(new CompositionEvent("compositionstart"));
key({ keyCode: 229, isComposing: true });
field.dispatchEvent(new CompositionEvent("compositionend", { data: "你好" }));
key({ keyCode: 229 });
key({ keyCode: 13 });"""


@pytest.mark.parametrize("place", ["our own site", "another site"])
def test_a_guest_is_answered_and_is_known_after_a_reload_and_on_another_page(ours: House, site: Site, person: Person, place: str) -> None:
    page = near(site) if place == "our own site" else site.url
    question = f"您好，我的充值没有到账。({person.driver.name}, {place})"
    person.opens_the_chat(page)
    person.asks(question)
    with Noor(ours) as noor:
        name = noor.does("find", question)
        noor.does("reply", name, "我来查一下。")
        person.sees(THEIRS, "我来查一下。")
        person.leaves()
        person.reloads()
        person.presses_the_button()
        person.enters()
        person.sees(THEIRS, "我来查一下。")
        assert person.bubbles() == [question, "我来查一下。"]
        person.leaves()
        person.opens_the_chat(page + "/second")
        person.sees(THEIRS, "我来查一下。")
        person.types(".composer textarea", "谢谢" + ENTER)
        person.sees(".msg.me:not([data-unsent])", "谢谢")
        noor.does("reply", name, "不客气。")
        person.sees(THEIRS, "不客气。")


def test_the_caret_is_in_the_field_whenever_the_chat_is_opened_again(ours: House, site: Site, person: Person) -> None:
    person.opens_the_chat(site.url)
    person.types("#ask", "One")
    person.clicks('[data-do="close"]')
    person.leaves()
    person.presses_the_button()
    person.enters()
    person.waits("document.activeElement.id === 'ask'")
    person.presses(ESCAPE)
    person.leaves()
    person.waits("document.querySelector('vigil-chat').shadowRoot.querySelector('.w').hidden")


def test_two_tabs_show_one_conversation(ours: House, site: Site, person: Person) -> None:
    question = f"I have two tabs of {person.driver.name}."
    person.opens_the_chat(site.url)
    person.asks(question)
    first = person.window
    second = person.opens_a_window()
    person.goes(site.url)
    # By script: WebKit's driver moves no pointer in a window behind another one.
    person.waits("Object.hasOwn(window, 'Vigil')")
    person.js("Vigil.open()")
    person.enters()
    person.sees(".bubble", question)
    with Noor(ours) as noor:
        name = noor.does("find", question)
        noor.does("reply", name, "Both of them hear.")
        person.sees(THEIRS, "Both of them hear.")
        person.turns_to(first)
        person.enters()
        person.sees(THEIRS, "Both of them hear.")
        person.driver.does("CloseWindow")
        person.turns_to(second)
        person.enters()
        noor.does("reply", name, "The other hears as well.")
        person.sees(THEIRS, "The other hears as well.")


def test_another_language_keeps_the_draft_and_is_kept(ours: House, site: Site, person: Person) -> None:
    person.opens_the_chat(site.url)
    person.asks("Speak to me.")
    person.types(".composer textarea", "not yet sent")
    person.clicks('[data-do="languages"]')
    person.clicks('[data-code="ru"]')
    person.waits("document.documentElement.lang === 'ru'")
    assert person.js("return document.querySelector('.composer textarea').value") == "not yet sent"
    assert person.bubbles() == ["Speak to me."]
    person.leaves()
    person.reloads()
    person.presses_the_button()
    person.enters()
    person.waits("document.documentElement.lang === 'ru'")


def test_the_enter_that_ends_a_word_never_sends_it_and_the_field_grows(ours: House, site: Site, person: Person) -> None:
    person.opens_the_chat(site.url)
    person.types("#ask", "你好")
    person.js(SAFARIS_ENTER)
    person.js("await new Promise((done) => { setTimeout(done, 100); })")
    assert person.js("return document.querySelector('.window').dataset.screen") == "home"
    person.types("#ask", ENTER)
    person.sees(".msg.me:not([data-unsent])", "你好")
    height = "return document.querySelector('.composer textarea').offsetHeight"
    person.types(".composer textarea", "one")
    before = person.js(height)
    for _ in range(2):
        person.presses(SHIFT, ENTER)
    person.waits(f"(() => {{ {height} }})() > given[0] + 20", before)
    person.presses(CONTROL, ENTER)
    person.waits(f"Math.abs((() => {{ {height} }})() - given[0]) < 2", before)


def test_a_picture_and_what_was_said_on_paper(ours: House, site: Site, person: Person, tmp_path: Path) -> None:
    picture = tmp_path / "shot.png"
    picture.write_bytes(makers.png(900, 600))
    person.opens_the_chat(site.url)
    person.asks("A picture follows.")
    person.chooses('.composer [data-pick="files"]', picture)
    person.waits("document.querySelector('.composer .go').disabled === false")
    person.clicks(".composer .go")
    person.waits("document.querySelector('.msg.me:not([data-unsent]) img')?.naturalWidth > 0")
    person.clicks('[data-do="menu"]')
    # The policy lets no script read the file again: that the browser is handed it, by its name, has to do.
    person.js("HTMLAnchorElement.prototype.click = function () { window.handed = [this.download, this.href]; }")
    person.clicks('[data-do="keep-txt"]')
    name, address = person.waits("window.handed")
    assert name.startswith("conversation-")
    assert name.endswith(".txt")
    assert address.startswith(f"blob:{ours.url}/")


def test_the_chat_lives_in_a_dialog_and_on_a_page_that_writes_its_body_anew(ours: House, site: Site, person: Person) -> None:
    person.opens_the_chat(site.url)
    person.leaves()
    person.js("document.querySelector('dialog').showModal()")
    person.waits("document.querySelector('dialog vigil-chat')")
    person.enters()
    person.asks("From inside of the dialog.")
    person.leaves()
    person.js("Vigil.close(); document.querySelector('dialog').close()")
    person.waits("document.body === document.querySelector('vigil-chat').parentNode")
    person.js("document.body.innerHTML = '<p>Another view</p>'")
    person.waits("document.body.querySelector('vigil-chat')")
    person.presses_the_button()
    person.enters()
    person.sees(".bubble", "From inside of the dialog.")


def test_whoever_logs_in_takes_the_talk_along_and_leaves_nothing_behind(ours: House, site: Site, person: Person) -> None:
    person.opens_the_chat(site.url)
    person.asks("Before I logged in.")
    person.leaves()
    assert person.js("return Vigil.identify(given[0])", word(uid=person.driver.name)) == {"verified": True, "error": ""}
    person.enters()
    # Neither of them can tell what covers an element: a click on what is on the screen has to do.
    person.clicks('[data-do="claim"]')
    person.sees(".bubble", "Before I logged in.")
    person.leaves()
    person.js("Vigil.identify(null)")
    person.enters()
    person.waits("document.querySelector('#ask').checkVisibility() && !document.querySelector('[data-rows]').children.length")
