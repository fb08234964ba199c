"""Both faces for everybody: judged by axe in every state, used by keyboard alone, by finger, enlarged, and without motion."""

from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from tests.houses import House
from tests.journeys.people import Agent, Customer, new_person
from tests.journeys.reading import barred_by_day_and_night

pytestmark = pytest.mark.browser
PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"
WORDS = "我的充值还没到账，请帮忙看看。"
# What a finger must hit: every visible control that is not a link within a sentence.
_SMALL = """() => [...document.querySelectorAll("button, summary, input:not(.sr, [type=hidden]), select, textarea, a.row, nav a, a.button")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.matches(".veil"))
  .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 43.5 || box.height < 43.5))
  .map(([what, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${what}`)"""
# What stands beside every thread, and was judged with the list.
AROUND = (".nav", "#rows")
_FOCUS = """() => {
  // A field in a box shows its focus around the box.
  const shown = [document.activeElement, document.activeElement.closest(".box")].filter(Boolean).map((each) => getComputedStyle(each));
  return shown.some(({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) > 0);
}"""


@pytest.fixture
def hers(browser: Browser) -> Iterator[BrowserContext]:
    one = new_person(browser, locale="en-GB", zone="Europe/London")
    yield one
    one.close()


@pytest.fixture
def theirs(browser: Browser) -> Iterator[BrowserContext]:
    one = new_person(browser, locale="en-GB", zone="Europe/London")
    yield one
    one.close()


def _judge(page: Page | Frame, state: str, found: list[str], but: Sequence[str] = ()) -> None:
    found += [f"{state}: {each}" for each in barred_by_day_and_night(page, but)]


def _is_focused(page: Page, selector: str) -> bool:
    return bool(page.evaluate("(selector) => document.activeElement.matches(selector)", selector))


def _tabs_to(page: Page, selector: str, *, back: bool = False) -> None:
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if _is_focused(page, selector):
            assert page.evaluate(_FOCUS), f"nobody sees that {selector} has the focus"
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_axe_finds_nothing_in_any_state_of_the_chat(house: House, hers: BrowserContext) -> None:
    page, found = hers.new_page(), list[str]()
    customer = Customer.on_a_page_of_its_own(page, house.url, "en")
    _judge(page, "first screen", found)
    page.locator('[data-do="languages"]').click()
    page.locator('[data-sheet="languages"]').wait_for()
    _judge(page, "languages", found)
    page.keyboard.press("Escape")
    customer.writes(f"I was asked for this: {PHRASE}")
    alert = page.locator("[data-log] [role=alert]")
    alert.wait_for()
    alert.locator("summary").click()
    _judge(page, "a secret was removed", found)
    customer.opens_the_menu()
    _judge(page, "menu", found)
    page.locator('.sheet [data-do="address"]').click()
    page.keyboard.type("nowhere")
    page.keyboard.press("Enter")
    page.locator("#email-says:visible").wait_for()
    _judge(page, "an address was refused", found)
    page.keyboard.press("Escape")
    page.locator('.composer [data-pick="files"]').set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    page.locator(".composer [data-tray] [role=alert]").wait_for()
    _judge(page, "a file was refused", found)
    customer.opens_the_menu()
    page.locator('[data-do="end"]').click()
    page.locator('[data-score="3"]').click()
    page.locator("[data-more] textarea").wait_for()
    _judge(page, "ended and rated", found)
    hers.set_offline(True)
    customer.writes(WORDS)
    page.locator('[data-strip="offline"]:visible').wait_for()
    page.locator("[data-unsent]").wait_for()
    _judge(page, "without a line", found)
    hers.set_offline(False)
    page.goto(house.url + "/?lang=en")
    _judge(page, "the page around it", found)
    _judge(Customer.logs_in_after(page, house.url, "en", "Before I logged in.").frame, "shall it come along", found)
    assert not found, "\n".join(found)


def _asks_twice(customer: Customer, first: str, then: str) -> None:
    customer.writes(first)
    customer.page.locator('header [data-do="home"]').click()
    customer.writes(then)


def _unfold(page: Page) -> None:
    for fold in ("[data-merging]", "[data-linking]", "details:has(.ask)"):
        page.locator(f"#facts {fold} > summary").click()
    page.locator("#facts .offer").first.wait_for()


