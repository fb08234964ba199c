"""Which signs shape an agent's words, and which are letters like any others."""

import pytest

from vigil.markup.reading import read, words_of
from vigil.markup.writing import Tag, as_plain, as_tree, pieces


def html(text: str) -> str:
    """Write words as a page shows them."""
    return "".join(piece if isinstance(piece, Tag) else piece.replace("&", "&amp;").replace("<", "&lt;") for piece in pieces(text))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**bold** and *slanted*", "<p><strong>bold</strong> and <em>slanted</em></p>"),
        ("__bold__ and _slanted_", "<p><strong>bold</strong> and <em>slanted</em></p>"),
        ("the code `a*b*c`", "<p>the code <code>a*b*c</code></p>"),
        ("```\na *b*\n  c\n```", "<pre>a *b*\n  c</pre>"),
        ("```what\nit is\n```", "<pre>what\nit is</pre>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("Steps:\n1. one\n2. two", "<p>Steps:</p><ol><li>one</li><li>two</li></ol>"),
        ("3. three", '<ol start="3"><li>three</li></ol>'),
        ("> said\nanswered", "<blockquote><p>said</p></blockquote><p>answered</p>"),
        ("- one\nand on", "<ul><li>one</li></ul><p>and on</p>"),
        ("*one*\ntwo", "<p><em>one</em><br>two</p>"),
        ("a \\*b\\*", "<p>a *b*</p>"),
    ],
)
def test_the_signs_of_the_subset_shape_words(written: str, shown: str) -> None:
    assert html(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        "Your deposit is here.\nThank you!",
        "2*3*4 = 24 and 10 * 20 * 30",
        "snake_case_name and 4111****1111 and z***@mail.example",
        "# no heading",
        "| no | table |",
        "---",
        "    no code by its indentation",
        "+1 555 010 999",
        "-5 USDT",
        "a < b & c > d",
    ],
)
def test_what_only_looks_like_a_sign_stays_as_it_was_written(written: str) -> None:
    assert pieces(written) == [written]
    assert as_tree(written) is None
    assert as_plain(written) == written


@pytest.mark.parametrize("written", ["这是**重要：**请看", "请看**重要**的", "これは**「大事」**です", "이것은 **중요**합니다"])
def test_chinese_japanese_and_korean_words_are_shaped_without_spaces_around(written: str) -> None:
    assert "<strong>" in html(written)
    assert "*" not in html(written)


def test_a05_html_and_pictures_are_letters() -> None:
    assert html('<b onclick="x">**bold**</b>') == '<p>&lt;b onclick="x"><strong>bold</strong>&lt;/b></p>'
    assert html("&lt;b&gt; **x**") == "<p>&amp;lt;b&amp;gt; <strong>x</strong></p>"
    assert "<img" not in html("![a picture](https://files.example/x.png)")


def test_a_tree_holds_the_same_as_the_tags() -> None:
    tree = as_tree("**Look** at [the page](https://help.example/fees):\n\n3. first")
    assert tree == [
        ["p", [["strong", ["Look"]], " at ", ["a", ["the page"], "https://help.example/fees", "help.example"], ":"]],
        ["ol", [["li", ["first"]]], 3],
    ]


def test_plain_lines_read_as_somebody_would_write_them() -> None:
    written = "**Please** do:\n1. one\n2. two\n   - a\n   - b\n\n> said *so*\n> twice\nSee [the page](https://help.example/fees)."
    assert as_plain(written) == (
        "Please do:\n\n1. one\n2. two\n   - a\n   - b\n\n> said so\n> twice\n\nSee the page (https://help.example/fees)."
    )


def test_the_words_alone_are_without_signs_and_addresses() -> None:
    nodes = read("one **two**\n- [three](https://a.example/x)\n- `four`")
    assert nodes is not None
    assert words_of(nodes).split() == ["one", "two", "three", "four"]
