"""What was read, written for those who show it: tags for a page, a tree for the chat, plain lines for a letter."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from vigil.markup.reading import Node, read


class Tag(SafeString):
    """A tag that stands between the words, ours to the last letter; the words themselves are never one."""


def pieces(text: str) -> list[str]:
    """Cut an agent's words into tags (each a Tag) and stretches of words, which whoever shows them escapes; the one way to HTML."""
    nodes = read(text)
    return [text] if nodes is None else list(_pieces(nodes))


def _pieces(nodes: Sequence[Node | str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node.tag == "br":
            yield Tag("<br>")
        else:
            yield _opening(node)
            yield from _pieces(node.inside)
            yield Tag(f"</{node.tag}>")
            if node.host:
                yield Tag(format_html(' <span class="host">({})</span>', node.host))


def _opening(node: Node) -> Tag:
    if node.tag == "a":
        return Tag(format_html('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">', node.address))
    if node.tag == "ol" and node.start != 1:
        return Tag(format_html('<ol start="{}">', node.start))
    return Tag(f"<{node.tag}>")


def as_tree(text: str) -> list[Any] | None:
    """Write the shape as JSON for a browser that builds it itself: words, or [tag, inside, and for a link address and host, or a start].

    None where the words have no shape.
    """
    nodes = read(text)
    return None if nodes is None else [_branch(node) for node in nodes]


def _branch(node: Node | str) -> Any:
    if isinstance(node, str):
        return node
    inside = [_branch(each) for each in node.inside]
    if node.tag == "a":
        return ["a", inside, node.address, node.host]
    return [node.tag, inside, node.start] if node.start != 1 else [node.tag, inside]


def as_plain(text: str) -> str:
    """Write an agent's words for a place that shows letters alone: without signs, with the address behind each link's words."""
    nodes = read(text)
    return text if nodes is None else "\n\n".join(_paragraphs(nodes))


def _paragraphs(nodes: Iterable[Node | str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node.tag in {"ul", "ol"}:
            marks = (f"{node.start + place}." if node.tag == "ol" else "-" for place in range(len(node.inside)))
            yield "\n".join(_indented(_lines(each), f"{mark} ") for mark, each in zip(marks, node.inside, strict=True))
        elif node.tag == "blockquote":
            yield "\n".join(f"> {line}" for line in "\n\n".join(_paragraphs(node.inside)).split("\n"))
        else:
            yield _lines(node)


def _indented(words: str, mark: str) -> str:
    return mark + words.replace("\n", "\n" + " " * len(mark))


def _lines(node: Node | str) -> str:
    if isinstance(node, str):
        return node
    if node.tag == "br":
        return "\n"
    if node.tag == "li" and any(isinstance(each, Node) and each.tag in {"p", "ul", "ol", "blockquote", "pre"} for each in node.inside):
        return _item(node)
    words = "".join(map(_lines, node.inside))
    return f"{words} ({node.address})" if node.host else words


def _item(node: Node) -> str:
    blocks: list[str] = [""]
    for each in node.inside:
        if isinstance(each, Node) and each.tag in {"p", "ul", "ol", "blockquote", "pre"}:
            blocks += ["\n\n".join(_paragraphs([each])), ""]
        else:
            blocks[-1] += _lines(each)
    return "\n".join(block for block in blocks if block)
