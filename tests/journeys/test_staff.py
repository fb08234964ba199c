"""Staff at the door of a house that asks for two factors: passkeys from an authenticator that Chromium plays, codes computed here."""

import base64
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import cast
from tests.houses import House
from tests.journeys.reading import Judged, barred
from vigil.kernel import clock
from vigil.team.rules import code_at

pytestmark = pytest.mark.browser
# A folder for pictures, for somebody to look at; none are taken otherwise.
PICTURES = os.environ.get("VIGIL_PICTURES", "")
# The longest words by night: no language changes a colour, and the dark changes nothing else.
LOOKS: list[tuple[str, str, Judged]] = [("en", "light", "all"), ("ru", "dark", "contrast")]


@pytest.fixture
def guarded(make_house: Callable[..., House]) -> House:
    """A house with a name, as passkeys want it."""
    one = make_house(VIGIL_SECOND_FACTOR="yes")
    one.settings["VIGIL_BASE_URL"] = f"http://localhost:{one.port}"
    one.start()
    return one


@pytest.fixture
def hers(browser: Browser) -> Iterator[BrowserContext]:
    one = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    yield one
    one.close()


class Staff:
    """Somebody at the door, with whatever an authenticator is for them."""

    def __init__(self, context: BrowserContext, house: House, email: str = "noor@vigil.example") -> None:
        self.page, self.url, self.email = context.new_page(), f"http://localhost:{house.port}", email
        self.page.set_default_timeout(15_000)

    def plugs_in_a_key(self) -> None:
        session = self.page.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def types_the_password(self) -> None:
        self.page.goto(f"{self.url}/desk/sign-in")
        self.page.fill("#email", self.email)
        self.page.fill("#password", cast.PASSWORD)
        self.page.press("#password", "Enter")
        self.page.wait_for_url(lambda url: "sign-in" not in url)

    def signs_out(self) -> None:
        self.page.goto(f"{self.url}/desk/team")
        self.page.locator(".nav > details.menu > summary").click()
        self.page.locator('.nav form[action="/desk/sign-out"] button').click()
        # The stream hears of it too, and its page looks where it stands.
        self.page.wait_for_url("**/desk/sign-in**")

    def is_at_the_desk(self) -> None:
        self.page.wait_for_url("**/desk/team")
        expect(self.page.locator("#list")).to_be_visible()

    def sets_up_an_app(self) -> bytes:
        self.page.goto(f"{self.url}/desk/account/factors/app")
        secret = base64.b32decode(self.page.locator("code.typed").inner_text().replace(" ", "").upper())
        # The one that has just passed is still taken, and the present one stays for signing in.
        self.types_the_code(code_at(secret, step() - 1))
        return secret

    def types_the_code(self, code: str, field: str = "#code") -> None:
        self.page.fill(field, code)
        self.page.press(field, "Enter")

    def recovery_codes(self) -> list[str]:
        expect(self.page.locator("#codes li")).to_have_count(10)
        return self.page.locator("#codes code").all_inner_texts()


def step() -> int:
    """Tell the half minute; waits where it is about to end."""
    if clock.now().timestamp() % 30 > 25:
        time.sleep(5.5)
    return int(clock.now().timestamp()) // 30


def looks_well(page: Page, name: str, judged: Judged = "all") -> None:
    """Hold the page to axe, and to its own width on a phone."""
    assert barred(page, judged) == [], name
    wide = page.viewport_size
    for width in (1440, 768, 375):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True, animations="disabled")
    if wide:
        page.set_viewport_size(wide)


def test_a58_a_new_colleague_sets_up_a_passkey_before_anything_else_and_comes_in_by_it(guarded: House, hers: BrowserContext) -> None:
    noor = Staff(hers, guarded)
    noor.plugs_in_a_key()
    noor.types_the_password()
    for page in ("team", "mine", "account/factors"):
        noor.page.goto(f"{noor.url}/desk/{page}")
        expect(noor.page.locator("h1")).to_have_text("Set up your second factor")
    looks_well(noor.page, "staff-1-must-set-up")
    noor.page.fill("#name", "Key on my ring")
    noor.page.get_by_role("button", name="Add a passkey").click()
    assert len(set(noor.recovery_codes())) == 10
    looks_well(noor.page, "staff-2-codes")
    noor.page.get_by_role("link", name="I have kept them").click()
    expect(noor.page.locator(".things")).to_contain_text("Key on my ring")
    looks_well(noor.page, "staff-3-factors")
    noor.signs_out()
    noor.types_the_password()
    expect(noor.page.locator("h1")).to_have_text("Second step")
    looks_well(noor.page, "staff-4-second-step")
    noor.page.get_by_role("button", name="Use your passkey").press("Enter")
    noor.is_at_the_desk()
    noor.signs_out()
    looks_well(noor.page, "staff-41-sign-in")
    # The key knows whose it is, and has asked for her finger: that is both factors, and nothing is typed.
    noor.page.get_by_role("button", name="Sign in with a passkey").press("Enter")
    noor.is_at_the_desk()


def test_a58_an_app_and_codes_on_paper_open_the_desk_once_each(guarded: House, hers: BrowserContext) -> None:
    noor = Staff(hers, guarded)
    noor.types_the_password()
    noor.page.goto(f"{noor.url}/desk/account/factors/app")
    looks_well(noor.page, "staff-5-app")
    secret = noor.sets_up_an_app()
    codes = noor.recovery_codes()
    noor.signs_out()
    noor.types_the_password()
    code = code_at(secret, step())
    noor.types_the_code("000000")
    expect(noor.page.locator("#says")).to_be_visible()
    noor.types_the_code(code)
    noor.is_at_the_desk()
    noor.signs_out()
    noor.types_the_password()
    noor.types_the_code(code)
    expect(noor.page.locator("#says")).to_contain_text("was used already")
    noor.page.locator("summary").click()
    noor.types_the_code(codes[3], "#recovery")
    noor.is_at_the_desk()


