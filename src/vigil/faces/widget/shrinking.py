"""Makes our own scripts and sheets smaller without changing what they do: no needless spaces, short names for what only they see.

It reads the JavaScript that we write and no other: every statement ends with a semicolon, a template holds no template, and what a
module declares hides nothing of the browser's that it uses as well. A name that it neither declares nor imports stays.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from string import ascii_letters
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
_AROUND_SIGNS = re.compile(r"\s*([{};,])\s*")
_BEFORE_VALUE = {"return", "typeof", "case", "in", "of", "await", "yield", "void", "delete", "throw", "new", "else"}
_CONDITIONS = {"if", "for", "while", "switch", "with"}
_ACCESSORS = {"get", "set", "async", "static"}
_OPEN, _CLOSE = {"{", "(", "["}, {"}", ")", "]"}
# Words of the language itself, which no variable is called.
_LANGUAGE = (
    "async await break case catch class const continue default delete do else export extends false finally for from function get if "
    "import in instanceof let new null of return set static super switch this throw true try typeof undefined void while yield"
)
_WORDS = frozenset(_LANGUAGE.split())


class Token(NamedTuple):
    """One piece of a script; `role` is what a word is: name, key, both (a name that is a key as well) or empty."""

    kind: str
    text: str
    is_new_line: bool
    role: str = ""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A module in fewer letters, and what its own names at the top are now."""

    text: str
    names: Mapping[str, str]


def shrink(module: str, imported: Mapping[str, str], free: Iterator[str]) -> Shrunk:
    """Write a module that does the same in fewer letters, to stand beside others in one scope.

    `imported` says what its imports are called there; `free` gives names for its own that no other module has. Raises SyntaxError.
    """
    tokens = [*_roles(list(_tokens(module)))]
    names = {name: next(free) for name in dict.fromkeys(_declared(_top(tokens)))}
    texts = list(_short(tokens, {**imported, **names}))
    return Shrunk("".join(_written(tokens, texts, _hidden(tokens))), names)


def names_at_the_top() -> Iterator[str]:
    """Give names for the top of the modules, each once; names within them never begin so."""
    return (f"${each}" for each in _letters())


def shrink_sheet(sheet: str) -> str:
    """Write a style sheet without comments that says the same in fewer letters; tokens that nothing in it reads are left out."""
    used = set(re.findall(r"var\((--[\w-]+)", sheet))
    sheet = re.sub(r"(--[\w-]+):[^;{}]*;", lambda found: found[0] if found[1] in used else "", sheet)
    sheet = _AROUND_SIGNS.sub(r"\1", re.sub(r"\s+", " ", sheet))
    # A selector may hold a space before its colon, a declaration never needs one after it.
    return re.sub(r"(?<=[\w-]): ", ":", sheet).replace(";}", "}").strip()


def shrink_page(page: str) -> str:
    """Write a page without the line breaks and the indentation that its template has for its writer."""
    return re.sub(r"\n\s*", "", page)


def _tokens(script: str) -> Iterator[Token]:
    place, last, depth, is_new_line = 0, "", [0], False
    while place < len(script):
        is_value = last not in {")", "]", "}"} and (not re.fullmatch(r"[\w$#].*", last, re.DOTALL) or last in _BEFORE_VALUE)
        if script[place] == "`" or (script[place] == "}" and depth[-1] == 0 and len(depth) > 1):
            if script[place] == "}":
                depth.pop()
            end = _end_of(_TEMPLATE, script, place + 1)
            is_open = script.startswith("${", end)
            if is_open:
                depth.append(0)
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
            is_new_line = is_new_line or "\n" in text
            continue
        depth[-1] += (text == "{") - (text == "}")
        yield Token(kind, text, is_new_line)
        last, is_new_line = ("" if text.endswith("${") else text), False


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
        if token.kind == "word" and token.text not in _WORDS and before not in {".", "?."}:
            earlier = tokens[place - 2].text if before in _ACCESSORS else before
            yield token._replace(role=_role(around[-1], earlier, after))
        else:
            yield token
        is_class = (is_class or token.text == "class") and token.text != "{"
        if token.text in _OPEN or token.text.endswith("${"):
            around.append(_bracket(token.text, before, is_class=token.text == "{" and _opens_class(tokens, place)))
        if token.text in _CLOSE or (token.kind == "template" and token.text.startswith("}")):
            around.pop(-2 if token.text.endswith("${") else -1)


def _opens_class(tokens: list[Token], place: int) -> bool:
    heads = [token.text for token in tokens[max(0, place - 4) : place]]
    return "class" in heads and not {";", "{", "}"} & set(heads[heads.index("class") :])


def _bracket(text: str, before: str, *, is_class: bool) -> str:
    if is_class:
        return "class"
    if text != "{":
        return "list"
    return "block" if before in {")", "=>", ";", "{", "}", "else", "try", "finally", "do", ""} else "object"


def _role(around: str, before: str, after: str) -> str:
    if around == "class" and before in {"{", "}", ";"}:
        return ""
    if around == "object" and before in {"{", ","}:
        return "" if after in {":", "("} else "both"
    return "name"


