"""The conversation goes to her own address: first as a link, and once she has come back from there, with all that was said."""

import re
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, expect

from tests.fakes.smtp import FakeSmtp
from tests.houses import House
from tests.journeys import chatting
from tests.journeys.noor import Noor

pytestmark = pytest.mark.browser
ADDRESS = "irina@mail.example"
PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"
QUESTION, ANSWER = "Вывод 500 USDT не пришёл <b>совсем</b>", "Перевод найден, он придёт через час."
PHONE: dict[str, Any] = {"locale": "ru-RU", "timezone_id": "Asia/Tokyo", "viewport": {"width": 390, "height": 800}}


@pytest.fixture
def relay() -> Iterator[FakeSmtp]:
    with FakeSmtp() as one:
        yield one


@pytest.fixture
def writing(relay: FakeSmtp, make_house: Callable[..., House]) -> House:
    """A house that sends its letters by that relay."""
    one = make_house(VIGIL_SMTP_URL=relay.url)
    one.start()
    one.start_worker()
    return one


def letter(relay: FakeSmtp, number: int) -> EmailMessage:
    """Wait for a letter, and see that it went to nobody else."""
    for _ in range(150):
        if len(relay.taken) >= number:
            taken = relay.taken[number - 1]
            assert [each.lower() for each in taken.recipients] == [f"rcpt to:<{ADDRESS}>"]
            read = message_from_bytes(taken.message, policy=policy.default)
            assert isinstance(read, EmailMessage)
            return read
        time.sleep(0.1)
    raise AssertionError(f"letter {number} did not come")


def part(letter: EmailMessage, kind: str) -> str:
    body = letter.get_body((kind,))
    return "" if body is None else str(body.get_content())


def asks_for_it(chat: Frame) -> None:
    chat.click('header [data-do="menu"]')
    chat.click('[data-do="mail"]')


def test_the_record_goes_to_an_address_that_she_has_come_back_from_and_to_no_other(
    writing: House, relay: FakeSmtp, browser: Browser
) -> None:
    at_home = browser.new_context(**PHONE)
    chat = chatting.open_chat(at_home.new_page(), f"{writing.url}/?lang=ru")
    chatting.asks(chat, QUESTION)
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    chatting.writes(chat, f"Меня просили назвать: {PHRASE}")
    chat.locator("[data-log] [role=alert]").wait_for()
    with Noor(writing) as noor:
        name = noor.does("find", QUESTION)
        noor.does("reply", name, ANSWER)
        noor.does("reply", name, "Только для своих: проверить ещё раз", "note")
    expect(chatting.theirs(chat)).to_have_text(ANSWER)

    asks_for_it(chat)
    chat.fill("#email", ADDRESS)
    chat.press("#email", "Enter")
    expect(chat.locator('[data-sheet="address"]')).to_be_hidden()
    asks_for_it(chat)
    expect(chat.locator('[data-strip="done"]')).to_be_visible()
    first = letter(relay, 1)
    assert first.get_body(("html",)) is None
    told = part(first, "plain")
    for word in ("500", "Перевод", "своих", *PHRASE.split()):
        assert word not in told
    (link,) = re.findall(r"http\S+", told)
    at_home.close()

    phone = browser.new_context(**PHONE, is_mobile=True, has_touch=True)
    page = phone.new_page()
    page.goto(link)
    page.get_by_role("button").tap()
    page.wait_for_url("**/widget/frame?**")
    there = page.main_frame
    expect(chatting.theirs(there)).to_have_text(ANSWER)
    late = phone.new_page()
    late.goto(link)
    late.get_by_role("button").tap()
    expect(late.get_by_role("alert")).to_contain_text("уже использована")
    late.close()

    asks_for_it(there)
    expect(there.locator('[data-strip="done"]')).to_be_visible()
    is_the_whole_record(letter(relay, 2), name, secrets=(link.partition("#")[2], *tokens(there)))
    phone.close()
    time.sleep(0.5)
    assert len(relay.taken) == 2


def tokens(chat: Frame) -> list[str]:
    """List what makes her be herself in this browser."""
    kept: list[str] = chat.evaluate("[...Object.values(localStorage), ...Object.values(sessionStorage)]")
    return [each for each in kept if len(each) > 20]


def is_the_whole_record(record: EmailMessage, name: str, secrets: tuple[str, ...]) -> None:
    assert len(secrets) > 1
    assert re.search("[а-я]", str(record["Subject"]))
    assert record["Content-Language"] == "ru"
    for kind, question in (("plain", QUESTION), ("html", QUESTION.replace("<", "&lt;").replace(">", "&gt;"))):
        words = part(record, kind)
        assert name in words
        assert words.index(question) < words.index("Меня просили назвать:") < words.index(ANSWER), kind
        assert "Noor" in words
        assert "своих" not in words, "a note is the team's"
        for secret in ("legal winner", "sausage", *secrets):
            assert secret not in words
        assert "http" not in words, "whoever reads it later gets nowhere with it"
