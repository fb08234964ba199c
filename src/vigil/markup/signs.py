"""The rules of ours in the parser: what opens and closes bold and italic, and an address that stands bare among the words."""

import re
import unicodedata

from markdown_it.rules_inline.state_inline import Delimiter, StateInline

from vigil.markup.addresses import judge

_SCHEME = re.compile(r"(?<![0-9A-Za-z])(https?)$")
_BARE = re.compile(r"https?://[0-9A-Za-z][0-9A-Za-z.-]*(?::\d{1,5})?(?:[/?#][!#-;=?-~]*)?")
# Cut off before a letter of another script, or before what makes all of it somebody's name and password, it would be another one.
_GOES_ON = re.compile(r"[^\W\u2e80-\u9fff\uac00-\ud7af]|[^\s/]*@")
_ENDS = ".,;:!?'*_~"
_PAIRS = {")": "(", "]": "[", "}": "{"}
# Chinese and Japanese write no spaces between words, so that a sign may open or close anywhere beside their letters and points.
_CJK = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003134f]")


def emphasis(state: StateInline, silent: bool) -> bool:
    """Take a run of * or _ as what may open or close bold and italic. Between two Latin letters or figures it is no sign: 2*3*4."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before, after = state.src[state.pos - 1 : state.pos] or " ", state.src[end : end + 1] or " "
    opens, closes = _beside(before, after)
    if _is_word(before) and _is_word(after):
        opens = closes = False
    elif marker == "_":
        opens, closes = opens and (not closes or not _is_letter(before)), closes and (not opens or not _is_letter(after))
    for _ in range(end - state.pos):
        token = state.push("text", "", 0)
        token.content = marker
        length, place = end - state.pos, len(state.tokens) - 1
        state.delimiters.append(Delimiter(marker=ord(marker), length=length, token=place, end=-1, open=opens, close=closes))
    state.pos = end
    return True


def bare_address(state: StateInline, silent: bool) -> bool:
    """Take an address that stands among the words for a link to itself, without the points that end the sentence."""
    if state.src[state.pos] != ":" or state.linkLevel > 0:
        return False
    scheme = _SCHEME.search(state.pending)
    found = _BARE.match(state.src, state.pos - len(scheme[1])) if scheme else None
    if scheme is None or found is None:
        return False
    written = _trimmed(found[0])
    address = judge(written)
    if address is None or (len(written) == len(found[0]) and _GOES_ON.match(state.src, found.end())):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[1])]
        state.push("link_open", "a", 1).attrs = {"href": written}
        state.push("text", "", 0).content = written
        state.push("link_close", "a", -1)
    state.pos += len(written) - len(scheme[1])
    return True


def _beside(before: str, after: str) -> tuple[bool, bool]:
    """Tell whether a run may open and may close, by what stands on both sides."""
    spaced = (before.isspace(), after.isspace())
    pointed = (_is_point(before), _is_point(after))
    cjk = (bool(_CJK.match(before)), bool(_CJK.match(after)))
    opens = not spaced[1] and (not pointed[1] or spaced[0] or pointed[0] or cjk[0])
    closes = not spaced[0] and (not pointed[0] or spaced[1] or pointed[1] or cjk[1])
    return opens, closes


def _is_point(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _is_letter(char: str) -> bool:
    return char.isalnum() and not _CJK.match(char)


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _trimmed(url: str) -> str:
    while url and (url[-1] in _ENDS or (url[-1] in _PAIRS and url.count(url[-1]) > url.count(_PAIRS[url[-1]]))):
        url = url[:-1]
    return url