def _declared(tokens: list[Token]) -> Iterator[str]:
    """Name what a module declares: constants, classes, functions and their parameters."""
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else token
        if token.text in {"const", "let", "class", "function"} and token.kind == "word":
            yield from _bound(tokens, place + 1)
        elif token.text == "=>" and tokens[place - 1].role:
            yield tokens[place - 1].text
        elif token.text == ")" and after.text in {"=>", "{"}:
            start = _start_of(tokens, place)
            if tokens[start - 1].text not in _CONDITIONS:
                yield from _bound(tokens, start)


def _start_of(tokens: list[Token], end: int) -> int:
    depth = 0
    for place in range(end, -1, -1):
        depth += (tokens[place].text in _CLOSE) - (tokens[place].text in _OPEN)
        if depth == 0:
            return place
    raise SyntaxError("a bracket is closed that was never opened")


def _bound(tokens: list[Token], start: int) -> Iterator[str]:
    """Name what a pattern binds, its default values left out."""
    if tokens[start].kind == "word":
        yield tokens[start].text
        return
    depth, default_at = 0, None
    for token in tokens[start:]:
        depth += (token.text in _OPEN) - (token.text in _CLOSE)
        if default_at is not None and (depth < default_at or (depth == default_at and token.text == ",")):
            default_at = None
        if depth == 0:
            return
        if default_at is None and token.text == "=":
            default_at = depth
        if default_at is None and token.role:
            yield token.text


def _short(tokens: list[Token], at_top: Mapping[str, str]) -> Iterator[str]:
    """Give each token the text that it gets: each member may call what it declares as others call what they declare."""
    declared = set(_declared(tokens)) - at_top.keys()
    members = list(_members(tokens))
    used: dict[int, list[str]] = {}
    for token, member in zip(tokens, members, strict=True):
        used.setdefault(member, []).extend([token.text] if token.role else [])
    local = {
        member: _short_names([name for name in names if name in declared], {name for name in names if name not in declared})
        for member, names in used.items()
    }
    for token, member in zip(tokens, members, strict=True):
        yield ({**at_top, **local[member]} if token.role else {}).get(token.text, token.text)


def _top(tokens: list[Token]) -> list[Token]:
    """Leave what stands at the top of a module, with the patterns there; bodies and calls are reduced to their brackets."""
    depth, is_pattern, found = 0, False, []
    for place, token in enumerate(tokens):
        is_pattern = is_pattern or (depth == 0 and token.text in _OPEN and tokens[place - 1].text in {"const", "let"})
        depth -= token.text in _CLOSE or (token.kind == "template" and token.text.startswith("}"))
        if depth == 0 or is_pattern:
            found.append(token)
        depth += token.text in _OPEN or token.text.endswith("${")
        is_pattern = is_pattern and depth > 0
    return found


def _members(tokens: list[Token]) -> Iterator[int]:
    """Number the members of a module, and those of its classes, token by token."""
    around, number = 0, 0
    classes: list[int] = []
    for place, token in enumerate(tokens):
        if token.text in _CLOSE or (token.kind == "template" and token.text.startswith("}")):
            around -= 1
        if classes and around == classes[-1] - 1 and token.text == "}":
            classes.pop()
        yield number
        if token.text in _OPEN or token.text.endswith("${"):
            around += 1
            if token.text == "{" and _opens_class(tokens, place):
                classes.append(around)
                number += 1
        if token.text in {";", "}"} and around == len(classes):
            number += 1


def _hidden(tokens: list[Token]) -> dict[str, str]:
    return _short_names((token.text[1:] for token in tokens if token.kind == "private"), _WORDS)


def _short_names(names: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """Give each name a short one that nobody has; those that are used most come first."""
    uses: dict[str, int] = {}
    for name in names:
        uses[name] = uses.get(name, 0) + 1
    barred = {*taken, *_WORDS}
    free = (name for name in _letters() if name not in barred)
    return {name: next(free) for name in sorted(uses, key=lambda each: (-uses[each], each))}


def _letters() -> Iterator[str]:
    return (ascii_letters[n % 52] + (str(n // 52 - 1) if n >= 52 else "") for n in count())


def _written(tokens: list[Token], short: list[str], hidden: dict[str, str]) -> Iterator[str]:
    last = ";"
    for place, token in enumerate(tokens):
        after = tokens[place + 1].text if place + 1 < len(tokens) else ""
        if (token.text == ";" and after == "}") or (token.text == "," and after in _CLOSE):
            continue
        text = "#" + hidden[token.text[1:]] if token.kind == "private" else short[place]
        if token.role == "both" and text != token.text:
            text = f"{token.text}:{text}"
        yield _between(last, text, is_new_line=token.is_new_line) + text
        last = text


def _between(last: str, text: str, *, is_new_line: bool) -> str:
    if (last[-1].isalnum() or last[-1] in "_$") and (text[0].isalnum() or text[0] in "_$#"):
        return " "
    if last[-1] in "+-" and text[0] == last[-1]:
        return " "
    # The end of a line may end a statement: only where it cannot is it left out.
    ends = last[-1] in ")]}`\"'" or last[-1].isalnum()
    return "\n" if is_new_line and ends and text[0] not in "})],;:?.=&|" else ""
