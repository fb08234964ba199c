"""Makes our own scripts, sheets and pages smaller without changing what they do.

It reads the JavaScript that we write and no other: every statement ends with a semicolon, a template holds no template, a module does
nothing before it is called, and what it declares hides nothing of the browser's that it uses as well. It refuses to guess: a name that a
module neither declares nor imports stays as it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import partial

from vigil.look.shrinking.naming import at_the_top, declared, hidden_names, names_at_the_top, short_texts
from vigil.look.shrinking.reading import CLOSE, OPEN, WORDS, Token, read

__all__ = ["Shrunk", "joined", "names_at_the_top", "shrink", "shrink_page", "shrink_sheet"]

_AROUND_SIGNS = re.compile(r"\s*([{};,])\s*")
# A rule by its selectors, and a selector by what it is made of; what stands in brackets selects among others and is left alone.
_RULE = re.compile(r"([^{};@]+)\{([^{}]*)\}")
_BRACKETS = r"\((?:[^()]|\([^()]*\))*\)"
_SELECTOR = re.compile(rf"(?:[^,()]|{_BRACKETS})+")
_SIMPLE = re.compile(rf"{_BRACKETS}|\[[^\]]*\]|\.[\w-]+|(?<![\w.:-])[a-z]\w*")
_NAME_AT_THE_TOP = re.compile(r"\$[A-Za-z]\d*")
_SHORTER = {"const": "let", "true": "!0", "false": "!1"}
_BY_BRACE = ("class ", "function ", "async function ", "if(", "for(", "try{")


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A module in fewer letters, statement by statement, and what its own names at the top are now."""

    statements: tuple[str, ...]
    names: Mapping[str, str]


def shrink(module: str, imported: Mapping[str, str], free: Iterator[str]) -> Shrunk:
    """Write a module that does the same in fewer letters, to stand beside others in one scope.

    `imported` says what its imports are called there; `free` gives names for its own that no other module has. Raises SyntaxError.
    """
    tokens = read(module)
    names = {name: next(free) for name in dict.fromkeys(declared(at_the_top(tokens)))}
    if strange := names.keys() & WORDS:
        raise SyntaxError(f"a word of the language is used as a name: {', '.join(sorted(strange))}")
    pieces = [*_written(tokens, [*short_texts(tokens, {**imported, **names})], hidden_names(tokens))]
    return Shrunk(tuple(_statements(tokens, pieces)), names)


def joined(statements: Iterable[str]) -> str:
    """Put the statements of all modules together, without those that declare what nobody uses."""
    left = list(statements)
    declares = [set(_NAME_AT_THE_TOP.findall(_head(each))) for each in left]
    uses = [set(_NAME_AT_THE_TOP.findall(each)) for each in left]
    wanted = set().union(*(used for used, makes in zip(uses, declares, strict=True) if not makes))
    kept = [not makes for makes in declares]
    while True:
        more = [place for place, makes in enumerate(declares) if not kept[place] and makes & wanted]
        if not more:
            break
        for place in more:
            kept[place] = True
            wanted |= uses[place]
    return "".join(_declared_at_once(each for each, is_kept in zip(left, kept, strict=True) if is_kept))


def _declared_at_once(statements: Iterable[str]) -> Iterator[str]:
    """Write declarations that follow one another as one."""
    held, was_declared = "", False
    for each in statements:
        is_declared = each.startswith(("let ", "let{", "let[")) and each.endswith(";")
        if is_declared and was_declared:
            yield held[:-1] + ","
            held = each[3:].lstrip()
        else:
            yield held
            held = each
        was_declared = is_declared
    yield held


def shrink_sheet(sheet: str, never: Set[str] = frozenset()) -> str:
    """Write a style sheet without comments that says the same in fewer letters; tokens that nothing in it reads are left out.

    So is what only ever selects something that is `never` there (".hint", "code").
    """
    sheet = _RULE.sub(partial(_needed, never=never), sheet)
    used = set(re.findall(r"var\((--[\w-]+)", sheet))
    sheet = re.sub(r"(--[\w-]+):[^;{}]*;", lambda found: found[0] if found[1] in used else "", sheet)
    sheet = _AROUND_SIGNS.sub(r"\1", re.sub(r"\s+", " ", sheet))
    # A selector may hold a space before its colon, a declaration never needs one after it.
    sheet = re.sub(r"(?<=[\w-]): ", ":", sheet).replace(";}", "}").strip()
    return _in_one_layer(re.sub(r" ([>~]) ", r"\1", sheet))


def _needed(rule: re.Match[str], *, never: Set[str]) -> str:
    selectors = [each for each in _SELECTOR.findall(rule[1]) if not never & set(_SIMPLE.findall(each))]
    return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""


