"""Every page in our languages and in two invented ones, 40 % longer and mirrored, from a small phone to a wide desk.

A walk takes a machine seven seconds. `make test` walks in the five that show what any of the thirteen would: ours as written, one
without Latin letters or spaces, the longest, and both invented. `make soak` walks in all, and at more widths. What is wrong in a
catalogue is found in all of them without a page: by the guards, and by `vigil check-languages`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.faults.conftest import IS_SOAK
from tests.houses import House
from tests.journeys.people import Agent, Customer, new_person
from tests.journeys.reading import barred, fonts, latin_words, spills
from vigil.languages.table import ELEVEN, PSEUDO

pytestmark = pytest.mark.browser
# One on each side of where the desk changes its shape; between these it only becomes roomier.
WIDTHS = (320, 375, 768, 1440) if IS_SOAK else (320, 768, 1440)
# Nothing in the chat knows of widths, and it is no wider than a phone wherever it does not fill one.
WIDTHS_OF_THE_CHAT = (320, 375) if IS_SOAK else (320,)
CODES = [language.code for language in (*ELEVEN, *PSEUDO)] if IS_SOAK else ["en", "zh-Hans", "ru", "en-XA", "ar-XB"]
# In English axe judges more states elsewhere; nothing of what it asks is as much another as in the mirror.
JUDGED = CODES if IS_SOAK else ["ar-XB"]
SAID_BY_PEOPLE = ".bubble, .what, [data-rows] [data-slot=preview]"
OTHER_SCRIPTS = [code for code in CODES if code in {"zh-Hans", "zh-Hant", "ru", "ja", "ko"}]
# The same characters, drawn in its own way by each of the four.
SAID = {
    "zh-Hans": "我的充值还没到账，请直接帮我查一下。",
    "zh-Hant": "我的充值還沒到帳，請直接幫我查一下。",
    "ja": "入金がまだ反映されていません。直接ご確認ください。",
    "ko": "입금이 아직 반영되지 않았습니다. 직접 확인해 주세요.",
}
AT_LENGTH = "Tôi đã rút 500 USDT qua mạng TRC20 từ sáng nay nhưng ví của tôi vẫn chưa nhận được, xin kiểm tra giúp."
ANSWER_AT_LENGTH = (
    "Chúng tôi đã thấy lệnh rút 500 USDT qua mạng TRC20 của bạn từ sáng nay, lệnh đang được xử lý, bạn vui lòng chờ thêm nhé."
)
# What the file of topics keeps in Latin letters: people look for these.
TOPICS = {"App", "FA", "KYC"}
# What people have typed in, which no catalogue translates; and the offset that CLDR writes for a zone in every language.
TYPED = {
    "pdf",
    "Olivia",
    "Grant",
    "Mar",
    "Fern",
    "ndez",
    "MEXC",
    "Noor",
    "Haddad",
    "NH",
    "Sol",
    "Reyes",
    "Near",
    "Far",
    "General",
    "Asia",
    "America",
    "GMT",
    "UTC",
}


@dataclass
class Rooms:
    """The pages that all languages are read on."""

    house: House
    customer: Customer
    other: Customer
    agent: Agent
    conversation: str


@pytest.fixture(scope="module")
def rooms(house: House, browser: Browser) -> Iterator[Rooms]:
    hers = new_person(browser, locale="zh-CN", zone="Asia/Shanghai")
    theirs = new_person(browser, locale="en-GB", zone="Europe/London")
    customer = Customer.on_a_page_of_its_own(hers.new_page(), house.url, "zh-Hans")
    for count, words in enumerate(SAID.values(), 1):
        customer.writes(words)
        expect(customer.frame.locator(".msg.me:not([data-unsent])")).to_have_count(count)
    agent = Agent.signs_in(theirs.new_page(), house.url)
    agent.opens(SAID["ko"])
    agent.answers("TXID 42")
    expect(customer.log.locator(".msg:not(.me)")).to_have_count(1)
    third = new_person(browser, locale="en-GB", zone="Europe/London")
    conversation = agent.page.url
    _asks_at_length_and_is_answered(third.new_page(), house, agent)
    yield Rooms(house, customer, _ends_one_and_waits_for_another(third.new_page(), house), agent, conversation)
    # Others come to this desk afterwards, and read English.
    agent.page.goto(house.url + "/desk/team")
    _choose(agent.page, "en")
    third.close()
    theirs.close()
    hers.close()


def _asks_at_length_and_is_answered(page: Page, house: House, agent: Agent) -> None:
    """Put a row into the list that is too long for its place in whatever direction it is read."""
    guest = Customer.on_a_page_of_its_own(page, house.url, "vi")
    guest.writes(AT_LENGTH)
    expect(page.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    agent.opens(AT_LENGTH)
    agent.notes(AT_LENGTH)
    agent.answers(ANSWER_AT_LENGTH)
    expect(agent.page.locator("#head")).to_contain_text("with you")
    # Whoever comes to this browser next is somebody else.
    page.evaluate("localStorage.clear()")


def _ends_one_and_waits_for_another(page: Page, house: House) -> Customer:
    other = Customer.on_a_page_of_its_own(page, house.url, "ru")
    other.writes("Первый вопрос.")
    expect(page.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    other.opens_the_menu()
    page.locator('[data-do="end"]').click()
    page.locator('[data-score="5"]').click()
    expect(page.locator("[data-more]")).to_be_visible()
    page.locator('[data-do="home"]:visible').first.click()
    other.writes("Второй вопрос.")
    expect(page.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    # What is promised for in three minutes is no longer shown when those are over, and all languages together may take longer.
    with psycopg.connect(house.database_url) as connection:
        connection.execute(
            "UPDATE conversations_conversation SET due_at = due_at + interval '1 hour'"
            " WHERE id = (SELECT max(id) FROM conversations_conversation)"
        )
    return other


def _read(page: Page, state: str, widths: tuple[int, ...], found: list[str]) -> None:
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{state} at {width}: {each}" for each in spills(page)]


def _widget_states(rooms: Rooms, code: str) -> Iterator[str]:
    customer, page = rooms.customer, rooms.customer.page
    page.goto(f"{rooms.house.url}/widget/frame?site=site_demo&lang={code}")
    expect(customer.log.locator(".bubble")).to_have_count(5)
    yield "conversation"
    customer.opens_the_menu()
    yield "menu"
    page.keyboard.press("Escape")
    page.locator('[data-do="languages"]').click()
    yield "languages"
    page.keyboard.press("Escape")
    page.locator('[data-do="home"]:visible').first.click()
    page.locator("#ask").wait_for()
    yield "first screen"
    page.fill("#ask", "我的充值还没到账 0x" + "ab" * 32)
    page.locator("[data-chips]").wait_for()
    yield "first screen, read along"


def _waiting_states(rooms: Rooms, code: str) -> Iterator[str]:
    page = rooms.other.page
    page.goto(f"{rooms.house.url}/widget/frame?site=site_demo&lang={code}")
    strip = page.locator('[data-strip="queue"]')
    expect(strip.locator("[data-slot=until]")).not_to_be_empty()
    page.locator('.composer [data-pick="files"]').set_input_files({"name": "a.pdf", "mimeType": "", "buffer": b"%PDF"})
    page.locator(".composer [role=alert]").wait_for()
    yield "queue"
    page.locator(".composer [data-do=unfile]").click()
    strip.locator("button").click()
    yield "address"
    page.keyboard.press("Escape")
    page.locator('[data-do="home"]:visible').first.click()
    page.locator("[data-rows] .link-row").last.click()
    expect(page.locator("[data-more]")).to_be_visible()
    yield "ended"


def _desk_states(rooms: Rooms, code: str) -> Iterator[str]:
    page = rooms.agent.page
    page.goto(rooms.house.url + "/desk/team")
    _choose(page, code)
    yield "list"
    page.goto(rooms.conversation)
    expect(rooms.agent.log.locator(".bubble")).to_have_count(5)
    yield "thread"
    page.locator("#more").click()
    page.locator("#head .panel .fold:visible").first.wait_for()
    yield "thread's menu"


def _plain_states(rooms: Rooms, code: str) -> Iterator[str]:
    page = rooms.agent.page
    for state, path in (("sign-in", "/desk/sign-in"), ("reset", "/desk/reset"), ("front page", "/"), ("nothing there", "/nothing")):
        page.goto(f"{rooms.house.url}{path}?lang={code}")
        yield state


def _choose(page: Page, code: str) -> None:
    # By hand: the invented languages stand in no menu.
    with page.expect_navigation():
        page.evaluate(
            """(code) => {
          const form = document.querySelector('form[action$="/desk/language"]');
          form.elements.language.append(new Option(code, code));
          form.elements.language.value = code;
          form.submit();
        }""",
            code,
        )


PLACES: dict[str, Callable[[Rooms, str], Iterator[str]]] = {
    "widget": _widget_states,
    "waiting": _waiting_states,
    "desk": _desk_states,
    "pages": _plain_states,
}


@dataclass
class Seen:
    """What one language's pages showed, by page and state."""

    tongues: set[tuple[str | None, str | None]] = field(default_factory=set)
    spilt: list[str] = field(default_factory=list)
    latin: dict[str, set[str]] = field(default_factory=dict)
    fonts: dict[str, dict[str, str]] = field(default_factory=dict)
    barred: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def tour(rooms: Rooms) -> Callable[[str], Seen]:
    """Walk through every page in one language, once for all tests that ask."""

    @cache
    def walk(code: str) -> Seen:
        seen = Seen()
        for place, states in PLACES.items():
            page = {"widget": rooms.customer.page, "waiting": rooms.other.page}.get(place, rooms.agent.page)
            is_chat = place in {"widget", "waiting"}
            widths = WIDTHS_OF_THE_CHAT if is_chat else WIDTHS
            page.set_viewport_size({"width": widths[-1], "height": 800})
            for state in states(rooms, code):
                _look(page, f"{place}, {state}", widths, seen)
                if is_chat and code in JUDGED:
                    seen.barred += [f"{state}: {each}" for each in barred(page, "all but contrast")]
        return seen

    return walk


