"""Shoots pages and states in languages, colours and widths, for somebody to look at: `python -m tests.journeys.contact_sheet OUT`.

It needs a running demo (`make run`; another address with `--url`), and ImageMagick for the sheets.
"""

import argparse
import itertools
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.desk_states import agent_states, watch_states
from tests.journeys.people import OPEN_SHADOWS, Agent, Customer
from vigil.demo.logins import PASSWORD

LANGUAGES = ("en", "zh-Hans", "ru", "ko")
COLOURS = ("light", "dark")
WIDTHS = (1440, 768, 375)
HEIGHTS = {1440: 900, 768: 1024, 375: 720}
EMAIL, ABOVE = "lin.yue@vigil.example", "mei.tan@vigil.example"
WORDS = {
    "en": "I pasted it here: legal winner thank year wave sausage worth useful legal winner thank yellow. Is that enough?",
    "zh-Hans": "我的充值还没到账，已经两个小时了，TXID 在这里，请帮忙看看。",
    "ru": "Здравствуйте, депозит не пришёл уже два часа, помогите, пожалуйста.",
    "ko": "안녕하세요. 두 시간쯤 전에 입금했는데 아직 안 들어왔어요.",
}
STORIES = {
    "en": "My deposit of 250 USDT over TRC20 has not arrived, UID 48210377. ",
    "zh-Hans": "我充值的 250 USDT 还没到账，TRC20，UID 48210377。 ",
    "ru": "Депозит 250 USDT по сети TRC20 не зачислен, UID 48210377. ",
    "ko": "TRC20으로 입금한 250 USDT가 아직 안 들어왔어요. UID 48210377 ",
}
OFFLINE = "() => { window.fetch = () => Promise.reject(new TypeError('gone')); dispatchEvent(new Event('offline')); }"


class Camera:
    """Shoots one page after another into one folder."""

    def __init__(self, out: Path, name: str) -> None:
        self.out, self.name = out, name

    def shoot(self, page: Page, state: str) -> None:
        """Keep what the page shows now."""
        page.screenshot(path=self.out / f"{state}--{self.name}.png", animations="disabled")


def widget(context: BrowserContext, url: str, language: str, camera: Camera) -> None:
    """Shoot the chat: its first screen, its menus and sheets, a conversation that waits, one without a line, one that is over."""
    page = context.new_page()
    customer = Customer.on_a_page_of_its_own(page, url, language)
    camera.shoot(page, "widget-1-home")
    page.locator('[data-do="languages"]').click()
    page.locator('[data-sheet="languages"]').wait_for()
    camera.shoot(page, "widget-2-languages")
    page.keyboard.press("Escape")
    customer.field.press_sequentially(STORIES[language])
    customer.frame.locator("[data-chips]").wait_for()
    camera.shoot(page, "widget-21-chips")
    customer.sends(WORDS[language])
    page.wait_for_function("() => document.querySelector('[data-strip=queue] [data-slot=until]').textContent")
    camera.shoot(page, "widget-3-talk")
    customer.opens_the_menu()
    camera.shoot(page, "widget-4-menu")
    page.keyboard.press("Escape")
    page.evaluate(OFFLINE)
    customer.sends(WORDS["zh-Hans"])
    page.locator('[data-strip="offline"]:visible').wait_for()
    camera.shoot(page, "widget-5-offline")
    page.reload()
    page.locator(".msg.me").first.wait_for()
    _later_states(page, customer, camera)
    page.close()


def _later_states(page: Page, customer: Customer, camera: Camera) -> None:
    pick = page.locator('.composer [data-pick="files"]')
    pick.set_input_files({"name": "statement.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"})
    page.locator(".composer [role=alert]").wait_for()
    pick.set_input_files({"name": "screenshot.png", "mimeType": "image/png", "buffer": page.screenshot()})
    page.locator(".composer .go:enabled").wait_for()
    camera.shoot(page, "widget-6-files")
    page.locator(".composer .go").click()
    page.wait_for_function("() => document.querySelector('.msg.me:not([data-unsent]) img')?.naturalWidth")
    if camera.name.endswith("-375"):
        _address(page, camera)
    customer.opens_the_menu()
    page.locator('[data-do="end"]').click()
    page.locator('[data-score="4"]').click()
    page.locator("[data-more] textarea").wait_for()
    camera.shoot(page, "widget-9-rated")
    page.locator('[data-do="home"]:visible').first.click()
    page.locator("[data-rows] .link-row").wait_for()
    camera.shoot(page, "widget-91-earlier")


def _address(page: Page, camera: Camera) -> None:
    """Shoot the sheet that asks for an address; on the telephone alone, for the server counts how many come from one place."""
    page.locator('[data-strip="queue"] button').click()
    page.keyboard.type("nowhere")
    page.keyboard.press("Enter")
    page.locator("#email-says:visible").wait_for()
    camera.shoot(page, "widget-7-address")
    page.fill("#email", "somebody@example.org")
    page.keyboard.press("Enter")
    page.locator('[data-sheet="address"]').wait_for(state="hidden")
    camera.shoot(page, "widget-8-known")


