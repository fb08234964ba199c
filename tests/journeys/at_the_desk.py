"""An agent at the desk: signs in and works as a person does, in a browser of the agent's own."""

import re

from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page, expect

from tests import cast
from tests.houses import House

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def sit_down(browser: Browser, house: House, email: str = "noor@vigil.example", **options: object) -> Page:
    """Open a browser of one's own in which one has signed in; close it by its context. Those who sign in by hand are `Agent`s."""
    size = options.pop("viewport", {"width": 1440, "height": 900})
    context: BrowserContext = browser.new_context(locale="en-GB", viewport=size, **options)  # type: ignore[arg-type]  # handed on as given
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if "Content Security Policy" in said.text else None)
    page.problems = problems  # type: ignore[attr-defined]  # looked at when the journey ends
    _signs_in(context, house, email)
    page.goto(f"{house.url}/desk/team")
    return page


def _signs_in(context: BrowserContext, house: House, email: str) -> None:
    """Send the form without drawing it: that would be half of what many a journey computes."""
    form = context.request.get(f"{house.url}/desk/sign-in").text()
    token = _TOKEN.search(form)
    assert token, form
    filled = {"csrfmiddlewaretoken": token[1], "next": "", "email": email, "password": cast.PASSWORD}
    assert context.request.post(f"{house.url}/desk/sign-in", form=filled, max_redirects=0).status == 302


def leaves(page: Page) -> None:
    """Close the browser; nothing may have gone wrong in it."""
    problems = page.problems  # type: ignore[attr-defined]  # see sit_down
    page.context.close()
    assert problems == []


def row(page: Page, text: str) -> Locator:
    return page.locator(".row", has_text=text)


def opens(page: Page, text: str) -> None:
    """Open the conversation whose row says `text`."""
    row(page, text).click()
    expect(page.locator("#entries")).to_contain_text(text)


def says(page: Page, text: str, *, note: bool = False) -> None:
    page.locator(".tabs label").nth(1 if note else 0).click()
    page.fill("#compose textarea", text)
    sends(page)


def sends(page: Page) -> None:
    """Send what is in the field as a person does who sees that it has not gone: once more, a moment later."""
    field = page.locator("#compose textarea")
    for _ in range(20):
        page.keyboard.press("Control+Enter")
        if not page.locator('[data-slot="crossed"]').is_visible() and not field.input_value():
            return
        page.wait_for_timeout(200)
        field.focus()


def press_enter(keyboard: CDPSession, code: int = 13, *, control: bool = False) -> None:
    """Press Enter as the system does, below everything that a page could tell apart; `code` is 229 where an input method swallows it."""
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": code, "nativeVirtualKeyCode": code, "modifiers": 2 if control else 0}
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def bubbles(page: Page) -> list[str]:
    return [each.strip() for each in page.locator("#entries .bubble").all_inner_texts()]


def numbers(page: Page) -> list[int]:
    """Tell the numbers of the entries shown, in the order shown."""
    found: list[int] = page.eval_on_selector_all("#entries [data-seq]", "all => all.map(each => Number(each.dataset.seq))")
    return found
