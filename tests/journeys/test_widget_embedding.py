"""The chat on another origin's page: it knows its guest without any storage of its own, obeys a small interface, and survives the page."""

import base64
import hashlib

import altcha
import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.host_page import NAME_SOMEBODY, SITE, Site, word
from tests.journeys.noor import Noor

pytestmark = pytest.mark.browser
# What a browser that blocks the storage of third parties does to our frame.
NO_STORAGE = """if (location.hostname === "127.0.0.1") for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });"""
HOSTILE = """<style>* { transform: scale(.9) !important; filter: blur(1px) !important; overflow: hidden !important; z-index: 0 !important }
vigil-chat, vigil-chat * { display: none !important; opacity: 0 !important; visibility: hidden !important; pointer-events: none !important;
position: static !important; clip-path: inset(50%) !important }
iframe, button, svg { display: none !important; width: 1px !important }
</style>"""


def ready(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_function("Object.hasOwn(window, 'Vigil')")


def opened(page: Page) -> Frame:
    page.wait_for_function("Object.hasOwn(window, 'Vigil')")
    page.evaluate("Vigil.open()")
    return chatting.chat_of(page)


def heard(chat: Frame, text: str) -> None:
    expect(chatting.mine(chat).first).to_contain_text(text)


def test_a_guest_is_known_where_the_frame_may_keep_nothing(ours: House, site: Site, context: BrowserContext) -> None:
    site.holds(ours.url)
    context.add_init_script(NO_STORAGE)
    page = context.new_page()
    ready(page, site.url)
    chatting.asks(opened(page), "Nothing is kept here, one")
    expect(chatting.chat_of(page).locator(".msg.me:not([data-unsent])")).to_have_count(1)
    page.reload()
    heard(opened(page), "Nothing is kept here, one")
    ready(page, f"{site.url}/second")
    heard(opened(page), "Nothing is kept here, one")
    other = context.new_page()
    ready(other, site.url)
    heard(opened(other), "Nothing is kept here, one")
    for each in (page, other):
        keys = each.evaluate("Object.keys(localStorage)")
        assert keys == [f"vigil-visitor-{SITE}"]


def test_the_interface_opens_closes_counts_and_speaks_and_tells_no_word(ours: House, site: Site, page: Page) -> None:
    site.holds(ours.url, attributes='data-button="none"')
    ready(page, site.url)
    assert page.evaluate("Object.keys(Vigil).sort().join()") == "close,identify,language,onUnread,open"
    assert page.evaluate("Object.isFrozen(Vigil)")
    page.evaluate(
        """() => { window.counts = []; Vigil.onUnread((count) => counts.push(count));
        addEventListener("vigil:close", () => counts.push("closed")); }"""
    )
    assert page.evaluate("Vigil.close()") is False
    chat = opened(page)
    chatting.asks(chat, "Words that nobody else reads, two")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    page.evaluate("Vigil.language('ru')")
    expect(chat.locator("html")).to_have_attribute("lang", "ru")
    assert page.evaluate("Vigil.close()") is True
    with Noor(ours) as noor:
        noor.does("reply", noor.does("find", "nobody else reads, two"), "A private answer")
        page.wait_for_function("counts.includes(1)")
    assert page.evaluate("counts") == [0, "closed", 1]
    seen = page.evaluate(
        "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.documentElement.outerHTML, counts])"
    )
    assert "private" not in seen
    assert "nobody" not in seen


def test_v23_hostile_settings_and_messages_pollute_nothing(ours: House, site: Site, page: Page) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    site.holds(ours.url, attributes='data-language="__proto__" data-button="constructor"')
    ready(page, f"{site.url}/?__proto__[open]=x&constructor[prototype][open]=x")
    page.evaluate(
        """() => { for (const wish of ["__proto__", "constructor", "", "x".repeat(99), null, {}, ["en"]]) Vigil.language(wish);
        for (const text of ['{"__proto__": {"open": 1}}', '{"vigil": 1, "type": "__proto__"}',
            '{"vigil": 1, "type": "words", "words": {"__proto__": {"title": "x"}}}']) postMessage(JSON.parse(text), "*"); }"""
    )
    chat = opened(page)
    for type_ in ("__proto__", "constructor", "toString", "hasOwnProperty"):
        chat.evaluate("([type, to]) => parent.postMessage({vigil: 1, type}, to)", [type_, site.url])
    expect(chat.locator("#ask")).to_be_visible()
    for place in (page.main_frame, chat):
        assert place.evaluate("Object.keys(Object.prototype).length === 0 && ({}).open === undefined && ({}).title === undefined")
    assert problems == []


def test_inside_a_modal_dialog_the_chat_can_be_used(ours: House, site: Site, page: Page) -> None:
    site.holds(ours.url, body='<dialog style="transform: scale(.8)"><p>Withdraw</p><button id="x">x</button></dialog>')
    ready(page, site.url)
    chat = opened(page)
    chat.fill("#ask", "A draft from before the dialog")
    page.evaluate("document.querySelector('dialog').showModal()")
    page.wait_for_function("document.querySelector('dialog vigil-chat')")
    chat = chatting.chat_of(page)
    chatting.asks(chat, "From inside of the dialog, three")
    chat.press(".composer textarea", "Escape")
    page.wait_for_timeout(200)
    chatting.press_the_button(page)
    heard(chat, "inside of the dialog, three")
    page.evaluate("Vigil.close(); document.querySelector('dialog').close()")
    page.wait_for_function("document.body === document.querySelector('vigil-chat').parentNode")
    chatting.press_the_button(page)
    heard(chatting.chat_of(page), "inside of the dialog, three")


def test_a_page_that_writes_its_body_anew_keeps_the_chat(ours: House, site: Site, page: Page) -> None:
    site.holds(ours.url)
    ready(page, site.url)
    chatting.asks(opened(page), "Before the page changed, four")
    expect(chatting.chat_of(page).locator(".msg.me:not([data-unsent])")).to_have_count(1)
    for rewrite in ("document.body.innerHTML = '<p>a view</p>'", "document.body.replaceWith(document.createElement('body'))"):
        page.evaluate(rewrite)
        page.wait_for_function("document.body.querySelectorAll('vigil-chat').length === 1")
        page.wait_for_timeout(300)
        heard(chatting.chat_of(page), "Before the page changed, four")
    page.add_script_tag(url=f"{ours.url}/widget/loader.js")
    assert page.locator("vigil-chat").count() == 1


def test_the_pages_own_styles_do_not_reach_it(ours: House, site: Site, page: Page) -> None:
    site.holds(ours.url, more=HOSTILE)
    ready(page, site.url)
    chatting.press_the_button(page)
    chat = chatting.chat_of(page)
    chatting.asks(chat, "Beside loud styles, five")
    size = page.viewport_size
    assert size is not None
    box = chat.frame_element().bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["x"] + box["width"])) == (400, size["width"] - 20)


