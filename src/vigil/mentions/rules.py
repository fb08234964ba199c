"""Whom a note names."""

from collections.abc import Iterable, Mapping

_SIGN = "@"
_WIDE_SIGN = "＠"  # as Chinese and Japanese input methods write it
# From here on scripts are written without spaces, so that a name ends wherever the next word begins.
_WITHOUT_SPACES = 0x2E80


def named_in(text: str, names: Mapping[int, str]) -> list[int]:
    """List those of the people, each once, whose whole name stands behind a sign of its own; of several that fit, the longest name.

    An address of mail names nobody. Two people of one name are both named.
    """
    folded = text.casefold().replace(_WIDE_SIGN, _SIGN)
    called = {agent: name.casefold() for agent, name in names.items() if name.strip()}
    found: dict[int, None] = {}
    for place in _signs_in(folded):
        rest = folded[place + 1 :]
        fitting = [(len(name), agent) for agent, name in called.items() if rest.startswith(name) and _ends(name, rest[len(name) :])]
        longest = max((length for length, _ in fitting), default=0)
        found |= {agent: None for length, agent in fitting if length == longest}
    return list(found)


def _signs_in(text: str) -> Iterable[int]:
    for place, letter in enumerate(text):
        before = text[place - 1] if place else " "
        if letter == _SIGN and not (before.isalnum() and ord(before) < _WITHOUT_SPACES) and before not in "._-+":
            yield place


def _ends(name: str, rest: str) -> bool:
    return not rest[:1].isalnum() or ord(rest[0]) >= _WITHOUT_SPACES or ord(name[-1]) >= _WITHOUT_SPACES
