"""Two people in two browsers: what a customer does at the chat and an agent at the desk, found by what the pages are made of."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Frame, Locator, Page, expect

SITE = "site_demo"
PASSWORD = "correct horse battery staple"  # the cast's; named here again, for the contact sheet has no Django and no cast
# The chat hides in a closed shadow root from the page around it; a test may look inside.
OPEN_SHADOWS = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (given) { return attach.call(this, { ...given, mode: "open" }); };
"""
# When the input method last finished a word; the Enter right behind that end belongs to the word.
NOTE_COMPOSITIONS = 'addEventListener("compositionend", ({ timeStamp }) => { window.composedAt = timeStamp; }, true);'
BUBBLES = """(log) => [...log.querySelectorAll(".msg:not(.note) .bubble")].map((each) => each.textContent)"""


def new_person(browser: Browser, *, locale: str, zone: str, **more: Any) -> BrowserContext:
    """Give a person a browser of their own."""
    context = browser.new_context(
        **{"locale": locale, "timezone_id": zone, "viewport": {"width": 1440, "height": 900}, "accept_downloads": True, **more}
    )
    context.add_init_script(OPEN_SHADOWS + NOTE_COMPOSITIONS)
    context.set_default_timeout(15_000)
    return context


@dataclass
class Customer:
    """Somebody at the chat: `page` is what their browser shows, `frame` the chat's own document."""

    page: Page
    frame: Frame

    @classmethod
    def opens_the_chat(cls, page: Page, url: str) -> "Customer":
        """Visit the exchange's page and touch the button in its corner."""
        page.goto(url + "/")
        page.locator("vigil-chat .go").click()
        frame = page.locator("vigil-chat iframe").element_handle().content_frame()
        assert frame is not None
        frame.wait_for_url("**/widget/frame?**")
        frame.wait_for_selector(".window[data-screen]")
        return cls(page, frame)

    @classmethod
    def on_a_page_of_its_own(cls, page: Page, url: str, language: str) -> "Customer":
        """Open the chat's own document."""
        page.goto(f"{url}/widget/frame?site={SITE}&lang={language}")
        return cls(page, page.main_frame)

    @classmethod
    def logs_in_after(cls, page: Page, url: str, language: str, text: str) -> "Customer":
        """Say something as a new guest on the exchange's page, and log in there; the chat asks whether it shall come along."""
        page.goto(f"{url}/?lang={language}")
        page.evaluate("localStorage.clear()")
        page.reload()
        page.locator("vigil-chat .go").click()
        frame = page.locator("vigil-chat iframe").element_handle().content_frame()
        assert frame is not None
        frame.wait_for_selector(".window[data-screen]")
        customer = cls(page, frame)
        customer.sends(text)
        customer.log.locator(".msg.me").last.wait_for()
        expect(customer.log.locator("[data-unsent]")).to_have_count(0)
        page.evaluate("Vigil.close()")
        page.locator("[data-account]").first.click()
        page.locator("[data-leave]").wait_for()
        page.evaluate("Vigil.open()")
        frame.locator('[data-strip="claim"]').wait_for()
        return customer

    @property
    def field(self) -> Locator:
        """Find the field that takes words on the screen that is shown."""
        return self.frame.locator("#ask:visible, .composer textarea:visible")

    @property
    def log(self) -> Locator:
        """Find what was said."""
        return self.frame.locator("[data-log]")

    def words(self) -> list[str]:
        """Read every bubble, from the first."""
        read: list[str] = self.log.evaluate(BUBBLES)
        return read

    def mark_of(self, text: str) -> Locator:
        """Find what is said below one's own words: sent, delivered, read."""
        return self.frame.locator(".msg.me", has_text=text).locator('[data-slot="state"]')

    def said(self, *path: str) -> str:
        """Tell a sentence of the chat in the language that it speaks now."""
        words = self.frame.evaluate("() => JSON.parse(document.getElementById('words').textContent)")
        for step in path:
            words = words[step]
        return str(words)

    def writes(self, text: str) -> None:
        """Write without an input method, and send with Enter."""
        self.field.fill(text)
        self.field.press("Enter")

    def sends(self, text: str) -> None:
        """Write and touch the button, as on a phone, where Enter is a new line."""
        self.field.fill(text)
        self.frame.locator("form:visible:has(textarea) button:not([type])").last.click()

    def composes(self, raw: str, text: str) -> None:
        """Write with an input method: the Enter in the middle belongs to the word, only the last one sends."""
        self.field.focus()
        keyboard = self.page.context.new_cdp_session(self.page)
        keyboard.send("Input.imeSetComposition", {"text": raw, "selectionStart": len(raw), "selectionEnd": len(raw)})
        expect(self.field).to_have_value(raw)
        enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "nativeVirtualKeyCode": 13}
        keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
        expect(self.field).to_have_value(raw)
        keyboard.send("Input.insertText", {"text": text})
        keyboard.detach()
        expect(self.field).to_have_value(text)
        self.frame.wait_for_function("() => performance.now() - window.composedAt > 60")
        self.field.press("Enter")

    def opens_the_menu(self) -> None:
        """Open the menu of the conversation."""
        self.frame.locator('[data-do="menu"]').click()
        self.frame.locator('[data-sheet="menu"]').wait_for()

    def downloads(self, kind: str) -> str:
        """Download the conversation as `html` or `txt`, and read it."""
        self.opens_the_menu()
        with self.page.expect_download() as waiting:
            self.frame.locator(f'[data-do="keep-{kind}"]').click()
        return waiting.value.path().read_text(encoding="utf-8")