def _in_one_layer(sheet: str) -> str:
    """Join what follows one another in the same layer."""
    before = ""
    pieces: list[str] = []
    for piece in re.split(r"(?=@layer \w+\{)", sheet):
        name = piece.partition("{")[0]
        if name and name == before:
            pieces[-1] = pieces[-1].removesuffix("}") + piece.removeprefix(name + "{")
        else:
            pieces.append(piece)
        before = name
    return "".join(pieces)


def shrink_page(page: str) -> str:
    """Write a page without the line breaks and the indentation that its template has for its writer."""
    return re.sub(r"\n\s*", "", page)


def _head(statement: str) -> str:
    """Give the part of a declaration that declares; empty for a statement that does something."""
    found = re.match(
        r"(?:async )?(?:const|let|class|function) ?([^=(]*?)(?:=|\(| extends|\{[^$]|;)|(?:const|let)(\{[^=]*\}|\[[^=]*\])=", statement
    )
    return (found[1] or found[2] or "") if found else ""


def _statements(tokens: list[Token], pieces: list[str]) -> Iterator[str]:
    """Cut what was written where its statements end: at a semicolon, or at the brace that closes a function, a class or a block."""
    depth, start = 0, 0
    for place, token in enumerate(tokens):
        depth -= token.text in CLOSE or (token.kind == "template" and token.text.startswith("}"))
        text = "".join(pieces[start : start + 6]).lstrip()
        if depth == 0 and (token.text == ";" or (token.text == "}" and text.startswith(_BY_BRACE))):
            yield "".join(pieces[start : place + 1]).lstrip()
            start = place + 1
        depth += token.text in OPEN or token.text.endswith("${")
    if start < len(pieces):
        yield "".join(pieces[start:]).lstrip()


def _written(tokens: list[Token], short: list[str], hidden: dict[str, str]) -> Iterator[str]:
    """Write each token, with what has to stand between it and the one before."""
    last, alone = ";", {place for place in range(len(tokens)) if _is_lone_parameter(tokens, place)}
    going_on = set(_going_on(tokens))
    for place, token in enumerate(tokens):
        after = tokens[place + 1].text if place + 1 < len(tokens) else ""
        if place - 1 in going_on:
            yield ""
            continue
        if place in going_on:
            yield (last := ",")
            continue
        if (token.text == ";" and after == "}") or (token.text == "," and after in CLOSE) or {place - 1, place + 1} & alone:
            yield ""
            continue
        text = "#" + hidden[token.text[1:]] if token.kind == "private" else short[place]
        is_key = after == ":" and tokens[place - 1].text in {"{", ","}
        if token.kind == "word" and last[-1] != "." and not is_key:
            text = _SHORTER.get(text, text)
        if token.role == "both" and text != token.text:
            text = f"{token.text}:{text}"
        yield _between(last, text) + text
        last = text


def _going_on(tokens: list[Token]) -> Iterator[int]:
    """Find the semicolons between two declarations that may be one; not at the top, where what nobody uses is left out."""
    is_declaring = [False]
    for place, token in enumerate(tokens):
        if token.text in CLOSE or (token.kind == "template" and token.text.startswith("}")):
            is_declaring.pop()
        elif _declares(token) and tokens[place - 1].text in {";", "{", "}"}:
            is_declaring[-1] = True
        elif token.text == ";":
            is_declaring[-1] = is_declaring[-1] and _declares(tokens[place + 1]) if place + 1 < len(tokens) else False
            if is_declaring[-1] and len(is_declaring) > 1:
                yield place
        if token.text in OPEN or token.text.endswith("${"):
            is_declaring.append(False)


def _declares(token: Token) -> bool:
    return token.kind == "word" and token.text in {"const", "let"}


def _is_lone_parameter(tokens: list[Token], place: int) -> bool:
    around = [token.text for token in tokens[place - 1 : place + 3]]
    return (
        place > 1 and bool(tokens[place].role) and around[:1] == ["("] and around[2:] == [")", "=>"] and not _is_called(tokens[place - 2])
    )


def _is_called(before: Token) -> bool:
    # `async (each) =>` and a method's parameters need their brackets.
    return before.kind in {"word", "private"} and before.text not in {"return", "await"}


def _between(last: str, text: str) -> str:
    if (last[-1].isalnum() or last[-1] in "_$") and (text[0].isalnum() or text[0] in "_$#"):
        return " "
    if last[-1] in "+-" and text[0] == last[-1]:
        return " "
    # What ends a statement is its semicolon or the brace of its block, and never the end of a line.
    return ""
