"""A script that was put together and shortened calls nothing that is not there: a browser would say so only on the day it is called."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from vigil.faces.widget.assets import frame_script, later_script, loader_script
from vigil.look.shrinking.reading import WORDS, Token, read
from vigil.look.shrinking.together import put_together

# What browsers bring along, of which our scripts use no more than this.
_OF_BROWSERS = frozenset(
    """
    AbortController AbortSignal Array Boolean BroadcastChannel CSS CSSStyleSheet CustomEvent DOMParser DataView Date Error Event
    EventTarget FormData Infinity IntersectionObserver Intl JSON Map Math MutationObserver Node Notification Number Object
    Promise ResizeObserver Set String TextDecoderStream TypeError URL URLSearchParams Uint8Array WeakSet addEventListener atob
    btoa clearInterval clearTimeout crypto dispatchEvent document fetch getComputedStyle localStorage location matchMedia
    navigator parent parseInt performance print queueMicrotask removeEventListener requestAnimationFrame sessionStorage
    setInterval setTimeout window
    """.split()  # noqa: SIM905 (a list of words, which reads better as words)
)
_EXPORTED = re.compile(r"export\{[^}]*\};?$")
_LATER = ("attach", "chips", "claim", "growing", "meant", "proof", "sheets", "speak")


def _of_the_desk(name: str) -> str:
    def find(part: str) -> str:
        found = finders.find(part)
        assert found is not None, part
        return Path(found).read_text(encoding="utf-8")

    return put_together(name, find)


def _all() -> dict[str, str]:
    desk: tuple[str, ...] = settings.STORAGES["staticfiles"]["OPTIONS"]["scripts"]  # type: ignore[index]  # Django leaves its shape open.
    later = {}
    for name in _LATER:
        try:
            later[name] = later_script(name)
        except LookupError:
            continue
    return {"frame": frame_script(), "loader": loader_script(), **later, **{name: _of_the_desk(name) for name in desk}}


@pytest.mark.parametrize("name", sorted(_all()))
def test_every_name_that_was_left_as_it_was_is_the_browsers_own(name: str) -> None:
    # All of ours have become short.
    tokens = read(_EXPORTED.sub("", _all()[name]))
    left = {token.text for place, token in enumerate(tokens) if token.role or _is_called(tokens, place)}
    assert sorted(each for each in left - _OF_BROWSERS - WORDS if len(each) > 2 and not each.startswith("$")) == []


def _is_called(tokens: list[Token], place: int) -> bool:
    """Say whether a word stands before brackets as a call, whatever the reader took it for; behind a method's comes its body."""
    before, after = (tokens[at].text if 0 <= at < len(tokens) else "" for at in (place - 1, place + 1))
    if tokens[place].kind != "word" or after != "(" or before in {".", "?."}:
        return False
    depth = 0
    for at, token in enumerate(tokens[place + 1 :], place + 1):
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0:
            return at + 1 >= len(tokens) or tokens[at + 1].text != "{"
    return True
