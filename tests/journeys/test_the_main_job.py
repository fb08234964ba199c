"""The main job, in two real browsers: she asks in her language, an agent answers, the server dies in between, and nothing is lost."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from tests.houses import House
from tests.journeys.people import Agent, Customer, new_person

pytestmark = pytest.mark.browser
# The longer the server was away, the longer a browser waits before it tries again: up to half a minute.
BACK = 45_000  # milliseconds


@dataclass(frozen=True)
class Story:
    """One customer's words, what her input method shows before the first of them, and the agent's."""

    code: str
    locale: str
    zone: str
    desk: str
    raw: str
    first: str
    answer: str
    note: str
    while_down: tuple[str, str]
    answer_while_down: str


STORIES = [
    Story(
        code="zh-Hans",
        locale="zh-CN",
        zone="Asia/Shanghai",
        desk="zh-Hans",
        raw="wo de chong zhi",
        first="我的充值还没到账，已经两个小时了。",
        answer="您好，我正在核对入账情况，3 分钟内给您答复。",
        note="客户昨天也问过同一笔。",
        while_down=("交易哈希我也可以发给您。", "我等您的消息。"),
        answer_while_down="已经找到这笔充值了。",
    ),
    Story(
        code="ru",
        locale="ru-RU",
        zone="Asia/Almaty",
        desk="en",
        raw="",
        first="Здравствуйте, депозит не пришёл уже два часа.",
        answer="Здравствуйте, вижу транзакцию и проверяю зачисление.",
        note="Тот же клиент писал вчера.",
        while_down=("Могу прислать хеш перевода.", "Жду вашего ответа."),
        answer_while_down="Нашли ваш депозит.",
    ),
    Story(
        code="ko",
        locale="ko-KR",
        zone="Asia/Seoul",
        desk="ko",
        raw="안녀",
        first="안녕하세요. 입금한 금액이 두 시간째 들어오지 않았어요.",
        answer="문의해 주셔서 감사합니다. 바로 확인해 보겠습니다.",
        note="어제도 같은 건으로 문의한 고객.",
        while_down=("거래 해시도 보내 드릴 수 있어요.", "답변 기다릴게요."),
        answer_while_down="입금 내역을 찾았습니다.",
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.code)
def test_a_conversation_survives_the_death_of_the_server_and_is_hers_to_keep(own_house: House, browser: Browser, story: Story) -> None:
    own_house.start()
    hers = new_person(browser, locale=story.locale, zone=story.zone)
    theirs = new_person(browser, locale="en-GB", zone="Europe/London")
    try:
        agent = Agent.signs_in(theirs.new_page(), own_house.url)
        agent.speaks(story.desk)
        customer = Customer.opens_the_chat(hers.new_page(), own_house.url)
        _she_asks(customer, agent, story)
        _the_agent_answers(customer, agent, story)
        _the_plug_is_pulled(own_house, customer, agent, story)
        _it_is_resolved_and_kept(customer, agent, story)
    finally:
        theirs.close()
        hers.close()


def _she_asks(customer: Customer, agent: Agent, story: Story) -> None:
    expect(customer.frame.locator("html")).to_have_attribute("lang", story.code)
    agent.page.evaluate("() => { window.isTheSamePage = true; }")
    if story.raw:
        customer.composes(story.raw, story.first)
    else:
        customer.writes(story.first)
    expect(customer.mark_of(story.first)).to_have_text(customer.said("state", "sent"))

    row = agent.row(story.first)
    expect(row).to_be_visible()
    expect(row.locator(".what")).to_have_attribute("lang", story.code)
    row.click()
    expect(agent.log.locator(".bubble")).to_have_text([story.first])
    expect(agent.log.locator(".bubble")).to_have_attribute("lang", story.code)
    assert agent.page.evaluate("() => window.isTheSamePage") is True
    expect(customer.mark_of(story.first)).to_have_text(customer.said("state", "read"))


def _the_agent_answers(customer: Customer, agent: Agent, story: Story) -> None:
    agent.field.press_sequentially(story.answer[:4])
    expect(customer.frame.locator("[data-typing]")).not_to_be_empty()
    agent.answers(story.answer)
    expect(customer.log.locator(".msg:not(.me) .bubble")).to_have_text([story.answer])
    expect(customer.frame.locator("[data-typing]")).to_be_empty()
    expect(agent.mark_of(story.answer)).to_have_text(agent.said("read"))
    agent.notes(story.note)
    expect(agent.log.locator(".msg.note:not([data-pending]) .bubble")).to_have_text([story.note])


def _the_plug_is_pulled(house: House, customer: Customer, agent: Agent, story: Story) -> None:
    house.kill()
    expect(customer.frame.locator('[data-strip="offline"]')).to_be_visible()
    expect(agent.page.locator("#connection")).to_be_visible()
    for words in story.while_down:
        customer.writes(words)
    agent.answers(story.answer_while_down)
    for words in story.while_down:
        expect(customer.mark_of(words)).to_have_text(customer.said("state", "waiting"), timeout=BACK)
    expect(agent.mark_of(story.answer_while_down)).to_have_text(agent.said("waiting"))

    house.start()
    _what_crossed_is_read_first(agent, story)
    everything = {story.first, story.answer, *story.while_down, story.answer_while_down}
    expect(customer.log.locator(".bubble")).to_have_count(len(everything), timeout=BACK)
    expect(customer.frame.locator("[data-unsent]")).to_have_count(0, timeout=BACK)
    expect(agent.log.locator(".msg:not(.note) .bubble")).to_have_count(len(everything), timeout=BACK)
    expect(agent.log.locator("[data-pending]")).to_have_count(0, timeout=BACK)
    expect(customer.frame.locator('[data-strip="offline"]')).to_be_hidden(timeout=BACK)
    expect(agent.page.locator("#connection")).to_be_hidden(timeout=BACK)
    assert customer.words() == agent.words()
    assert set(customer.words()) == everything
    assert customer.words()[:2] == [story.first, story.answer]
    hers = [words for words in customer.words() if words in story.while_down]
    assert tuple(hers) == story.while_down
    assert agent.page.evaluate("() => window.isTheSamePage") is True


def _what_crossed_is_read_first(agent: Agent, story: Story) -> None:
    """Let the answer go where her words came before it; whichever of them was quicker, nobody answers what he has not read."""
    guard = agent.page.locator('[data-slot="crossed"]:not([hidden])')
    has_gone = agent.log.locator(".msg.me:not(.note):not([data-pending]) .bubble", has_text=story.answer_while_down)
    expect(guard.or_(has_gone)).to_be_visible(timeout=BACK)
    if guard.is_visible():
        expect(agent.log.locator(".msg:not(.me):not(.note) .bubble")).to_have_count(1 + len(story.while_down), timeout=BACK)
        guard.locator("[name=send]").click()


def _it_is_resolved_and_kept(customer: Customer, agent: Agent, story: Story) -> None:
    agent.resolves()
    expect(customer.frame.locator('[data-end="resolved"]')).to_be_visible()
    for kind in ("txt", "html"):
        kept = customer.downloads(kind)
        places = [kept.find(words) for words in customer.words()]
        assert -1 not in places
        assert places == sorted(places)
        assert story.note not in kept
