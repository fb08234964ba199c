"""Punctuation: the right kind for the script, and the same at the end as in English."""

import re
from collections.abc import Iterator

from vigil.languages.catalogue.checks.placeholders import NAMED, TAG
from vigil.languages.catalogue.names import Names

_CJK = r"[\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\u3400-\u4dbf々]"
_HALF_BESIDE_CJK = re.compile(rf"(?<={_CJK})[,.;:!?()]|[,.;:!?()](?={_CJK})")
_SPACE_IN_CJK = re.compile(rf"(?<={_CJK}) +(?={_CJK})")
_FULL_WIDTH = re.compile(r"[！？，。、：；（）．［］｛｝「」『』～\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000]")
_WIDE = frozenset({"zh-Hans", "zh-Hant", "ja"})
_ALSO_FULL_WIDTH_LETTERS = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_ENDINGS = {
    ".": ".", "。": ".", "．": ".",
    "!": "!", "！": "!",
    "?": "?", "？": "?",
    ":": ":", "：": ":",
    "…": "…",
}  # fmt: skip
_CLOSERS = "\"'”’»」』)）"
_STRAIGHT = {"zh-Hans": "\"'", "zh-Hant": "\"'", "ja": "\"'", "ru": '"', "ko": '"'}


def edges_match(source: str, text: str, code: str, names: Names) -> Iterator[str]:
    """Complain where the translation begins or ends with other white space than the English."""
    if _lead(source) != _lead(text):
        yield "begins with other white space than English"
    if _lead(source[::-1]) != _lead(text[::-1]):
        yield "ends with other white space than English"


def ends_alike(source: str, text: str, code: str, names: Names) -> Iterator[str]:
    """Complain where a sentence ends with another kind of mark than the English one."""
    wanted, found = _ending(source), _ending(text)
    # A salutation, "Hello Ada,", ends in each language in its own way.
    if wanted != found and not source.rstrip().endswith(","):
        yield f"ends with {found or 'no mark'}, English with {wanted or 'no mark'}"


def marks_fit_the_script(source: str, text: str, code: str, names: Names) -> Iterator[str]:
    """Complain of half-width marks among Chinese and Japanese characters, and of full-width ones anywhere else."""
    words = TAG.sub("", NAMED.sub("0", text))
    if code in _WIDE:
        for mark in _HALF_BESIDE_CJK.findall(words):
            yield f"has a half-width {mark} beside a wide character"
        if _SPACE_IN_CJK.search(words):
            yield "has a space between wide characters"
        if "..." in words:
            yield "has three dots for an ellipsis"
        for mark in _ALSO_FULL_WIDTH_LETTERS.findall(words):
            yield f"has a full-width letter or digit: {mark}"
        return
    for mark in _FULL_WIDTH.findall(words):
        yield f"has a full-width {mark}"


def opening_marks_are_there(source: str, text: str, code: str, names: Names) -> Iterator[str]:
    """Complain of a Spanish question or exclamation that does not begin as one."""
    if code != "es":
        return
    for opening, closing in (("¿", "?"), ("¡", "!")):
        if text.count(opening) != text.count(closing):
            yield f"has not as many {opening} as {closing}"


def quotes_are_typographic(source: str, text: str, code: str, names: Names) -> Iterator[str]:
    """Complain of straight quotation marks where the language has its own."""
    words = TAG.sub("", text)
    for mark in _STRAIGHT.get(code, ""):
        if mark in words:
            yield f"has straight quotation marks: {mark}"


def _lead(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _ending(text: str) -> str:
    words = TAG.sub("", text).rstrip().rstrip(_CLOSERS).rstrip()
    return _ENDINGS.get(words[-1:], "")
