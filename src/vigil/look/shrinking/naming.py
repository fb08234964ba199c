"""Says which names a module makes, and gives them short ones."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from string import ascii_letters

from vigil.look.shrinking.reach import Reach
from vigil.look.shrinking.reading import CLOSE, OPEN, WORDS, Token, opens_class

_CONDITIONS = {"if", "for", "while", "switch", "with"}


def names_at_the_top() -> Iterator[str]:
    """Give names for the top of the modules, each once; names within them never begin so."""
    return (f"${each}" for each in _letters())


def declared(tokens: list[Token]) -> Iterator[str]:
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
        depth += (tokens[place].text in CLOSE) - (tokens[place].text in OPEN)
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
        depth += (token.text in OPEN) - (token.text in CLOSE)
        if default_at is not None and (depth < default_at or (depth == default_at and token.text == ",")):
            default_at = None
        if depth == 0:
            return
        if default_at is None and token.text == "=":
            default_at = depth
        if default_at is None and token.role:
            yield token.text


def short_texts(tokens: list[Token], at_top: Mapping[str, str]) -> Iterator[str]:
    """Give each token the text that it gets: each member may call what it declares as others call what they declare.

    Raises SyntaxError where a member means something of the browser's by a name that another declares as its own.
    """
    ours = set(declared(tokens)) - at_top.keys()
    members = list(_members(tokens))
    pieces: dict[int, list[Token]] = {}
    for token, member in zip(tokens, members, strict=True):
        pieces.setdefault(member, []).append(token)
    for piece in pieces.values():
        if strange := ({token.text for token in piece if token.role} & ours) - set(declared(piece)):
            raise SyntaxError(f"declared elsewhere, and not where it is used: {', '.join(sorted(strange))}")
    places: dict[int, dict[str, list[int]]] = {}
    for place, (token, member) in enumerate(zip(tokens, members, strict=True)):
        if token.role:
            places.setdefault(member, {}).setdefault(token.text, []).append(place)
    reach = Reach(tokens)
    local = {
        member: _short_where_they_hold(
            {name: reach.of(found) for name, found in names.items() if name in ours}, {name for name in names if name not in ours}
        )
        for member, names in places.items()
    }
    for token, member in zip(tokens, members, strict=True):
        yield ({**at_top, **local[member]} if token.role else {}).get(token.text, token.text)


def _short_where_they_hold(reaches: Mapping[str, range], taken: Iterable[str]) -> dict[str, str]:
    """Give each name the shortest that no other has where it reaches."""
    barred = {*taken, *WORDS}
    short: dict[str, str] = {}
    for name, reach in reaches.items():
        near = {short[other] for other in short if reach.start < reaches[other].stop and reaches[other].start < reach.stop}
        short[name] = next(each for each in _letters() if each not in barred and each not in near)
    return short


def at_the_top(tokens: list[Token]) -> list[Token]:
    """Leave what stands at the top of a module, with the patterns there; bodies and calls are reduced to their brackets."""
    depth, is_pattern, found = 0, False, []
    for place, token in enumerate(tokens):
        is_pattern = is_pattern or (depth == 0 and token.text in OPEN and tokens[place - 1].text in {"const", "let"})
        depth -= token.text in CLOSE or (token.kind == "template" and token.text.startswith("}"))
        if depth == 0 or is_pattern:
            found.append(token)
        depth += token.text in OPEN or token.text.endswith("${")
        is_pattern = is_pattern and depth > 0
    return found


def _members(tokens: list[Token]) -> Iterator[int]:
    """Number the members of a module, and those of its classes, token by token."""
    around, number = 0, 0
    classes: list[int] = []
    for place, token in enumerate(tokens):
        if token.text in CLOSE or (token.kind == "template" and token.text.startswith("}")):
            around -= 1
        if classes and around == classes[-1] - 1 and token.text == "}":
            classes.pop()
        yield number
        if token.text in OPEN or token.text.endswith("${"):
            around += 1
            if token.text == "{" and opens_class(tokens, place):
                classes.append(around)
                number += 1
        if token.text in {";", "}"} and around == len(classes):
            number += 1


def hidden_names(tokens: list[Token]) -> dict[str, str]:
    """Give each private name of a class its short one."""
    return _short_names((token.text[1:] for token in tokens if token.kind == "private"), WORDS)


def _short_names(names: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """Give each name a short one that nobody has; those that are used most come first."""
    uses: dict[str, int] = {}
    for name in names:
        uses[name] = uses.get(name, 0) + 1
    barred = {*taken, *WORDS}
    free = (name for name in _letters() if name not in barred)
    return {name: next(free) for name in uses}


def _letters() -> Iterator[str]:
    return (ascii_letters[n % 52] + (str(n // 52 - 1) if n >= 52 else "") for n in count())