def _looks_at_what_is_masked(page: Page, found: list[str]) -> None:
    page.locator("#facts dd button").first.click()
    page.locator("#facts dd select").wait_for()
    _judge(page, "why somebody must see an address", found, AROUND)
    page.locator("#facts dd select").select_option("other")
    page.locator("#facts dd [name=words]").fill("They read it to me.")
    page.keyboard.press("Enter")
    page.locator("#facts .revealed").wait_for()
    _judge(page, "an address that was shown", found, AROUND)


def _shapes_and_attaches(page: Page, found: list[str]) -> None:
    page.locator("#compose textarea").fill("**Look** at [this](https://help.example/fees): `code`\n- *one*\n\n> two")
    page.locator("[data-open-preview]").click()
    page.locator("#preview li").wait_for()
    page.locator("[data-pick]").set_input_files({"name": "page.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"})
    page.locator("#compose [data-tray] [role=alert]").wait_for()
    _judge(page, "preview, and a file that was refused", found, AROUND)
    page.locator('#compose [data-do="unfile"]').click()
    page.locator("[data-open-preview]").click()
    page.locator("#compose textarea").fill("")


def _search(page: Page, found: list[str]) -> None:
    place = page.url.partition("/desk/")[0] + "/desk/search"
    page.goto(place)
    for words, then in (("axe status:open", "#rows .row"), ("zanzibar", "#rows .blank"), (PHRASE, "#rows [role=alert]")):
        page.locator("#search [name=words]").fill(words)
        page.locator("#search [name=words]").press("Enter")
        page.locator(then).first.wait_for()
        page.locator(".filters > summary").click()
        _judge(page, f"search: {then}", found)
    page.goto(place)
    page.locator(".recent").wait_for()
    _judge(page, "searched lately", found)
    page.keyboard.press("Control+k")
    page.keyboard.type("Axe")
    page.locator("#box [role=group]").wait_for()
    _judge(page, "the one box", found)


def _looks_at_other_pages(page: Page, house: House, found: list[str]) -> None:
    for place in ("done", "account", "account/keys"):
        page.goto(f"{house.url}/desk/{place}")
        _judge(page, f"{place}, on a phone", found)


def test_axe_finds_nothing_in_any_state_of_the_desk(house: House, hers: BrowserContext, theirs: BrowserContext) -> None:
    _asks_twice(
        Customer.on_a_page_of_its_own(hers.new_page(), house.url, "en"),
        "Another matter.",
        f"Axe was told: {PHRASE} by axe@mail.example",
    )
    page, found = theirs.new_page(), list[str]()
    page.goto(house.url + "/desk/sign-in")
    _judge(page, "sign-in", found)
    page.goto(house.url + "/desk/reset")
    _judge(page, "reset", found)
    agent = Agent.signs_in(page, house.url)
    _judge(page, "list", found)
    page.locator(".nav > details.menu > summary").click()
    _judge(page, "own menu", found)
    page.keyboard.press("Escape")
    agent.opens("Axe was told")
    agent.log.locator(".guard").wait_for()
    agent.notes("It was a phrase.")
    page.locator(".msg.note:not([data-pending])").wait_for()
    agent.answers("Please make a **new** wallet: [how](https://help.example/new).")
    page.locator(".msg.me:not([data-pending]) strong").wait_for()
    _judge(page, "thread", found)
    _looks_at_what_is_masked(page, found)
    page.locator("#more").click()
    page.locator("#head .panel .fold:visible").first.wait_for()
    _judge(page, "thread's menu", found, AROUND)
    page.keyboard.press("Escape")
    _unfold(page)
    _judge(page, "what may be merged, linked and blocked", found, AROUND)
    page.locator("[data-open-macros]").click()
    page.locator("#macros > *").first.wait_for()
    _judge(page, "prepared answers", found, AROUND)
    page.locator("[data-open-macros]").click()
    page.locator("#compose .tabs label").nth(1).click()
    page.locator("#compose textarea").press_sequentially("@")
    page.locator("#people [data-text]").first.wait_for()
    _judge(page, "whom a note may name", found, AROUND)
    page.keyboard.press("Escape")
    _shapes_and_attaches(page, found)
    page.locator("#mentions > summary").click()
    page.locator("#mentions .panel :is(a, p:not(:empty))").first.wait_for()
    _judge(page, "notes that name her", found)
    page.keyboard.press("Escape")
    theirs.set_offline(True)
    page.locator("#connection:visible").wait_for()
    _judge(page, "without a line", found, AROUND)
    theirs.set_offline(False)
    page.set_viewport_size({"width": 390, "height": 800})
    _judge(page, "thread on a phone", found, AROUND)
    agent.resolves_from_the_menu()
    _looks_at_other_pages(page, house, found)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_in_any_state_of_the_search(house: House, hers: BrowserContext, theirs: BrowserContext) -> None:
    Customer.on_a_page_of_its_own(hers.new_page(), house.url, "en").writes("Axe was searched for.")
    house.catch_up()
    page, found = theirs.new_page(), list[str]()
    Agent.signs_in(page, house.url)
    _search(page, found)
    assert not found, "\n".join(found)


