"""From words to what they are shaped into."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from vigil.markup import signs
from vigil.markup.addresses import judge, may_stand_on

# Words without any of these are what they are; nearly all are.
_SIGNS = re.compile(r"[*_`\[\\]|://|~~~|^ {0,3}(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])", re.MULTILINE)
_DEEPEST = 8
_TAGS = {
    "paragraph_open": "p",
    "bullet_list_open": "ul",
    "ordered_list_open": "ol",
    "list_item_open": "li",
    "blockquote_open": "blockquote",
    "strong_open": "strong",
    "em_open": "em",
}
_QUOTED = re.compile(r" {0,3}>")
_LISTED = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])[ \t]+\S")
_FENCE = re.compile(r" {0,3}(```|~~~)")


@dataclass(frozen=True, slots=True)
class Node:
    """A stretch of words under one tag of HTML's; `address` and `host` belong to a link (a), `start` to a numbered list (ol).

    The host stands behind a link's words; it is empty where the words are the address itself.
    """

    tag: str
    inside: "tuple[Node | str, ...]" = ()
    address: str = ""
    host: str = ""
    start: int = 1


def read(text: str) -> tuple[Node, ...] | None:
    """Read the signs in an agent's words; None where there are none, and the words are what they are."""
    if not _SIGNS.search(text):
        return None
    tokens = iter(_parser().parse(_apart(text)))
    found = tuple(each for each in _blocks(tokens) if isinstance(each, Node))
    is_plain = all(node.tag == "p" and all(each == _BREAK or isinstance(each, str) for each in node.inside) for node in found)
    return None if is_plain and "\\" not in text else found


_BREAK = Node("br")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": _DEEPEST})
    parser.enable(["list", "blockquote", "fence", "emphasis", "backticks", "link", "newline", "escape"])
    parser.inline.ruler.at("emphasis", signs.emphasis)
    parser.inline.ruler.before("text", "bare_address", _never_first)
    parser.inline.ruler.at("bare_address", signs.bare_address)
    # As it stands there: an address is judged, and written anew, by us.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]  # the parser's own way to say it
    parser.validateLink = lambda url: judge(url) is not None  # type: ignore[method-assign]  # the parser's own way to say it
    return parser


def _never_first(state: StateInline, silent: bool) -> bool:
    return False


def _apart(text: str) -> str:
    """Set apart what follows a quote or a list without a sign of its own: in a chat, a new line is a new thought."""
    lines: list[str] = []
    before, is_fenced = "", False
    for line in text.split("\n"):
        ends = (_QUOTED.match(before) and not _QUOTED.match(line)) or (
            _LISTED.match(before) and not _LISTED.match(line) and line[:1] != " "
        )
        if ends and line.strip() and not is_fenced:
            lines.append("")
        lines.append(line)
        is_fenced ^= bool(_FENCE.match(line))
        before = line
    return "\n".join(lines)


def _blocks(tokens: Iterator[Token]) -> "Iterator[Node | str]":
    for token in tokens:
        if token.nesting < 0:
            return
        if token.type == "inline":
            yield from _inline(iter(token.children or ()))
        elif token.type == "fence":
            # What stands behind the opening sign is somebody's word, too, and never lost.
            yield Node("pre", ("\n".join(filter(None, (token.info.strip(), token.content.removesuffix("\n")))),))
        elif token.hidden:
            # The paragraph of a list whose lines stand close together.
            yield from _blocks(tokens)
        else:
            start = int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else 1
            yield Node(_TAGS[token.type], tuple(_blocks(tokens)), start=start)


def _inline(tokens: Iterator[Token]) -> "Iterator[Node | str]":
    for token in tokens:
        if token.nesting < 0:
            return
        if token.type == "text":
            if token.content:
                yield token.content
        elif token.type == "code_inline":
            yield Node("code", (token.content,))
        elif token.type in {"softbreak", "hardbreak"}:
            yield _BREAK
        elif token.type == "link_open":
            yield _link(str(token.attrs["href"]), tuple(_inline(tokens)))
        else:
            yield Node(_TAGS[token.type], tuple(_inline(tokens)))


def _link(raw: str, inside: "tuple[Node | str, ...]") -> Node:
    address = judge(raw)
    if address is None:
        raise ValueError("the parser took an address that was refused")
    words = words_of(inside)
    if judge(words) == address or not may_stand_on(words, address):
        return Node("a", (address.href,), address.href)
    return Node("a", inside, address.href, address.host)


def words_of(nodes: "Sequence[Node | str]") -> str:
    """Give the words alone, as eyes read them on: without signs and addresses, each block on a line of its own."""
    return "".join(_words(nodes)).strip("\n")


def _words(nodes: "Sequence[Node | str]") -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node.tag == "br":
            yield "\n"
        else:
            yield from _words(node.inside)
            if node.tag in {"p", "li", "pre", "blockquote"}:
                yield "\n"
