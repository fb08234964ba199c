"""What the pages showed when a journey failed, for whoever reads the log of a machine that is gone."""

from collections.abc import Iterator

from playwright.sync_api import Browser, Error, Frame

_AT_MOST = 1500  # characters of one document: enough for a chat, a twentieth of the desk's list
# What is written in a field stands in no text, and says best whether something was sent.
_WRITTEN = """() => [...document.querySelectorAll("textarea, input:not([type=hidden], [type=radio], [type=checkbox])")]
  .filter((each) => each.value && each.type !== "password").map((each) => `${each.name || each.id}=${each.value}`)"""


def what_was_shown(browser: Browser) -> Iterator[str]:
    """Tell the address, the words and the filled fields of each document that is open; one that does not answer says so."""
    for context in browser.contexts:
        for page in context.pages:
            for frame in page.frames:
                yield _told(frame)


def _told(frame: Frame) -> str:
    try:
        words = " | ".join(frame.locator("body").inner_text(timeout=1_000).split("\n"))
        return f"{frame.url}\n  says: {words[:_AT_MOST]}\n  holds: {frame.evaluate(_WRITTEN)}"
    except Error as error:
        return f"{frame.url}\n  does not answer: {error.message.splitlines()[0]}"