@dataclass
class Agent:
    """Somebody at the desk."""

    page: Page
    url: str

    @classmethod
    def signs_in(cls, page: Page, url: str, email: str = "noor@vigil.example", password: str = PASSWORD) -> "Agent":
        """Come to the desk; without a password as one of the cast."""
        page.goto(url + "/desk/")
        page.fill("#email", email)
        page.fill("#password", password)
        page.locator("main form button[data-primary]").click()
        page.wait_for_url("**/desk/team")
        return cls(page, url)

    def speaks(self, code: str) -> None:
        """Choose the language of the desk in the own menu."""
        self.page.locator(".nav > details.menu > summary").click()
        with self.page.expect_navigation():
            self.page.locator('.nav select[name="language"]').select_option(code)
        expect(self.page.locator("html")).to_have_attribute("lang", code)

    @property
    def log(self) -> Locator:
        """Find what was said."""
        return self.page.locator("#entries")

    @property
    def field(self) -> Locator:
        """Find the field that takes the answer."""
        return self.page.locator("#compose textarea")

    def row(self, text: str) -> Locator:
        """Find the conversation whose last words these are."""
        return self.page.locator("#rows .row", has_text=text)

    def opens(self, text: str, *, by_touch: bool = False) -> None:
        """Open the newest conversation whose last words these are; until it has come, the one before it is still there and takes words."""
        row = self.row(text).last
        name = row.get_attribute("data-id")
        row.tap() if by_touch else row.click()
        self.page.locator(f'#thread[data-conversation="{name}"]').wait_for()

    def words(self) -> list[str]:
        """Read every bubble but notes, from the first."""
        read: list[str] = self.log.evaluate(BUBBLES)
        return read

    def mark_of(self, text: str) -> Locator:
        """Find what is said beside an answer: sent, delivered, read."""
        return self.page.locator(".msg.me", has_text=text).locator('[data-slot="mark"]')

    def said(self, name: str) -> str:
        """Tell a sentence of the desk in the language that it speaks now."""
        return str(self.page.evaluate("(name) => JSON.parse(document.getElementById('words').textContent)[name]", name))

    def answers(self, text: str) -> None:
        """Write an answer and send it with Ctrl+Enter."""
        self.field.fill(text)
        self.field.press("Control+Enter")

    def notes(self, text: str) -> None:
        """Write a note for the team, and turn back to answers."""
        self.page.locator('#compose input[value="note"]').check(force=True)
        self.answers(text)
        self.page.locator('#compose input[value="reply"]').check(force=True)

    def resolves(self) -> None:
        """Resolve the conversation that is open."""
        turn = self.page.locator("#turn")
        if turn.evaluate("each => each.localName") == "summary":
            turn.click()
        self._says_what_it_was_about()

    def resolves_from_the_menu(self) -> None:
        """Resolve it on a phone, where the button is in the menu."""
        self.page.locator("#more").click()
        self._says_what_it_was_about()

    def _says_what_it_was_about(self) -> None:
        form = self.page.locator('#head form:has(input[value="resolved"]):visible')
        form.wait_for()
        if form.locator("select").count():
            form.locator("select").select_option("fees")
        form.locator("button").click()