def test_a55_the_page_finds_no_way_into_the_chat(ours: House, site: Site, page: Page) -> None:
    site.holds(ours.url)
    ready(page, site.url)
    chatting.asks(opened(page), "Not for the page around me")
    found = page.evaluate("""() => {
      const host = document.querySelector("vigil-chat");
      const reach = (window) => { try { return window.document.body.innerText; } catch { return null; } };
      const read = Array.from({ length: frames.length }, (_, place) => reach(frames[place])).find(Boolean);
      return [host.shadowRoot, document.querySelectorAll("iframe").length, host.innerHTML, read ?? null];
    }""")
    assert found == [None, 0, "", None]


def test_a55_a_page_may_trust_one_edition_and_runs_no_other(ours: House, site: Site, page: Page) -> None:
    response = page.request.get(f"{ours.url}/widget/loader.js")
    mark = hashlib.sha384(response.body())
    name, digest = mark.hexdigest()[:16], base64.b64encode(mark.digest()).decode()
    site.headers = {"Content-Security-Policy": f"default-src 'none'; script-src 'unsafe-inline' {ours.url}; frame-src {ours.url}"}
    pinned = f"loader-{name}.js"
    site.holds(ours.url, loader=pinned, attributes=f'integrity="sha384-{digest}" crossorigin="anonymous"')
    ready(page, site.url)
    expect(opened(page).locator("#ask")).to_be_visible()
    assert "immutable" in page.request.get(f"{ours.url}/widget/{pinned}").headers["cache-control"]
    site.holds(ours.url, loader=pinned, attributes=f'integrity="sha384-{digest[::-1]}" crossorigin="anonymous"')
    page.goto(site.url)
    page.wait_for_timeout(500)
    assert page.locator("vigil-chat").count() == 0
    assert page.request.get(f"{ours.url}/widget/loader-{'0' * 16}.js").status == 404


