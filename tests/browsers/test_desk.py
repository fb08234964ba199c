"""The desk in Firefox and in WebKit, with the chat beside it in another tab of the same browser."""

from tests import cast
from tests.browsers.person import CONTROL, ENTER, Person
from tests.houses import House
from tests.journeys.host_page import SITE


def test_noor_signs_in_reads_answers_notes_and_resolves(ours: House, person: Person) -> None:
    person.signs_in(ours.url, "noor@vigil.example", cast.PASSWORD)
    desk = person.window
    chat = person.opens_a_window()
    question = f"入金还没到账，{person.driver.name}"
    person.goes(f"{ours.url}/widget/frame?site={SITE}&lang=zh-Hans")
    person.asks(question)
    person.turns_to(desk)
    person.js("addEventListener('error', ({ message }) => (window.wrong ??= []).push(message))")
    person.sees("#rows .row", question)
    person.js("[...document.querySelectorAll('#rows .row')].find((row) => row.textContent.includes(given[0])).click()", question)
    person.sees("#entries .bubble", question)
    person.types("#compose textarea", "您好，我来查一下。" * 20)
    person.waits("document.querySelector('#compose textarea').offsetHeight > 80")
    person.presses(CONTROL, ENTER)
    person.sees("#entries .bubble", "您好，我来查一下。")
    person.turns_to(chat)
    person.sees(".msg:not(.me) .bubble", "您好，我来查一下。")
    person.writes("谢谢您！")
    person.turns_to(desk)
    person.sees("#entries .bubble", "谢谢您！")
    person.sees("#rows .row", "谢谢您！")
    person.js("document.querySelectorAll('.tabs label')[1].click()")
    person.types("#compose textarea", "Check the memo first.")
    person.presses(CONTROL, ENTER)
    person.sees("#entries .note", "Check the memo first.")
    person.clicks("#more")
    person.waits("document.querySelector('#head [data-fold=status] > summary').checkVisibility()")
    person.clicks("#more")
    person.clicks('#head form:has(input[value="resolved"]) button')
    person.sees("#entries", "Noor Haddad resolved it")
    assert person.js("return window.wrong") is None
    person.turns_to(chat)
    person.clicks('[data-score="5"]')
    person.waits("document.querySelectorAll('.stars [aria-pressed=true]').length === 5")
    assert "Check the memo first." not in person.bubbles()