def desk(context: BrowserContext, url: str, language: str, camera: Camera, cookies: list[Any]) -> None:
    """Shoot the desk: coming in, the list, a thread with its menus, a thread without a line, an empty list."""
    page = context.new_page()
    page.goto(f"{url}/desk/sign-in?lang={language}")
    camera.shoot(page, "desk-1-sign-in")
    page.fill("#email", "nobody@vigil.example")
    page.fill("#password", "wrong")
    page.locator("main form button[data-primary]").click()
    page.locator("#says").wait_for()
    camera.shoot(page, "desk-2-refused")
    context.add_cookies(cookies)
    page.goto(url + "/desk/team")
    Agent(page, url).speaks(language)
    camera.shoot(page, "desk-3-list")
    page.locator("#rows .row[data-id]").nth(1).click()
    page.locator("#entries .msg").first.wait_for()
    camera.shoot(page, "desk-4-thread")
    page.locator("#more").click()
    page.locator("#head .panel .fold:visible").first.wait_for()
    camera.shoot(page, "desk-5-menu")
    page.keyboard.press("Escape")
    page.locator("#compose [data-open-macros]").click()
    page.locator("#macros [data-text]").first.wait_for()
    camera.shoot(page, "desk-6-macros")
    page.locator("#compose [data-open-macros]").click()
    page.locator('#compose input[value="note"]').check(force=True)
    camera.shoot(page, "desk-7-note")
    page.evaluate(OFFLINE)
    page.locator("#connection:visible").wait_for()
    camera.shoot(page, "desk-8-offline")
    page.goto(url + "/desk/done")
    camera.shoot(page, "desk-9-done")
    page.close()


def others(context: BrowserContext, url: str, language: str, camera: Camera) -> None:
    """Shoot the pages around them."""
    page = context.new_page()
    for state, path in (("other-1-front", "/"), ("other-2-not-found", "/nothing-here"), ("other-3-reset", "/desk/reset")):
        page.goto(f"{url}{path}?lang={language}")
        camera.shoot(page, state)
    page.goto(f"{url}/?lang={language}")
    page.locator("vigil-chat .go").click()
    frame = page.locator("vigil-chat iframe").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_selector(".window[data-screen]")
    camera.shoot(page, "other-4-front-chat")
    page.evaluate("Vigil.close()")
    Customer.logs_in_after(page, url, language, WORDS[language])
    camera.shoot(page, "other-5-claim")
    page.close()


def _cookies_of(browser: Browser, url: str, email: str) -> list[Any]:
    first = browser.new_context()
    Agent.signs_in(first.new_page(), url, email, PASSWORD)
    cookies: list[Any] = first.cookies()
    first.close()
    return cookies


def shoot_all(browser: Browser, url: str, out: Path, only: str | None = None, languages: Sequence[str] = LANGUAGES) -> None:
    """Shoot everything, each combination with a browser of its own; signs in once, for the door counts who knocks."""
    hers, above = (_cookies_of(browser, url, email) for email in (EMAIL, ABOVE))
    for language, colour, width in itertools.product(languages, COLOURS, WIDTHS):
        is_phone = width < 700
        context = browser.new_context(
            locale=language,
            color_scheme=colour,  # type: ignore[arg-type]  # One of the two words that it takes.
            viewport={"width": width, "height": HEIGHTS[width]},
            has_touch=is_phone,
            is_mobile=is_phone,
            timezone_id="Asia/Shanghai",
        )
        context.add_init_script(OPEN_SHADOWS)
        context.set_default_timeout(6000)
        camera = Camera(out, f"{language}-{colour}-{width}")
        parts: dict[str, Callable[..., None]] = {"widget": widget, "others": others, "desk": partial(desk, cookies=hers)}
        parts |= {"states": partial(agent_states, cookies=hers), "watch": partial(watch_states, cookies=above)}
        for part in [parts[only]] if only else parts.values():
            try:
                part(context, url, language, camera)
            except Exception as error:  # noqa: BLE001 - one page that fails must not end the tour; its name is printed.
                print(f"{camera.name}: {str(error).splitlines()[0]}")  # noqa: T201 - the tour says where it failed
        context.close()


def _groups(out: Path) -> Iterator[tuple[str, list[Path]]]:
    shots = sorted(out.glob("*--*.png"))
    for (state, width), group in itertools.groupby(
        sorted(shots, key=lambda path: (path.name.split("--")[0], int(path.stem.rsplit("-", 1)[1]), path.name)),
        key=lambda path: (path.name.split("--")[0], path.stem.rsplit("-", 1)[1]),
    ):
        yield f"{state}-{width}", list(group)


def glue(out: Path) -> None:
    """Put all pictures of one state and width on one sheet."""
    if shutil.which("montage") is None:
        return
    sheets = out / "sheets"
    sheets.mkdir(exist_ok=True)
    for name, group in _groups(out):
        paths = [str(path) for path in group]
        subprocess.run(["montage", *paths, "-tile", "4x", "-geometry", "+6+6", "-background", "#888", sheets / f"{name}.png"], check=True)


def main() -> None:
    """Read the arguments and go round."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("out", type=Path)
    reader.add_argument("--url", default="http://127.0.0.1:8000")
    reader.add_argument("--only", choices=["widget", "desk", "states", "watch", "others"], help="one part of the tour")
    reader.add_argument("--language", choices=LANGUAGES, help="one language of the tour")
    given = reader.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        shoot_all(browser, given.url, given.out, given.only, [given.language] if given.language else LANGUAGES)
        browser.close()
    glue(given.out)


if __name__ == "__main__":
    main()