def _look(page: Page, state: str, widths: tuple[int, ...], seen: Seen) -> None:
    html = page.locator("html")
    seen.tongues.add((html.get_attribute("lang"), html.get_attribute("dir")))
    seen.latin[state] = latin_words(page)
    seen.fonts[state] = fonts(page, SAID_BY_PEOPLE)
    _read(page, state, widths, seen.spilt)


@pytest.mark.parametrize("code", CODES)
def test_every_page_fits_and_says_its_language(tour: Callable[[str], Seen], code: str) -> None:
    seen = tour(code)
    assert seen.tongues == {(code, "rtl" if code == "ar-XB" else "ltr")}
    assert seen.spilt == []


@pytest.mark.parametrize("code", JUDGED)
def test_axe_finds_nothing_in_the_chat_in_any_language(tour: Callable[[str], Seen], code: str) -> None:
    assert tour(code).barred == []


@pytest.mark.parametrize("code", OTHER_SCRIPTS)
def test_no_word_of_ours_stays_english(tour: Callable[[str], Seen], code: str) -> None:
    english = tour("en").latin
    left = {state: words & english[state] - TYPED - TOPICS for state, words in tour(code).latin.items()}
    assert {state: words for state, words in left.items() if words} == {}


@pytest.mark.parametrize("code", ["en", "ja", "ko"] if IS_SOAK else ["en", "zh-Hans"])
def test_words_keep_the_font_of_their_own_language_on_any_page(tour: Callable[[str], Seen], code: str) -> None:
    seen = tour(code).fonts
    for state in ("widget, conversation", "desk, thread"):
        assert set(SAID) <= set(seen[state])
        assert len({seen[state][language] for language in SAID}) == len(SAID)
    assert {state for state, found in seen.items() if "" in found} == set(), "every word somebody wrote says its language"


def test_a_page_on_which_words_spill_is_noticed(rooms: Rooms) -> None:
    page = rooms.agent.page.context.new_page()
    page.set_content(
        '<div lang="ja">Sign in</div><p style="width: 40px; white-space: nowrap">Sign in to the desk</p>'
        '<p style="width: 40px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap">Somewhere <b>far away</b></p>'
        '<p style="margin-left: -20px; width: 40px; overflow: hidden; text-overflow: ellipsis"><b>Elsewhere</b></p>'
        '<textarea cols="4" rows="1" placeholder="Write a message"></textarea>'
    )
    found = " ".join(spills(page))
    assert "too wide: <p" in found
    assert "placeholder cut: <textarea" in found
    assert "far away" not in found, "an ellipsis has cut it short"
    assert 'outside: <b class=""> Elsewhere' in found
    assert {"desk", "Write"} <= latin_words(page)
    page.close()
