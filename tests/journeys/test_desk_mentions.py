"""A colleague is named in a note, by keyboard alone, and comes."""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fakes import push
from tests.houses import House
from tests.journeys.at_the_desk import leaves, opens, press_enter, sit_down
from tests.journeys.chatting import asks, open_chat, theirs

pytestmark = pytest.mark.browser


# The parts of the desk that an element lies over.
UNDERNEATH = """(news) => {
  const over = news.getBoundingClientRect();
  const meets = ({ left, right, top, bottom }) => left < over.right && right > over.left && top < over.bottom && bottom > over.top;
  return ["#head", "#compose", "#list", ".nav", ".avail"].filter((each) => {
    const part = document.querySelector(each);
    return part && meets(part.getBoundingClientRect());
  });
}"""


def test_whoever_is_named_in_a_note_hears_of_it_at_once_and_finds_the_way(house: House, browser: Browser, page: Page) -> None:
    noor, sol = sit_down(browser, house), sit_down(browser, house, "sol@vigil.example")
    chat = open_chat(page, f"{house.url}/?lang=en")
    asks(chat, "Who knows about my mentioned bridge?")
    opens(noor, "Who knows about my mentioned bridge?")
    field, people = noor.locator("#compose textarea"), noor.locator("#people")
    # In a reply the sign is a letter like any other.
    field.press_sequentially("@so")
    expect(people).to_be_hidden()
    field.fill("")
    field.press("Escape")
    noor.keyboard.press("n")
    noor.keyboard.type("Look, @")
    expect(people.locator("[data-text]").first).to_be_visible()
    noor.keyboard.type("sol")
    option = people.locator("[data-text]:visible")
    expect(option).to_have_count(1)
    expect(field).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    # A key that belongs to a word of an input method chooses nothing.
    press_enter(noor.context.new_cdp_session(noor), 229)
    expect(option).to_be_visible()
    noor.keyboard.press("Enter")
    expect(field).to_have_value("Look, @Sol Reyes ")
    expect(people).to_be_hidden()
    expect(sol.locator('#mentions [data-slot="count"]')).to_be_hidden()
    noor.keyboard.type("please.")
    noor.keyboard.press("Control+Enter")
    expect(sol.locator("#toasts")).to_contain_text("Noor Haddad named you in a note.")
    assert sol.locator("#toasts p").evaluate(UNDERNEATH) == [], "news lies over nothing that is clicked"
    expect(sol.locator('#mentions [data-slot="count"]')).to_have_text("1")
    sol.keyboard.press("m")
    mention = sol.locator("#mentions .panel a").first
    expect(mention).to_be_focused()
    expect(mention).to_contain_text("Look, @Sol Reyes please.")
    sol.keyboard.press("Enter")
    expect(sol.locator("#entries .msg.note").last).to_contain_text("Look, @Sol Reyes please.")
    for desk, is_you in ((sol, True), (noor, False)):
        expect(desk.locator("#entries .msg.note").last.locator(".named" + ("[data-you]" if is_you else ":not([data-you])"))).to_have_text(
            "@Sol Reyes"
        )
    expect(sol.locator("#mentions")).not_to_have_attribute("open", "")
    expect(sol.locator('#mentions [data-slot="count"]')).to_be_hidden()
    assert not any("Sol Reyes" in each for each in theirs(chat).all_inner_texts())
    leaves(noor)
    leaves(sol)


# Nobody's push service is called from here: what a real one would hand out is said by the page.
_SUBSCRIBED = """
  const said = { endpoint: 'https://fcm.googleapis.com/fcm/send/noor', keys: { p256dh: '%s', auth: '%s' } };
  const made = { toJSON: () => said, unsubscribe: async () => true };
  PushManager.prototype.subscribe = async ({ userVisibleOnly }) => userVisibleOnly && made;
  PushManager.prototype.getSubscription = async () => made;
"""
_SHOWN = "() => navigator.serviceWorker.ready.then((worker) => worker.getNotifications()).then((all) => all.map(({ body }) => body))"


def test_an_agent_has_this_browser_tell_of_mentions_while_no_desk_is_in_sight(house: House, browser: Browser) -> None:
    noor, keys = sit_down(browser, house), push.Browser()
    noor.context.grant_permissions(["notifications"])
    noor.add_init_script(_SUBSCRIBED % (keys.key, keys.auth))
    noor.goto(f"{house.url}/desk/account")
    devtools = noor.context.new_cdp_session(noor)
    workers: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated", lambda said: workers.extend(each["registrationId"] for each in said["registrations"])
    )
    devtools.send("ServiceWorker.enable")
    card = noor.locator("[data-behaviour=nudges]")
    card.get_by_role("button", name="Turn on").click()
    expect(card.get_by_role("status")).to_have_text("Notifications are on.")
    expect(card.get_by_role("button", name="Turn off")).to_be_focused()
    said = {"title": "MEXC", "body": "A colleague mentioned you in a note.", "lang": "en", "url": "/desk/mine", "tag": "mentioned:x"}
    deliver = {"origin": house.url, "registrationId": workers[-1], "data": json.dumps(said)}
    devtools.send("ServiceWorker.deliverPushMessage", deliver)
    # Looked at, the desk itself says it.
    assert noor.evaluate(_SHOWN) == []
    other = noor.context.new_page()
    other.goto("about:blank")
    other.bring_to_front()
    noor.goto("about:blank")
    devtools.send("ServiceWorker.deliverPushMessage", deliver)
    noor.goto(f"{house.url}/desk/account")
    noor.wait_for_function(f"({_SHOWN})().then((all) => all.length === 1)")
    card.get_by_role("button", name="Turn off").click()
    expect(card.get_by_role("status")).to_have_text("Notifications are off.")
    noor.reload()
    expect(card.get_by_role("button", name="Turn on")).to_be_visible()
    leaves(noor)
