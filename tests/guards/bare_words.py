"""Finds words that a person would read and no translator would: in templates, in Python's faces, in scripts."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, Token, TokenType

_LETTERS = re.compile(r"[^\W\d_]")
_READ_ATTRIBUTES = frozenset(
    {"alt", "title", "placeholder", "label", "aria-label", "aria-description", "aria-placeholder", "aria-roledescription", "aria-valuetext"}
)
_BUTTONS = frozenset({"submit", "button", "reset"})
# A key is called by what stands on it, the same in every language.
_NOT_READ = frozenset({"script", "style", "kbd"})
_SPOKEN_FILTER = re.compile(r"\|\s*(?:default|default_if_none|yesno|pluralize)\s*:\s*(?:\"([^\"]*)\"|'([^']*)')")
_HIDING = frozenset({"blocktranslate", "blocktrans", "comment"})
# A page that extends another fills a block inside a tag of that other one: class="plain". It is read as a tag of its own.
_ATTRIBUTES = re.compile(r"\{% block \w*attributes %\}([^<>]*?)\{% endblock")
_ENTITY = re.compile(r"&\w+;")


def in_template(text: str, *, is_html: bool = True) -> list[str]:
    """List the words in a template that stand outside translation tags, in text or in attributes that are read aloud."""
    flat, spoken = _without_tags(_ATTRIBUTES.sub(r"<i \1>{% endblock", text) if "{% extends" in text else text)
    if not is_html:
        return spoken + [line.strip() for line in flat.splitlines() if _LETTERS.search(line)]
    parser = _Words()
    parser.feed(flat)
    parser.close()
    return spoken + parser.found


def _without_tags(text: str) -> tuple[str, list[str]]:
    """Blank out every template tag and all that is translated; the literals that filters speak come second."""
    kept: list[str] = []
    spoken: list[str] = []
    until = ""
    for token in Lexer(text).tokenize():
        word = _word(token)
        if until:
            until = "" if word == until else until
        elif word in _HIDING:
            until = f"end{word}"
        elif token.token_type == TokenType.TEXT:
            kept.append(token.contents)
        elif token.token_type == TokenType.VAR:
            literals = ("".join(pair) for pair in _SPOKEN_FILTER.findall(token.contents))
            spoken += [literal for literal in literals if _LETTERS.search(literal)]
    return "".join(kept), spoken


def _word(token: Token) -> str:
    return token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""


class _Words(HTMLParser):
    """Collects what a page says in its own words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _NOT_READ
        kind = dict(attrs).get("type")
        for name, value in attrs:
            read = name in _READ_ATTRIBUTES or (name == "value" and tag == "input" and kind in _BUTTONS)
            if read and value and _LETTERS.search(value):
                self.found.append(f"{name}={value!r}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._silent -= tag in _NOT_READ

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _NOT_READ

    def handle_data(self, data: str) -> None:
        if not self._silent and _LETTERS.search(data):
            self.found.append(" ".join(data.split()))


_TRANSLATORS = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"})
# What these are told, a programmer reads.
_FOR_PROGRAMMERS = re.compile(
    r"(?:Error|Exception|BadSetting|ImproperlyConfigured)$|^(?:debug|info|warning|error|exception|compile|getLogger)$"
)
_PROSE = re.compile(r"^(?:[A-Z][a-z’']+|[AI])(?:[ ,][\w’'“”,;:.!?%()-]+)+$")
_LABELS = frozenset({"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label"})


def in_python(text: str) -> list[str]:
    """List the literals in a face's Python that read like a sentence or label something, and are not translated."""
    return list(_sentences(ast.parse(text)))


def untranslated_refusals(text: str) -> list[str]:
    """List the sentences of refusals that are plain literals."""
    return [
        node.value.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and node.value.value
        and any(isinstance(target, ast.Name) and target.id == "sentence" for target in _targets(node))
    ]


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _sentences(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and (_name(node.func) in _TRANSLATORS or _FOR_PROGRAMMERS.search(_name(node.func))):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.keyword) and node.arg in _LABELS and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        yield from [node.value.value] if _LETTERS.search(node.value.value) else []
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _PROSE.match(node.value.strip()):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _sentences(child)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


_LITERAL = r"(?P<quote>[\"'`])(?P<words>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"
_SPOKEN_SCRIPT = (
    re.compile(rf"\.(?:textContent|innerText|innerHTML|outerHTML|ariaLabel|title|placeholder|alt)\s*\+?=\s*{_LITERAL}", re.DOTALL),
    re.compile(rf"setAttribute\(\s*[\"'](?:aria-[a-z]+|title|alt|placeholder)[\"']\s*,\s*{_LITERAL}", re.DOTALL),
    re.compile(rf"(?:createTextNode|alert|confirm|prompt|announce|insertAdjacentText)\((?:[^\"'`()]*,\s*)?{_LITERAL}", re.DOTALL),
)
_FILLED_IN = re.compile(r"\$\{[^}]*\}|</?\w[^>]*>")
# States that a browser understands and nobody hears: aria-live="polite".
_STATES = frozenset({"true", "false", "polite", "assertive", "off", "page", "step", "mixed", "additions"})


def in_script(text: str) -> list[str]:
    """List the literals with letters that a script puts before a reader's eyes or ears."""
    found = [match["words"] for pattern in _SPOKEN_SCRIPT for match in pattern.finditer(text)]
    return [words for words in found if words not in _STATES and _LETTERS.search(_ENTITY.sub("", _FILLED_IN.sub("", words)))]
