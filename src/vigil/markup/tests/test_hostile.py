"""Whatever somebody writes, only tags of ours come out, each closed, and in a time that grows with the words."""

import time
from html.parser import HTMLParser
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vigil.markup.addresses import judge
from vigil.markup.reading import read, words_of
from vigil.markup.tests.test_reading import html
from vigil.markup.writing import as_plain, as_tree

ALLOWED = {"p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "a", "span"}
SIGNS = [
    *"*_`[]()<>\\\"'! x重\t\u200b\u202e",
    *("**", "```", "](", "![", "\n", "\n\n", "- ", "1. ", "> ", "    ", "&lt;", "://", "https://a.example/"),
    *("<script>", "<img src=x onerror=alert(1)>", "javascript:", "data:text/html,", "onmouseover=", "⟦hidden:card⟧"),
]
written = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=4)), max_size=40).map("".join)


class Page(HTMLParser):
    """Reads what was written as a browser would, and holds it against what is allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        known = dict(attrs)
        if tag == "a":
            assert set(known) == {"href", "target", "rel"}
            assert judge(known["href"] or "") is not None
        else:
            assert set(known) <= ({"start"} if tag == "ol" else {"class"} if tag == "span" else set())
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@settings(max_examples=400, deadline=None)
@given(written)
def test_a05_no_words_become_anything_but_the_tags_of_the_subset(text: str) -> None:
    page = Page()
    page.feed(html(text))
    page.close()
    assert page.open == []
    _look_at(as_tree(text) or [])
    as_plain(text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(categories=("L", "N")), max_size=60))
def test_letters_and_figures_alone_are_never_shaped(text: str) -> None:
    assert read(text) is None


@settings(max_examples=300, deadline=None)
@given(written)
def test_no_letter_is_lost_on_the_way(text: str) -> None:
    text = text.replace("](", "] (")
    nodes = read(text)
    if nodes is not None:
        assert [char for char in words_of(nodes) if char.isalpha()] == [char for char in text if char.isalpha()]


def _look_at(tree: list[Any]) -> None:
    for node in tree:
        if isinstance(node, str):
            continue
        assert node[0] in ALLOWED
        if node[0] == "a":
            assert judge(node[2]) is not None
        _look_at(node[1])


def test_signs_by_the_thousand_cost_no_more_than_their_number() -> None:
    for sign in (
        "*",
        "**a",
        "_a_",
        "`",
        "[",
        "[a](",
        "> ",
        "- ",
        "https://a.example/",
        "*a **b ",
        "\\",
        "[](",
        "![[",
        "1. \n",
        "```\n",
        "a://",
        "https://",
    ):
        begun = time.process_time()
        html(sign * (8000 // len(sign)))
        assert time.process_time() - begun < 2.0, sign
