"""What a reader's eye would catch on a page: words that run out of their place, words nobody translated, words in the wrong font."""

import re
from collections.abc import Sequence
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

from vigil.languages.catalogue.names import load_names

# Every visible element with words of its own: within the page, and not wider or higher than the place it has.
_SPILLS = """() => {
  const found = [];
  const words = (element) => (element.textContent || element.placeholder).trim().slice(0, 60);
  const say = (element, what) => found.push(`${what}: <${element.localName} class="${element.className}"> ${words(element)}`);
  const cutters = new Set(["hidden", "clip", "auto", "scroll"]);
  const above = (element, is) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) if (is(getComputedStyle(up))) return up;
    return null;
  };
  // What an ellipsis cuts short takes no more place than whatever has the ellipsis.
  const place = (element) => above(element, ({ textOverflow }) => textOverflow === "ellipsis") ?? element;
  const isForEars = (element) => element && (getComputedStyle(element).clipPath === "inset(50%)" || isForEars(element.parentElement));
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} wide in ${innerWidth}`);
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("svg, template, script, noscript, option") || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (isForEars(element)) continue;
    const style = getComputedStyle(element);
    const isEmptyField = element.localName === "textarea" && !element.value;
    if (isEmptyField && element.scrollHeight > element.clientHeight + 1) say(element, "placeholder cut");
    if (![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) continue;
    const box = place(element).getBoundingClientRect();
    const edge = above(place(element), ({ overflowX }) => cutters.has(overflowX))?.getBoundingClientRect();
    if (edge && box.width && (box.left < edge.left - 1 || box.right > edge.right + 1)) say(element, "cut off");
    if (box.left < -1 || box.right > innerWidth + 1) say(element, "outside");
    if (element.clientWidth && element.scrollWidth > element.clientWidth + 1 && style.textOverflow !== "ellipsis") say(element, "too wide");
    if (style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 3) say(element, "too high");
  }
  return found;
}"""
# What our own catalogues say on the page: other people's words carry a language, keys are keys.
_OURS = """() => {
  const page = document.documentElement.lang;
  const isWords = (element) => !element.closest("kbd, svg, script, template, noscript, [translate=no]");
  const ours = (element) => isWords(element) && (element.closest("[lang]")?.lang ?? page) === page;
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (ours(walker.currentNode.parentElement)) words.push(walker.currentNode.data);
  for (const element of document.body.querySelectorAll("[aria-label], [placeholder], [title], [alt]")) {
    if (ours(element)) for (const name of ["aria-label", "placeholder", "title", "alt"]) words.push(element.getAttribute(name) ?? "");
  }
  return words.map((each) => each.trim()).filter(Boolean);
}"""
_FONTS = "(all) => Object.fromEntries(all.map((each) => [each.lang, getComputedStyle(each).fontFamily]))"
_WORD = re.compile(r"[A-Za-z]{2,}")


def spills(page: Page | Frame) -> list[str]:
    """List what does not fit into its place."""
    found: list[str] = page.evaluate(_SPILLS)
    return found


def latin_words(page: Page | Frame) -> set[str]:
    """Gather the words in Latin letters that our catalogues say on the page, but for names that no language translates."""
    names = load_names()
    ours: list[str] = page.evaluate(_OURS)
    return {word for text in ours for word in _WORD.findall(names.without(text))}


def fonts(page: Page | Frame, selector: str) -> dict[str, str]:
    """Tell the font of each language among the elements of a selector; an element without a language stands under ''."""
    found: Any = page.locator(selector).evaluate_all(_FONTS)
    return dict(found)


Judged = Literal["all", "contrast", "all but contrast"]
_RULES: dict[str, dict[str, Any]] = {
    "all": {},
    "contrast": {"runOnly": ["color-contrast"]},
    "all but contrast": {"rules": {"color-contrast": {"enabled": False}}},
}


def barred(page: Page | Frame, judged: Judged = "all", but: Sequence[str] = ()) -> list[str]:
    """Tell what keeps somebody out, as axe finds it: the rule, the element and what is wrong with it.

    No language changes a colour, and other colours change nothing else: who has judged a state whole in one of them may judge
    in the others what is new there, which is half of the work. So may who has judged what `but` finds in an earlier state.
    """
    # Read once by a page: the program is half a megabyte.
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(Axe().axe_script)
    options = {"resultTypes": ["violations"], **_RULES[judged]}
    given = [{"exclude": [[each] for each in but]} if but else None, options]
    found = page.evaluate("([what, options]) => axe.run(what ?? document, options).then(({ violations }) => violations)", given)
    return [f"{each['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:200]}" for each in found for node in each["nodes"]]


def barred_by_day_and_night(page: Page | Frame, but: Sequence[str] = ()) -> list[str]:
    """Judge the state that is shown whole by day, and by night what the dark can change; leave it by day. `but` as in `barred`."""
    whole = page.page if isinstance(page, Frame) else page
    found = barred(page, but=but)
    # In the middle of a fade nothing has the colours that it will have.
    whole.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += [f"by night: {each}" for each in barred(page, "contrast", but)]
    whole.emulate_media(color_scheme="light", reduced_motion="reduce")
    return found
