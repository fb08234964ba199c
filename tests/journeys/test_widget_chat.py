"""A customer on somebody's page writes, is answered, and keeps what was said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.noor import Noor

pytestmark = pytest.mark.browser
PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"


@pytest.fixture
def noor(house: House) -> Iterator[Noor]:
    with Noor(house) as one:
        yield one


@pytest.mark.parametrize(
    "talk",
    [
        ("zh-Hans", "提币两个小时未到账", "排队", "已读"),
        ("ru", "Вывод не пришёл за два часа", "очереди", "Прочитано"),
        ("ko", "출금이 두 시간째 도착하지 않았습니다", "대기", "읽음"),
        ("en", "My withdrawal has not arrived for two hours", "queue", "Read"),
    ],
    ids=lambda talk: talk[0],
)
def test_a_customer_asks_in_her_own_language_and_is_answered(
    house: House, noor: Noor, browser: Browser, talk: tuple[str, str, str, str]
) -> None:
    language, words, queue, read = talk
    context = browser.new_context(locale=language, timezone_id="Asia/Shanghai", viewport={"width": 390, "height": 800})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    chat = chatting.open_chat(page, f"{house.url}/?lang={language}")
    assert chat.evaluate("document.documentElement.lang") == language
    chatting.asks(chat, words)
    strip = chat.locator('[data-strip="queue"]')
    expect(strip).to_be_visible()
    expect(strip).to_contain_text(queue)
    name = noor.does("find", words)
    noor.does("read", name)
    expect(chatting.state_of_last(chat)).to_have_text(read)
    noor.does("type", name)
    expect(chat.locator("[data-typing]")).to_contain_text("Noor")
    noor.does("reply", name, "Hello, I am looking into it.")
    expect(chatting.theirs(chat)).to_have_text("Hello, I am looking into it.")
    expect(chat.locator("[data-typing]")).to_be_empty()
    expect(chat.locator("#title")).to_have_text("Noor")
    expect(strip).to_be_hidden()
    chatting.writes(chat, "42")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(2)
    noor.does("set_status", name, "resolved")
    expect(chat.locator('[data-end="resolved"]')).to_be_visible()
    chatting.writes(chat, "43")
    expect(chat.locator("[data-ends]")).to_be_hidden()
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(3)
    assert [kind for kind, _ in noor.does("said", name)][-2:] == ["status", "message"]
    assert problems == []
    context.close()


def test_a_recovery_phrase_is_gone_from_the_screen_and_she_learns_what_to_do(house: House, noor: Noor, page: Page) -> None:
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    chatting.asks(chat, "I cannot get into my wallet, one")
    chatting.writes(chat, f"My words: {PHRASE}")
    expect(chat.locator(".msg.me .secret")).to_have_text("recovery phrase removed")
    alert = chat.locator(".verdict[role=alert]")
    expect(alert).to_contain_text("It was not stored, and nobody can see it.")
    alert.locator("summary").click()
    expect(alert).to_contain_text("make a new wallet")
    assert "sausage" not in chat.locator("body").inner_text()
    assert "sausage" not in str(noor.does("said", noor.does("find", "wallet, one")))


def test_enter_never_sends_half_a_word(house: House, page: Page) -> None:
    chat = chatting.open_chat(page, f"{house.url}/?lang=zh-Hans")
    field = chat.locator("#ask")
    field.focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "nihao", "selectionStart": 5, "selectionEnd": 5})
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "keyCode": 229, "bubbles": True, "cancelable": True})
    session.send("Input.insertText", {"text": "你好"})
    expect(chat.locator('.window[data-screen="home"]')).to_be_visible()
    expect(field).to_have_value("你好")
    page.wait_for_timeout(100)
    page.keyboard.press("Enter")
    expect(chatting.mine(chat)).to_have_text(["你好"])


def test_she_keeps_the_conversation_as_text_and_as_a_page(house: House, noor: Noor, page: Page, tmp_path: Path) -> None:
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    chatting.asks(chat, "Please keep this <b>safe</b>, two")
    name = noor.does("find", "safe</b>, two")
    noor.does("reply", name, "a secret remark", "note")
    noor.does("reply", name, "Of course.")
    expect(chatting.theirs(chat)).to_have_text("Of course.")
    kept = {}
    for kind in ("txt", "html"):
        chat.click('[data-do="menu"]')
        with page.expect_download() as download:
            chat.click(f'[data-do="keep-{kind}"]')
        assert download.value.suggested_filename == f"conversation-{name[:8]}.{kind}"
        path = tmp_path / f"record.{kind}"
        download.value.save_as(path)
        kept[kind] = path.read_text(encoding="utf-8")
    for record in kept.values():
        assert "Of course." in record
        assert "remark" not in record
        assert "Haddad" not in record
    assert "Please keep this &lt;b&gt;safe&lt;/b&gt;" in kept["html"]


def test_another_language_loses_neither_the_draft_nor_what_was_said(house: House, noor: Noor, page: Page) -> None:
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    chatting.asks(chat, "Speak to me, three")
    noor.does("reply", noor.does("find", "to me, three"), "Gladly.")
    expect(chatting.theirs(chat)).to_have_text("Gladly.")
    chat.fill(".composer textarea", "not yet sent")
    chat.click('[data-do="languages"]')
    expect(chat.locator('[data-code="en"]')).to_be_focused()
    chat.click('[data-code="ru"]')
    expect(chat.locator("html")).to_have_attribute("lang", "ru")
    expect(chat.locator(".composer textarea")).to_have_value("not yet sent")
    assert chatting.words(chat) == ["Speak to me, three", "Gladly."]
    page.keyboard.press("Enter")
    expect(chatting.mine(chat)).to_have_count(2)


def test_whoever_comes_back_finds_the_conversation_where_it_was(house: House, noor: Noor, page: Page) -> None:
    chat = chatting.open_chat(page, f"{house.url}/?lang=en")
    chatting.asks(chat, "I come back, four")
    noor.does("reply", noor.does("find", "back, four"), "Welcome back.")
    expect(chatting.theirs(chat)).to_have_text("Welcome back.")
    page.reload()
    chatting.press_the_button(page)
    again = chatting.chat_of(page)
    expect(again.locator(".bubble")).to_have_count(2)
    assert chatting.words(again) == ["I come back, four", "Welcome back."]
