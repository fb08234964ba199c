"""The chat on a customer's phone: what it weighs, and how soon it can be used on a slow one.

A slow phone is a processor four times slower than this machine's and a network of 1.6 Mbit/s down, 0.75 up and 150 ms there and
back, as Lighthouse's "slow 4G" has it; an empty cache. The host page is the demo's own, so that the page's weight counts as well.
"""

import re
import time
import urllib.request
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Frame, Page

from bench.figures import Figure, at_most, note
from bench.place import Place
from tools.chromium import chromium

_WIDTH, _HEIGHT = 390, 844
_SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
_SLOWER = 4
_KIB = 1024
# Runs in every frame before anything else: what moves, how long an answer to a hand takes, and when the button is there.
_WATCH = """
window.seen = {shift: 0, taps: {}, button: null};
new PerformanceObserver((list) => { for (const each of list.getEntries()) if (!each.hadRecentInput) seen.shift += each.value; })
  .observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => {
  for (const {interactionId: tap, duration} of list.getEntries()) if (tap) seen.taps[tap] = Math.max(seen.taps[tap] ?? 0, duration);
}).observe({type: "event", durationThreshold: 16, buffered: true});
if (window === top) {
  const look = () => (document.querySelector("vigil-chat") ? (seen.button = performance.now()) : requestAnimationFrame(look));
  look();
}
"""


def measure(place: Place, *, full: bool) -> list[Figure]:
    """Weigh the chat, and use it as a stranger on a slow phone does."""
    with place.serving(place.world("10k")) as serving, chromium(as_people_have_it=True) as browser:
        address = f"http://127.0.0.1:{serving.port}"
        visits = [_visit(browser, address) for _ in range(9 if full else 5)]
        return _weights(address) + _speed(visits)


def _weights(address: str) -> list[Figure]:
    page = _fetch(f"{address}/")
    loader = _source(page, r'<script src="([^"]*/widget/loader[^"]*)"')
    site = _source(page, r'data-site="([^"]+)"')
    frame = _fetch(f"{address}/widget/frame?site={site}&lang=zh-Hans")
    parts = [
        _source(frame, r'<script[^>]* src="([^"]*/widget/frame[^"]*)"'),
        _source(frame, r'<link rel="stylesheet" href="([^"]*/widget/frame[^"]*)"'),
    ]
    weights = [_sent(each) for each in (f"{address}/widget/frame?site={site}&lang=zh-Hans", *(address + part for part in parts))]
    names = " · ".join(f"{name} {weight / _KIB:.1f}" for name, weight in zip(("document", "script", "style"), weights, strict=True))
    return [
        at_most("loader, compressed", _sent(address + loader) / _KIB, 3, "KiB", digits=2),
        at_most("everything of the chat's frame, compressed", sum(weights) / _KIB, 25, "KiB"),
        note("  of it, in KiB", names),
    ]


def _speed(visits: list[dict[str, Any]]) -> list[Figure]:
    taps = sorted(tap for visit in visits for tap in visit["taps"])
    return [
        at_most("slow phone: the button is there after", median(visit["button"] for visit in visits) / 1000, 1, "s", digits=2),
        at_most("slow phone: one can type after, from the press", median(visit["ready"] for visit in visits) / 1000, 2.5, "s", digits=2),
        at_most(f"slow phone: answer to a touch or key, p75 of {len(taps)}", taps[len(taps) * 3 // 4] if taps else 0, 100, "ms", digits=0),
        at_most("slow phone: what moves by itself (CLS)", max(visit["shift"] for visit in visits), 0.02, "", digits=3),
        note("slow phone: her first message is with us after, from sending", f"{median(visit['sent'] for visit in visits) / 1000:.2f} s"),
    ]


def _visit(browser: Browser, address: str) -> dict[str, Any]:
    context = browser.new_context(
        viewport={"width": _WIDTH, "height": _HEIGHT}, device_scale_factor=3, is_mobile=True, has_touch=True, locale="en-GB"
    )
    page = context.new_page()
    context.add_init_script(_WATCH)
    link = context.new_cdp_session(page)
    link.send("Network.enable")
    link.send("Network.emulateNetworkConditions", _SLOW_4G)
    link.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.goto(address, wait_until="commit")
    while not page.evaluate("window.seen?.button"):
        page.wait_for_timeout(10)
    pressed = page.evaluate("performance.now()")
    # The button lives in a closed shadow; a customer finds it in the corner, too.
    page.touchscreen.tap(_WIDTH - 48, _HEIGHT - 48)
    chat = _frame_of(page)
    # The field is there with the document; what is typed is heard once the script runs, and it then lets one send.
    chat.locator("#ask").fill("?")
    chat.locator('form[data-send="home"] button[data-primary]:enabled').wait_for()
    ready = page.evaluate("performance.now()") - pressed
    sent = _say(page, chat)
    seen = [frame.evaluate("window.seen") for frame in page.frames]
    result = {
        "button": page.evaluate("seen.button"),
        "ready": ready,
        "sent": sent,
        "shift": sum(each["shift"] for each in seen),
        "taps": [took for each in seen for took in each["taps"].values()],
    }
    context.close()
    return result


def _frame_of(page: Page) -> Frame:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for frame in page.frames:
            if "/widget/frame" in frame.url:
                return frame
        page.wait_for_timeout(10)
    raise RuntimeError("the chat never opened")


def _say(page: Page, chat: Frame) -> float:
    chat.locator("#ask").press_sequentially("My withdrawal has been pending since noon.", delay=60)
    chat.locator('form[data-send="home"] button[data-primary]').tap()
    begun = page.evaluate("performance.now()")
    chat.locator('[data-strip="queue"]').wait_for(state="visible", timeout=20_000)
    return float(page.evaluate("performance.now()")) - float(begun)


def _fetch(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:
        return bytes(answer.read())


def _sent(address: str) -> int:
    """Weigh an answer as it goes over the line."""
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})) as answer:
        return len(answer.read())


def _source(page: bytes, pattern: str) -> str:
    found = re.search(pattern, page.decode())
    if found is None:
        raise RuntimeError(f"the page has nothing like {pattern}")
    return found[1].replace("&amp;", "&")
