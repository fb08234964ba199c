"""What a text only repeats, and what only sounds dangerous: made unreadable before it is judged."""

import re

from vigil.safety.replies.lexicon import Lexicon

_BLANK = "\u2588"
# Somebody else's words, by their marks: a name in marks ("Reset password") is short, a sentence is not.
_QUOTED = re.compile(
    r"[\"“”«„]([^\"“”»«„\n]{14,300})[\"”»“]|[‘'](?<!\w.)([^’'\n]{14,300})[’'](?!\w)|「([^」\n]{8,200})」|『([^』\n]{8,200})』|“([^”\n]{7,200})”"
)
_PRESSED = 24
_ASIDE = re.compile(r"[(（][^()（）\n]{1,40}[)）]")


def hushed(text: str, lexicon: Lexicon) -> str:
    """Blank what is quoted and what is harmless, place for place."""
    text = _QUOTED.sub(lambda found: found[0] if _is_button(found, lexicon) else _blank(found), text)
    secrets = next(each.things for each in lexicon.asked if each.what == "secret")
    # An aside in brackets parts no clause, unless it names something itself.
    text = _ASIDE.sub(lambda found: found[0] if secrets.search(found[0]) else _blank(found), text)
    return lexicon.harmless.sub(_blank, text)


def _is_button(found: re.Match[str], lexicon: Lexicon) -> bool:
    """Say whether the quoted is what she is to press: "Allow remote control"."""
    remote = next(each for each in lexicon.asked if each.what == "remote")
    is_pressed = remote.verbs.search(found.string, found.end(), found.end() + _PRESSED)
    return remote.things.search(found[0]) is not None and is_pressed is not None


def _blank(found: re.Match[str]) -> str:
    return _BLANK * len(found[0])