def test_a04_whom_the_exchange_names_is_verified_until_the_log_out(ours: House, site: Site, page: Page) -> None:
    page.expose_function("word", word)
    site.holds(ours.url)
    ready(page, site.url)
    chat = opened(page)
    chatting.asks(chat, "Still a guest, six")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    assert page.evaluate("Vigil.identify(null)") == {"verified": False, "error": ""}
    heard(chat, "Still a guest, six")
    assert page.evaluate("Vigil.identify('x.y.z')") == {"verified": False, "error": "identity_invalid"}
    heard(chat, "Still a guest, six")
    assert page.evaluate(NAME_SOMEBODY) == {"verified": True, "error": ""}
    expect(chat.locator("#ask")).to_be_visible()
    chatting.asks(chat, "Known by my account, seven")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    page.reload()
    # The page has not said yet who this is: whoever sits there is the guest from before.
    heard(opened(page), "Still a guest, six")
    assert page.evaluate(NAME_SOMEBODY) == {"verified": True, "error": ""}
    chat = chatting.chat_of(page)
    heard(chat, "Known by my account, seven")
    page.evaluate("Vigil.identify(null)")
    expect(chat.locator("#ask")).to_be_visible()
    page.reload()
    chat = opened(page)
    expect(chat.locator("#ask")).to_be_visible()
    expect(chat.locator("[data-rows] > *")).to_have_count(0)


def test_a14_the_browser_solves_what_a_flood_is_asked(ours: House, page: Page) -> None:
    page.goto(f"{ours.url}/widget/frame?site={SITE}")
    puzzle = altcha.create_challenge("PBKDF2/SHA-256", 100, data={"deed": "begin"}, hmac_secret="a secret")
    shown = page.evaluate("async (asked) => (await import('/static/widget/js/proof.js')).prove(asked)", puzzle.to_dict())
    assert altcha.verify_solution(shown, "a secret").verified


def test_a_log_out_where_nobody_opened_the_chat_forgets_as_well(ours: House, site: Site, context: BrowserContext) -> None:
    page = context.new_page()
    page.expose_function("word", word)
    site.holds(ours.url)
    ready(page, site.url)
    chatting.asks(opened(page), "For nobody after me, ten")
    expect(chatting.chat_of(page).locator(".msg.me:not([data-unsent])")).to_have_count(1)
    assert page.evaluate(NAME_SOMEBODY)["verified"]
    other = context.new_page()
    ready(other, site.url)
    assert len(other.frames) == 1
    before = other.evaluate("localStorage.getItem('vigil-visitor-exchange')")
    other.evaluate("Vigil.identify(null)")
    other.wait_for_function("before => localStorage.getItem('vigil-visitor-exchange') !== before", arg=before)
    other.wait_for_timeout(500)
    chat = opened(other)
    expect(chat.locator("#ask")).to_be_visible()
    expect(chat.locator("[data-rows] > *")).to_have_count(0)


def test_in_an_apps_web_view_the_chat_is_the_whole_screen(ours: House, site: Site, context: BrowserContext) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    site.holds(ours.url, attributes='data-button="none"', script="addEventListener('vigil:ready', () => Vigil.open())")
    page.goto(site.url)
    chat = chatting.chat_of(page)
    assert chat.frame_element().bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    with page.expect_file_chooser() as chooser:
        chat.click('.ask [data-from="files"], .ask [data-do="choose"]')
    assert chooser.value.element
    assert page.evaluate("window.Vigil ? Vigil.close() : false") is True
    assert page.evaluate("window.Vigil ? Vigil.close() : false") is False


def test_the_demo_exchange_knows_a_guest_and_a_customer_whose_talk_comes_along(ours: House, page: Page) -> None:
    ready(page, f"{ours.url}/?lang=en")
    chat = opened(page)
    chatting.asks(chat, "Said before logging in, eight")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1)
    page.evaluate("Vigil.close()")
    page.click("[data-account]")
    expect(page.locator("[data-state]:visible")).to_contain_text("You are logged in as")
    opened(page)
    expect(chat.locator('[data-strip="claim"]')).to_be_visible()
    expect(chat.locator("#ask")).to_be_visible()
    chat.click('[data-do="claim"]')
    heard(chat, "Said before logging in, eight")
    expect(chat.locator('[data-strip="claim"]')).to_be_hidden()
    page.reload()
    heard(opened(page), "Said before logging in, eight")
    page.evaluate("Vigil.close()")
    page.click("[data-leave]")
    chat = opened(page)
    expect(chat.locator("#ask")).to_be_visible()
    expect(chat.locator("[data-rows] > *")).to_have_count(0)


def test_a14_in_a_flood_a_person_still_gets_through(ours: House, site: Site, page: Page) -> None:
    newcomer = {"site": SITE, "language": "en", "zone": ""}
    # Some are let in each minute; a flood that goes on over the turn of a minute is stopped a little later.
    statuses = (page.request.post(f"{ours.url}/widget/api/session", data=newcomer).status for _ in range(130))
    assert 429 in statuses
    site.holds(ours.url)
    ready(page, site.url)
    chat = opened(page)
    chatting.asks(chat, "Through the flood, nine")
    expect(chat.locator(".msg.me:not([data-unsent])")).to_have_count(1, timeout=20000)
