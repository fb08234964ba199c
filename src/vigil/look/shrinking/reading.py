"""Reads a script of ours: its pieces, and which of its words are names."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<number>\d[\w.]*)
    |(?P<private>\#[A-Za-z_$][\w$]*)
    |(?P<word>[A-Za-z_$][\w$]*)
    |(?P<sign>\.\.\.|=>|\?\.(?!\d)|[<>=!]==?|\?\?=?|&&=?|\|\|=?|\+\+|--|\*\*|[-+*/%&|^]=|>>>?|<<|[{}()\[\];,<>+\-*/%&|^!~?:=.])""",
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_TEMPLATE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)
_BEFORE_VALUE = {"return", "typeof", "case", "in", "of", "await", "yield", "void", "delete", "throw", "new", "else"}
_ACCESSORS = {"get", "set", "async", "static"}
OPEN, CLOSE = {"{", "(", "["}, {"}", ")", "]"}
# Words of the language itself, which no variable is called.
_LANGUAGE = (
    "async await break case catch class const continue default delete do else export extends false finally for from function get if "
    "import in instanceof let new null of return set static super switch this throw true try typeof undefined void while yield"
)
WORDS = frozenset(_LANGUAGE.split())


class Token(NamedTuple):
    """One piece of a script; `role` is what a word is: name, key, both (a name that is a key as well) or empty."""

    kind: str
    text: str
    role: str = ""


def read(script: str) -> list[Token]:
    """Cut a script into its pieces, each word with its role. Raises SyntaxError for what it cannot read."""
    return [*_roles([*_tokens(script)])]


def _tokens(script: str) -> Iterator[Token]:
    place, last, depth = 0, "", [0]
    while place < len(script):
        is_value = last not in {")", "]", "}"} and (not re.fullmatch(r"[\w$#].*", last, re.DOTALL) or last in _BEFORE_VALUE)
        if script[place] == "`" or (script[place] == "}" and depth[-1] == 0 and len(depth) > 1):
            if script[place] == "}":
                depth.pop()
            end = _end_of(_TEMPLATE, script, place + 1)
            is_open = script.startswith("${", end)
            if is_open:
                depth.append(0)
            elif script[end : end + 1] != "`":
                raise SyntaxError(f"this does not end: {script[place : place + 40]!r}")
            text, kind = script[place : end + (2 if is_open else 1)], "template"
        elif script[place] == "/" and is_value and script[place + 1] not in "/*":
            text, kind = script[place : _end_of(_REGEX, script, place)], "regex"
        else:
            found = _TOKEN.match(script, place)
            if found is None:
                raise SyntaxError(f"this cannot be read: {script[place : place + 40]!r}")
            text, kind = found[0], found.lastgroup or ""
        place += len(text)
        if kind == "space":
            continue
        depth[-1] += (text == "{") - (text == "}")
        yield Token(kind, text)
        last = "" if text.endswith("${") else text


def _end_of(pattern: re.Pattern[str], script: str, place: int) -> int:
    found = pattern.match(script, place)
    if found is None:
        raise SyntaxError(f"this does not end: {script[place : place + 40]!r}")
    return found.end()


def _roles(tokens: list[Token]) -> Iterator[Token]:
    """Tell names from keys by the bracket they stand in: an object's, a class's, or any other."""
    around = ["block"]
    is_class = False
    for place, token in enumerate(tokens):
        before = tokens[place - 1].text if place else ";"
        after = tokens[place + 1].text if place + 1 < len(tokens) else ""
        if token.kind == "word" and token.text not in WORDS and before not in {".", "?."}:
            earlier = tokens[place - 2].text if before in _ACCESSORS else before
            yield token._replace(role=_role(around[-1], earlier, after))
        else:
            yield token
        is_class = (is_class or token.text == "class") and token.text != "{"
        if token.text in OPEN or token.text.endswith("${"):
            around.append(_bracket(token.text, before, is_class=token.text == "{" and opens_class(tokens, place)))
        if token.text in CLOSE or (token.kind == "template" and token.text.startswith("}")):
            around.pop(-2 if token.text.endswith("${") else -1)


def opens_class(tokens: list[Token], place: int) -> bool:
    """Say whether the brace at `place` opens a class."""
    heads = [token.text for token in tokens[max(0, place - 4) : place]]
    return "class" in heads and not {";", "{", "}"} & set(heads[heads.index("class") :])


def _bracket(text: str, before: str, *, is_class: bool) -> str:
    if is_class:
        return "class"
    if text != "{":
        return "list"
    return "block" if before in {")", "=>", ";", "{", "}", "else", "try", "catch", "finally", "do", ""} else "object"


def _role(around: str, before: str, after: str) -> str:
    if around == "class" and before in {"{", "}", ";"}:
        return ""
    if around == "object" and before in {"{", ","}:
        return "" if after in {":", "("} else "both"
    return "name"
