"""What a person does in one of these browsers: in the page, in the chat's frame inside of it, and at the desk."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.browsers.driver import ELEMENT, Driver, Failed

PATIENCE = 15.0  # seconds
SENT = ".msg.me:not([data-unsent])"
CONTROL, ENTER, ESCAPE, SHIFT = "\ue009", "\ue007", "\ue00c", "\ue008"
# The button and the box live in a closed shadow tree; what a test page says first lets the test look inside.
OPEN_SHADOWS = """<script>{ const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (given) { return attach.call(this, { ...given, mode: "open" }); }; }</script>"""
# Spelt out and not evaluated: the chat's own policy forbids that, and WebKit holds a driver to it.
_RUN = """const [given, done] = arguments;
(async () => { BODY })().then((value) => done({ value: value ?? null }), (error) => done({ error: String(error) }));"""


class Person:
    """Somebody in front of a browser; what is done is done in the page, or, between `enters` and `leaves`, in the chat's frame."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        driver.does("SetTimeouts", script=20_000, pageLoad=30_000)
        driver.does("SetWindowRect", width=1280, height=900)

    def goes(self, url: str) -> None:
        self.driver.does("Navigate", url=url)

    def reloads(self) -> None:
        self.driver.does("Refresh")

    def js(self, body: str, *values: Any) -> Any:
        """Run `body` as an async function of `given`; return what it returns. Raises Failed with the error that it throws."""
        told = self.driver.does("ExecuteAsyncScript", script=_RUN.replace("BODY", body), args=[list(values)])
        if told is None:
            raise Failed("the page went away")
        if "error" in told:
            raise Failed(told["error"])
        return told["value"]

    def waits(self, condition: str, *values: Any, seconds: float = PATIENCE) -> Any:
        """Wait until an expression of `given` is true; return it."""
        until, last = time.monotonic() + seconds, ""
        while time.monotonic() < until:
            try:
                if found := self.js(f"return {condition};", *values):
                    return found
            except Failed as error:
                last = str(error)
            time.sleep(0.05)
        raise AssertionError(f"never came true in {self.driver.name}: {condition} {values} {last}")

    def finds(self, selector: str) -> Any:
        self.waits("[...document.querySelectorAll(given[0])].some((each) => each.checkVisibility())", selector)
        return self.driver.does("FindElement", using="css selector", value=selector)[ELEMENT]

    def clicks(self, selector: str) -> None:
        self.driver.does("ElementClick", id=self.finds(selector))

    def types(self, selector: str, text: str) -> None:
        # WebKit lets no frame of another origin take the focus before somebody has touched it.
        found = self.finds(selector)
        self.driver.does("ElementClick", id=found)
        self.driver.does("ElementSendKeys", id=found, text=text)

    def chooses(self, selector: str, path: Path) -> None:
        """Choose a file where a button opens the chooser; the field itself is not to be seen."""
        field = self.driver.does("FindElement", using="css selector", value=selector)[ELEMENT]
        self.driver.does("ElementSendKeys", id=field, text=str(path))

    def presses(self, *keys: str) -> None:
        """Hold all of them down, in order, and let them go; whatever has the focus hears it."""
        downs = [{"type": "keyDown", "value": key} for key in keys]
        ups = [{"type": "keyUp", "value": key} for key in reversed(keys)]
        self.driver.does("PerformActions", actions=[{"type": "key", "id": "keys", "actions": downs + ups}])

    def touches(self, x: int, y: int) -> None:
        """Click a point of the window."""
        move = {"type": "pointerMove", "x": x, "y": y, "origin": "viewport", "duration": 0}
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self.driver.does("PerformActions", actions=[{"type": "pointer", "id": "hand", "actions": [move, *press]}])

    def sees(self, selector: str, text: str, seconds: float = PATIENCE) -> None:
        """Wait until something that is shown there says `text`."""
        shown = "[...document.querySelectorAll(given[0])].some((each) => each.checkVisibility() && each.textContent.includes(given[1]))"
        self.waits(shown, selector, text, seconds=seconds)

    def bubbles(self) -> list[str]:
        return [str(each).strip() for each in self.js("return [...document.querySelectorAll('.bubble')].map((each) => each.textContent)")]

    # The chat

    def presses_the_button(self) -> None:
        """Touch the chat's button in the corner of the page, wherever that is drawn from."""
        self.waits("Object.hasOwn(window, 'Vigil')")
        width, height = self.js("return [innerWidth, innerHeight]")
        self.touches(width - 48, height - 48)

    def enters(self) -> None:
        """Turn to the chat's frame; the page has to open its shadows for that."""
        frame = "return document.querySelector('vigil-chat').shadowRoot.querySelector('iframe')"
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            # It may be on its way from the empty document to its own.
            with suppress(Failed, AssertionError):
                self.driver.does("SwitchToFrame", id=None)
                self.driver.does("SwitchToFrame", id=self.js(frame))
                self.waits("document.readyState === 'complete' && document.querySelector('.window[data-screen]') !== null", seconds=5)
                return
            time.sleep(0.2)
        raise AssertionError(f"the chat's frame did not come in {self.driver.name}")

    def leaves(self) -> None:
        """Turn back to the page."""
        self.driver.does("SwitchToFrame", id=None)

    def opens_the_chat(self, url: str) -> None:
        self.goes(url)
        self.presses_the_button()
        self.enters()

    def asks(self, text: str) -> None:
        self.types("#ask", text)
        self.clicks(".ask button[data-primary]")
        self.sees(SENT, text)

    def writes(self, text: str) -> None:
        self.types(".composer textarea", text)
        self.clicks(".composer .go")
        self.sees(SENT, text)

    # The desk and other windows

    def opens_a_window(self) -> str:
        """Open another tab and turn to it; return its name."""
        handle = str(self.driver.does("NewWindow", type="tab")["handle"])
        self.turns_to(handle)
        return handle

    def turns_to(self, handle: str) -> None:
        self.driver.does("SwitchToWindow", handle=handle)

    @property
    def window(self) -> str:
        return str(self.driver.does("GetWindowHandle"))

    def signs_in(self, url: str, email: str, password: str) -> None:
        self.goes(url + "/desk/")
        self.types("#email", email)
        self.types("#password", password)
        self.clicks("main form button[data-primary]")
        self.waits("location.pathname === '/desk/team'")