@pytest.mark.parametrize(("language", "colours", "judged"), LOOKS)
def test_the_pages_of_ones_own_account_are_used_by_keyboard_and_look_well(
    house: House, hers: BrowserContext, language: str, colours: str, judged: Judged
) -> None:
    noor = Staff(hers, house)
    noor.url = house.url
    noor.types_the_password()
    noor.is_at_the_desk()
    noor.page.locator(".nav > details.menu > summary").press("Enter")
    with noor.page.expect_navigation():
        noor.page.locator('.nav select[name="availability"]').select_option("busy")
    noor.page.locator(".nav > details.menu > summary").press("Enter")
    expect(noor.page.locator('.nav select[name="availability"]')).to_have_value("busy")
    looks_well(noor.page, f"staff-0-menu-{language}-{colours}", judged)
    noor.page.goto(f"{noor.url}/desk/account")
    noor.page.select_option("#ui_language", language)
    noor.page.select_option("#theme", colours)
    noor.page.locator("#public_name").focus()
    noor.page.keyboard.press("Enter")
    expect(noor.page.locator("html")).to_have_attribute("lang", language)
    expect(noor.page.locator("html")).to_have_attribute("data-theme", colours)
    looks_well(noor.page, f"staff-6-profile-{language}-{colours}", judged)
    for place, name in (("sessions", "staff-7-sessions"), ("factors", "staff-8-factors"), ("keys", "staff-9-keys")):
        noor.page.locator(f'nav a[href="/desk/account/{place}"]').press("Enter")
        noor.page.wait_for_url(f"**/account/{place}")
        looks_well(noor.page, f"{name}-{language}-{colours}", judged)
    noor.page.goto(f"{noor.url}/desk/account/factors/app")
    looks_well(noor.page, f"staff-5-app-{language}-{colours}", judged)
    noor.page.goto(f"{noor.url}/desk/account")
    noor.page.select_option("#ui_language", "en")
    noor.page.locator("form.sheet .button[data-primary]").press("Enter")
    expect(noor.page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(("language", "colours", "judged"), LOOKS)
def test_a_supervisor_finds_the_own_people_and_helps_one_of_them(
    house: House, hers: BrowserContext, language: str, colours: str, judged: Judged
) -> None:
    sol = Staff(hers, house, "sol@vigil.example")
    sol.url = house.url
    sol.types_the_password()
    sol.is_at_the_desk()
    sol.page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]  # one of the two words that it takes
    sol.page.goto(f"{sol.url}/desk/account")
    sol.page.select_option("#ui_language", language)
    sol.page.locator("form.sheet .button[data-primary]").press("Enter")
    expect(sol.page.locator("html")).to_have_attribute("lang", language)
    sol.page.locator('nav a[href="/desk/people"]').press("Enter")
    sol.page.wait_for_url("**/desk/people")
    expect(sol.page.locator(".things")).to_contain_text("Noor Haddad")
    expect(sol.page.locator(".things")).not_to_contain_text("Olek")
    looks_well(sol.page, f"staff-9-people-{language}-{colours}", judged)
    sol.page.get_by_role("link", name="Noor Haddad").press("Enter")
    expect(sol.page.locator("h1")).to_have_text("Noor Haddad")
    looks_well(sol.page, f"staff-91-person-{language}-{colours}", judged)
    sol.page.goto(f"{sol.url}/desk/account")
    sol.page.select_option("#ui_language", "en")
    sol.page.locator("form.sheet .button[data-primary]").press("Enter")
    expect(sol.page.locator("html")).to_have_attribute("lang", "en")


def test_an_administrator_invites_changes_and_removes(guarded: House, hers: BrowserContext) -> None:
    words = ["agents", "hire", "boss@vigil.example", "Ama Boss", "--role", "admin", "--language", "en"]
    told = guarded.type_in(*words)
    link = re.search(r"http\S+", told.stdout)
    assert link
    boss = Staff(hers, guarded, "boss@vigil.example")
    boss.plugs_in_a_key()
    boss.page.goto(link[0])
    boss.types_the_code(cast.PASSWORD, "#password")
    boss.page.get_by_role("link", name="Sign in").click()
    boss.types_the_password()
    boss.page.get_by_role("button", name="Add a passkey").click()
    boss.recovery_codes()
    boss.page.goto(f"{boss.url}/desk/people")
    boss.page.get_by_role("link", name="Invite somebody").click()
    looks_well(boss.page, "staff-92-invitation")
    for field, value in {"#email": "yuki@vigil.example", "#name": "Yuki Tan", "#public_name": "Yuki"}.items():
        boss.page.fill(field, value)
    boss.page.get_by_label("Near").check()
    boss.page.get_by_label("日本語").check()
    boss.page.get_by_role("button", name="Send the invitation").press("Enter")
    expect(boss.page.locator("h1")).to_have_text("Yuki Tan")
    boss.page.select_option("#role", "supervisor")
    boss.page.get_by_role("button", name="Save").press("Enter")
    expect(boss.page.locator(".kv")).to_contain_text("Supervisor")
    looks_well(boss.page, "staff-93-managed")
    boss.page.locator(".asks > summary").press("Enter")
    boss.page.get_by_role("button", name="Yes, remove").press("Enter")
    boss.page.wait_for_url("**/desk/people")
    expect(boss.page.locator(".things li", has_text="Yuki Tan")).to_contain_text("no access")
