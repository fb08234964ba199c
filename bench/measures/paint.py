"""One of the desks in a real browser: what it weighs, how soon it shows another conversation, and whether a shift makes it grow."""

from collections.abc import Sequence
from contextlib import closing
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from bench.figures import Figure, at_most, note
from bench.measures import crowd
from bench.place import Place, Serving
from tools.chromium import chromium

CHANGES, FEW, MANY, EACH = 40, 10, 100, 20
_RATE = 30.0  # messages a second, of twenty customers
_STATIC = {"Stylesheet", "Script", "Image", "Other"}
_KIB = 1024
_SETTLE_MS = 5_000  # the last of what the page does by itself, the counts, comes three seconds after a message
# From the click to the frame after the one in which the thread stands there.
_CHANGE = """
(id) => new Promise((resolve) => {
  const begun = performance.now();
  const isThere = () => document.getElementById("thread")?.dataset.conversation === id;
  const watcher = new MutationObserver(() => {
    if (!isThere()) return;
    watcher.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - begun)));
  });
  watcher.observe(document.body, {childList: true, subtree: true});
  document.querySelector(`#live a[data-id="${id}"]`).click();
})
"""


def measure(place: Place, seat: dict[str, Any], guests: Sequence[dict[str, Any]], *, full: bool) -> list[Figure]:
    """Sit down at one desk of fifty, whose customers are among the guests."""
    with place.serving(crowd.DATABASE) as serving, chromium(as_people_have_it=True) as browser:
        figures = _weights(browser, serving, seat)
        with closing(_come_in(browser, serving, seat)) as context:
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{serving.port}/desk/conversations/{seat['chats'][0]}")
            page.locator("#live a").nth(len(seat["chats"]) - 1).wait_for()
            figures += _changes(page, seat["chats"], times=CHANGES * (5 if full else 1))
            return figures + _growth(place, serving, page, seat, [one for one in guests if one["team"] == seat["team"]])


def _come_in(browser: Browser, serving: Serving, seat: dict[str, Any]) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    name, _, value = seat["cookie"].partition("=")
    context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{serving.port}"}])
    return context


class _Scale:
    """Weighs what comes over the network, as it was sent; what the cache has weighs nothing, nor does what the page asks for by itself."""

    def __init__(self, link: CDPSession) -> None:
        self._kinds: dict[str, str] = {}
        self._files: dict[str, int] = {}
        link.on("Network.requestWillBeSent", lambda told: self._kinds.update({told["requestId"]: told.get("type", "")}))
        link.on("Network.dataReceived", self._add)
        link.send("Network.enable")

    def _add(self, told: dict[str, Any]) -> None:
        if self._kinds.get(told["requestId"]) in _STATIC:
            self._files[told["requestId"]] = self._files.get(told["requestId"], 0) + told["encodedDataLength"]

    def take(self) -> float:
        """Tell the KiB of style sheets, scripts and pictures since the last time."""
        size = sum(self._files.values())
        self._files.clear()
        return size / _KIB


def _weights(browser: Browser, serving: Serving, seat: dict[str, Any]) -> list[Figure]:
    pages = {
        "a conversation": f"/desk/conversations/{seat['chats'][0]}",
        "a list": "/desk/mine",
        "search": "/desk/search",
        "own profile": "/desk/account",
        "keys": "/desk/account/keys",
        "sessions": "/desk/account/sessions",
        "factors": "/desk/account/factors",
    }
    with closing(_come_in(browser, serving, seat)) as context:
        page = context.new_page()
        scale = _Scale(context.new_cdp_session(page))
        visits = [{name: _visit(page, scale, serving, path) for name, path in pages.items()} for _ in range(2)]
    first, again = visits
    document, own = first["a conversation"]
    files, kept = (sum(loaded for _, loaded in visit.values()) for visit in visits)
    return [
        at_most("all pages of the desk, once: the first document and every file, as sent", document + files, 120, "KiB"),
        note("  the document · files of it · files of all other pages", f"{document:.1f} · {own:.1f} · {files - own:.1f} KiB"),
        at_most("  what a second visit loads beside the documents", kept, 0, "KiB"),
        note("  documents", " · ".join(f"{name} {size:.1f}" for name, (size, _) in again.items())),
    ]


def _visit(page: Page, scale: _Scale, serving: Serving, path: str) -> tuple[float, float]:
    answer = page.goto(f"http://127.0.0.1:{serving.port}{path}", wait_until="load")
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{path} answered {answer and answer.status}")
    page.wait_for_timeout(500)
    return int(answer.headers["content-length"]) / _KIB, scale.take()


def _changes(page: Page, chats: Sequence[str], *, times: int) -> list[Figure]:
    took = []
    for turn in range(1, times + 1):
        took.append(_change(page, chats[turn % len(chats)]))
        # Nobody changes faster than this, and what the page asks for behind a change has come.
        page.wait_for_timeout(400)
    took.sort()
    return [
        at_most(f"another conversation is painted, from the click: p95 of {times}", took[len(took) * 95 // 100], 100, "ms", digits=0),
        note("  p50 · the slowest", f"{took[len(took) // 2]:.0f} · {took[-1]:.0f} ms"),
    ]


def _change(page: Page, chat: str) -> float:
    return float(page.evaluate(_CHANGE, chat))


def _growth(place: Place, serving: Serving, page: Page, seat: dict[str, Any], guests: Sequence[dict[str, Any]]) -> list[Figure]:
    link = page.context.new_cdp_session(page)
    link.send("Performance.enable")
    plan = {"act": "chatter", "guests": guests, "rate": _RATE, "steps": [EACH] * MANY, "seconds": MANY * EACH / _RATE}
    client = crowd.Client(place, serving, plan)
    weighed = []
    try:
        for turn in range(1, MANY + 1):
            _change(page, seat["chats"][turn % len(seat["chats"])])
            client.hear()
            if turn in {FEW, MANY}:
                # Both times with the same conversation before one, just opened.
                _change(page, seat["chats"][1])
                page.wait_for_timeout(_SETTLE_MS)
                weighed.append(_weigh(link))
            client.go_on()
        client.hear()
    finally:
        client.end()
    few, many = weighed
    name = f"after {MANY} changes and {MANY * EACH:,} messages, against {FEW} and {FEW * EACH}"
    return [
        at_most(f"memory of the scripts {name}", 100 * (many["JSHeapUsedSize"] / few["JSHeapUsedSize"] - 1), 10, "%"),
        at_most("  elements and texts", 100 * (many["Nodes"] / few["Nodes"] - 1), 10, "%"),
        note("  memory", f"{few['JSHeapUsedSize'] / 2**20:.2f} → {many['JSHeapUsedSize'] / 2**20:.2f} MiB"),
        note("  elements and texts · listeners", " → ".join(f"{one['Nodes']:,.0f} · {one['JSEventListeners']:,.0f}" for one in weighed)),
    ]


def _weigh(link: CDPSession) -> dict[str, float]:
    for _ in range(3):
        link.send("HeapProfiler.collectGarbage")
    return {one["name"]: one["value"] for one in link.send("Performance.getMetrics")["metrics"]}
