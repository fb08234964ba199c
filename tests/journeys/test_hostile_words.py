"""Words and names that would like to be more than words, live at both ends: they are shown as they were written, and do nothing."""

from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Frame, Locator, Page, expect

from tests.houses import House
from tests.journeys import chatting
from tests.journeys.at_the_desk import leaves, opens, says, sit_down
from tests.journeys.host_page import NAME_SOMEBODY, Site, word

pytestmark = pytest.mark.browser
RLO = "\u202e"
NAME = "Mal<img src=x onerror=\"hurt='name'\"><b title='x'>lory"
AGENT = "Noor<svg onload=hurt=1>"
ASKED = f'<img src=x onerror="hurt=1"><svg onload="hurt=2"></svg></div><script>hurt=3</script>{{{{7*7}}}}{{% now %}}${{7*7}} {RLO}gpj.exe'
ANSWERED = f"</article><svg onload=hurt=4><img src=x onerror=hurt=5><style>*{{}}</style>${{7*7}}{{% now %}} {RLO}kcab"
SHAPED = (
    "**<img src=x onerror=hurt=6>** [a](javascript:hurt=7) [b](data:text/html,x) ![c](x onerror=hurt=8)\n"
    '- [mexc.com](https://evil.example/x "onmouseover=hurt=9")\n- [here](https://münchen.example)\n\n<svg onload=hurt=10>'
)
# Where words or names of people stand.
AT_THE_DESK = "#entries .bubble, #entries [data-slot=name], #rows .who, #rows .what, #head h1, #facts b, #facts .avatar"
AT_THE_CHAT = ".bubble, [data-slot=name], [data-slot=title], [data-slot=preview], [data-slot=initials], .said > span"
LISTENS = (
    """addEventListener("securitypolicyviolation", ({ violatedDirective }) => console.error(`violated: ${violatedDirective}`), true);"""
)


def listens(context: BrowserContext) -> list[str]:
    """Gather what a browser says of policies that were violated and of scripts that failed."""
    problems: list[str] = []

    def note(said: ConsoleMessage) -> None:
        if "violated" in said.text or "Content Security Policy" in said.text:
            problems.append(said.text)

    context.add_init_script(LISTENS)
    context.on("console", note)
    context.on("weberror", lambda error: problems.append(str(error.error)))
    return problems


def more_than_words(place: Page | Frame, selector: str) -> list[str]:
    """List the elements inside of places for words, and what a script of theirs has done."""
    found: list[str] = place.locator(selector).evaluate_all(
        "(all) => [...all.flatMap((each) => [...each.children].map((child) => child.outerHTML)), ...(window.hurt ? [String(hurt)] : [])]"
    )
    return found


def says_exactly(where: Locator, text: str) -> None:
    expect(where).to_be_visible()
    assert where.evaluate("(each) => each.textContent") == text


def kept(chat: Frame, page: Page, kind: str) -> Path:
    chat.click('[data-do="menu"]')
    with page.expect_download() as waiting:
        chat.click(f'[data-do="keep-{kind}"]')
    return waiting.value.path()


def reads_the_records(chat: Frame, page: Page, folder: Path) -> None:
    """Keep the conversation both ways, and open what was kept in a browser."""
    assert "<img src=x onerror=" in kept(chat, page, "txt").read_text(encoding="utf-8")
    record = folder / "record.html"
    record.write_bytes(kept(chat, page, "html").read_bytes())
    reader = page.context.new_page()
    reader.goto(record.as_uri())
    expect(reader.locator("body")).to_contain_text("<svg onload")
    assert reader.locator("img, svg, script, [onerror], [onload]").count() == 0
    assert reader.evaluate("window.hurt") is None


def shapes_hostile_words(noor: Page, chat: Frame) -> None:
    """Let the signs that shape words try the same: only the tags of the subset stand there, and no link leads elsewhere than it says."""
    says(noor, SHAPED)
    for place in (noor.locator("#entries"), chat.locator("[data-log]")):
        expect(place.locator("strong")).to_have_text("<img src=x onerror=hurt=6>")
        expect(place.locator(".shaped a")).to_have_count(2)
        assert place.locator(".shaped a").all_inner_texts() == ["https://evil.example/x", "here"]
        assert place.locator(".shaped .host").all_inner_texts() == ["(xn--mnchen-3ya.example)"]
        allowed = "p, br, strong, em, code, pre, ul, ol, li, blockquote, a[href^='https://'][rel*=noopener], .host"
        assert place.locator(f".shaped *:not({allowed})").count() == 0
    assert [page.evaluate("window.hurt") for page in (noor, chat)] == [None, None]


def test_a05_hostile_words_and_names_are_words_at_both_ends(
    ours: House, site: Site, browser: Browser, context: BrowserContext, tmp_path: Path
) -> None:
    with psycopg.connect(ours.database_url, autocommit=True) as connection:
        connection.execute("UPDATE team_agent SET public_name = %s, name = %s WHERE email = %s", (AGENT, AGENT, "noor@vigil.example"))
    problems = listens(context)
    noor = sit_down(browser, ours)
    problems_there = listens(noor.context)
    noor.reload()
    page = context.new_page()
    page.expose_function("word", lambda: word(name=NAME))
    site.holds(ours.url)
    page.goto(site.url)
    page.wait_for_function("Object.hasOwn(window, 'Vigil')")
    page.evaluate("Vigil.open()")
    chat = chatting.chat_of(page)
    assert page.evaluate(NAME_SOMEBODY)["verified"]
    chatting.asks(chat, "Hello, it is me")
    opens(noor, "Hello, it is me")
    chatting.writes(chat, ASKED)
    # Live: drawn by script from the stream at the desk, and from the server's own answer at the chat.
    expect(noor.locator("#entries .msg .bubble")).to_have_count(2)
    says_exactly(noor.locator("#entries .bubble").last, ASKED)
    says_exactly(noor.locator("#entries .msg [data-slot=name]").last, NAME)
    says_exactly(noor.locator("#head h1"), NAME)
    says_exactly(noor.locator("#facts b").first, NAME)
    expect(noor.locator("#rows .row .what").first).to_contain_text("<svg onload")
    expect(noor.locator("#rows .row .who").first).to_have_text(NAME)
    says(noor, ANSWERED)
    expect(chatting.theirs(chat)).to_have_count(1)
    says_exactly(chatting.theirs(chat).last, ANSWERED)
    says_exactly(chat.locator(".msg:not(.me) [data-slot=name]").last, AGENT)
    says_exactly(noor.locator("#entries .bubble").last, ANSWERED)
    says_exactly(chatting.mine(chat).last, ASKED)
    expect(noor.locator("#entries .msg.me:not([data-pending])")).to_have_count(1)
    for _ in range(2):
        assert more_than_words(noor, AT_THE_DESK) == []
        assert more_than_words(chat, AT_THE_CHAT) == []
        # Once more as the server writes it.
        noor.reload()
        expect(noor.locator("#entries .bubble")).to_have_count(3)
    chat.click('[data-do="home"]')
    expect(chat.locator("[data-rows] button")).to_have_count(1)
    assert more_than_words(chat, AT_THE_CHAT) == []
    chat.click("[data-rows] button")
    expect(chat.locator(".bubble")).to_have_count(3)
    shapes_hostile_words(noor, chat)
    reads_the_records(chat, page, tmp_path)
    assert problems == []
    assert problems_there == []
    leaves(noor)
