"""Whom a note names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_SIGN = "@"
_WIDE_SIGN = "＠"  # as Chinese and Japanese input methods write it
# From here on scripts are written without spaces, so that a name ends wherever the next word begins.
_WITHOUT_SPACES = 0x2E80


@dataclass(frozen=True, slots=True)
class Naming:
    """Where a text names somebody: from its sign, the letter `start`, to before the letter `end`; two people may have one name."""

    start: int
    end: int
    people: tuple[int, ...]


def namings_in(text: str, names: Mapping[int, str]) -> Iterator[Naming]:
    """Find where a whole name of these people stands behind a sign of its own; of several that fit, the longest name.

    An address of mail names nobody.
    """
    called = {agent: name.casefold() for agent, name in names.items() if name.strip()}
    for place in _signs_in(text):
        rest = text[place + 1 :]
        # Letter by letter: folded, a letter may become two.
        ends = {agent: end for agent, name in called.items() if (end := _end_of(name, rest)) is not None}
        longest = max(ends.values(), default=0)
        if longest:
            yield Naming(place, place + 1 + longest, tuple(agent for agent, end in ends.items() if end == longest))


def named_in(text: str, names: Mapping[int, str]) -> list[int]:
    """List those of the people, each once, whom a text names."""
    return list(dict.fromkeys(agent for naming in namings_in(text, names) for agent in naming.people))


def may_name(text: str) -> bool:
    """Say whether a text holds a sign with which names begin."""
    return _SIGN in text or _WIDE_SIGN in text


def _signs_in(text: str) -> Iterable[int]:
    for place, letter in enumerate(text):
        before = text[place - 1] if place else " "
        if letter in (_SIGN, _WIDE_SIGN) and not (before.isalnum() and ord(before) < _WITHOUT_SPACES) and before not in "._-+":
            yield place


def _end_of(name: str, text: str) -> int | None:
    """Tell where the folded name ends with which a text begins; None where it does not begin so."""
    folded = ""
    for end, letter in enumerate(text, start=1):
        folded += letter.casefold()
        if len(folded) >= len(name) or not name.startswith(folded):
            return end if folded == name and _ends(name, text[end:]) else None
    return None


def _ends(name: str, rest: str) -> bool:
    return not rest[:1].isalnum() or ord(rest[0]) >= _WITHOUT_SPACES or ord(name[-1]) >= _WITHOUT_SPACES