def test_a_customer_needs_no_mouse(house: House, hers: BrowserContext) -> None:
    page = hers.new_page()
    page.goto(house.url + "/?lang=en")
    page.locator("vigil-chat .go").focus()
    page.keyboard.press("Enter")
    frame = page.locator("vigil-chat iframe").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_selector("#ask:focus")
    page.keyboard.type("No mouse here.")
    page.keyboard.press("Enter")
    expect(frame.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    expect(frame.locator('[data-send="talk"] textarea')).to_be_focused()

    for opener in ("menu", "languages"):
        button = frame.locator(f'[data-do="{opener}"]')
        for _ in range(12):
            page.keyboard.press("Shift+Tab")
            if button.evaluate("(each) => each === document.activeElement"):
                break
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        expect(frame.locator(f'[data-sheet="{opener}"]')).to_be_visible()
        page.keyboard.press("Escape")
        expect(frame.locator(f'[data-sheet="{opener}"]')).to_be_hidden()
        expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(frame.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(frame.locator(".bubble")).to_have_text(["No mouse here."])
    page.keyboard.press("Escape")
    expect(page.locator("vigil-chat .go")).to_be_focused()


def test_an_agent_needs_no_mouse(house: House, hers: BrowserContext, theirs: BrowserContext) -> None:
    customer = Customer.on_a_page_of_its_own(hers.new_page(), house.url, "en")
    customer.writes("Typed without a mouse.")
    page = theirs.new_page()
    page.goto(house.url + "/desk/")
    expect(page.locator("#email")).to_be_focused()
    page.keyboard.type("noor@vigil.example")
    page.keyboard.press("Tab")
    page.keyboard.type("correct horse battery staple")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/team")
    page.locator("#rows .row", has_text="Typed without a mouse.").wait_for()
    name = page.locator("#rows .row", has_text="Typed without a mouse.").get_attribute("id")
    _tabs_to(page, f"#{name}")
    page.keyboard.press("Enter")
    expect(page.locator("#thread .flow")).to_be_focused()
    page.keyboard.press("r")
    page.keyboard.type("And answered so.")
    page.keyboard.press("Control+Enter")
    expect(customer.log.locator(".msg:not(.me) .bubble")).to_have_text(["And answered so."])

    _tabs_to(page, "#more", back=True)
    page.keyboard.press("Enter")
    page.locator("#head .panel .fold:visible").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("#head details:has(#more)")).not_to_have_attribute("open", "")
    assert _is_focused(page, "#more"), "focus returns to what opened the menu"
    # Nobody knows what it is about, which is asked.
    _tabs_to(page, "#turn", back=True)
    page.keyboard.press("Enter")
    page.locator("#head select[name=topic]:visible").wait_for()
    for key in ("Tab", "ArrowDown", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(customer.frame.locator('[data-end="resolved"]')).to_be_visible()
    assert not _is_focused(page, "body"), "focus stays where the agent was"


def test_a_finger_hits_everything(house: House, browser: Browser) -> None:
    phone = new_person(
        browser, locale="en-GB", zone="Europe/London", viewport={"width": 375, "height": 720}, has_touch=True, is_mobile=True
    )
    page, small = phone.new_page(), list[str]()
    customer = Customer.on_a_page_of_its_own(page, house.url, "en")
    small += page.evaluate(_SMALL)
    page.locator('[data-do="languages"]').click()
    page.locator('[data-sheet="languages"]').wait_for()
    small += page.evaluate(_SMALL)
    page.keyboard.press("Escape")
    customer.field.fill("By finger.")
    page.locator('[data-send="home"] [data-primary]').tap()
    page.locator(".msg.me:not([data-unsent])").wait_for()
    small += page.evaluate(_SMALL)
    page.locator('[data-strip="queue"] button').tap()
    page.locator('[data-sheet="address"]').wait_for()
    small += page.evaluate(_SMALL)
    page.keyboard.press("Escape")
    customer.opens_the_menu()
    small += page.evaluate(_SMALL)
    page.keyboard.press("Escape")
    page.goto(house.url + "/desk/sign-in")
    small += page.evaluate(_SMALL)
    agent = Agent.signs_in(page, house.url)
    small += page.evaluate(_SMALL)
    agent.opens("By finger.", by_touch=True)
    agent.log.locator(".bubble").first.wait_for()
    small += page.evaluate(_SMALL)
    page.locator("#more").tap()
    page.locator("#head .panel .fold:visible").first.wait_for()
    small += page.evaluate(_SMALL)
    phone.close()
    assert sorted(set(small)) == []


def test_enlarged_four_times_everything_can_still_be_done(house: House, browser: Browser) -> None:
    # 1280 x 1024 enlarged to 400 % is a screen of 320 x 256.
    enlarged = new_person(browser, locale="en-GB", zone="Europe/London", viewport={"width": 320, "height": 256})
    customer = Customer.on_a_page_of_its_own(enlarged.new_page(), house.url, "en")
    customer.field.fill("Very large letters.")
    customer.frame.locator('[data-send="home"] [data-primary]').click()
    expect(customer.frame.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    expect(customer.field).to_be_in_viewport()
    strip = customer.frame.locator('[data-strip="queue"]')
    expect(strip.locator("b")).to_be_in_viewport(ratio=1)
    talk = customer.frame.locator(".talk").bounding_box()
    assert talk is not None
    assert talk["height"] >= 120, "what was said has the most room"
    strip.focus()
    customer.page.keyboard.press("Tab")
    expect(strip.locator("button")).to_be_focused()
    expect(strip.locator("button")).to_be_in_viewport(ratio=1)
    found: list[str] = []
    _judge(customer.frame, "in the queue, enlarged", found)
    strip.locator("button").evaluate("(button) => { button.hidden = true; }")
    _judge(customer.frame, "in the queue, and told by mail", found)
    assert found == []
    agent = Agent.signs_in(enlarged.new_page(), house.url)
    agent.opens("Very large letters.")
    expect(agent.field).to_be_in_viewport()
    agent.field.fill("Large ones back.")
    agent.page.locator("#compose button[type=submit]").click()
    expect(customer.log.locator(".msg:not(.me) .bubble")).to_have_text(["Large ones back."])
    expect(customer.log.locator(".msg:not(.me) .bubble")).to_be_in_viewport()
    enlarged.close()


def test_nothing_moves_for_who_wants_no_motion(house: House, hers: BrowserContext) -> None:
    page = hers.new_page()
    page.emulate_media(reduced_motion="reduce")
    for path in ("/widget/frame?site=site_demo", "/desk/sign-in", "/"):
        page.goto(house.url + path)
        moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter((each) => {
          const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(each);
          const lasts = transitionDuration.split(",").some((time) => parseFloat(time) > 0);
          return lasts || animationName !== "none" || scrollBehavior === "smooth";
        }).map((each) => each.outerHTML.slice(0, 80))""")
        assert moving == []


def test_screen_readers_are_told_what_happens(house: House, hers: BrowserContext) -> None:
    customer = Customer.opens_the_chat(hers.new_page(), house.url)
    window = customer.page.locator("vigil-chat .w")
    assert window.get_attribute("role") == "dialog"
    assert window.get_attribute("aria-label")
    assert customer.page.locator("vigil-chat iframe").get_attribute("title")
    customer.writes(PHRASE)
    log = customer.log
    # A log is polite by itself; what it says at once, and what waits, is told apart by the alert within.
    assert log.get_attribute("role") == "log"
    assert log.get_attribute("aria-live") in (None, "polite")
    alert = log.locator("[role=alert]")
    expect(alert).to_be_visible()
    assert alert.get_attribute("aria-live") in (None, "assertive")
