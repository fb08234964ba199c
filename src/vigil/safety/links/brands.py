"""The tables beside this file, read once: whose names are imitated, and the words that go with it."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Brand:
    """Somebody whose customers are deceived: what their names are made of, and their own domains.

    `tokens`, `short` and `words` are kinds of names, told apart at the head of the table. Our own brand `is_ours`: a slip in
    its name counts beside a lure however short it is.
    """

    name: str
    domains: frozenset[str]
    tokens: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    is_ours: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """List its names of every kind."""
        return self.tokens + self.short + self.words


@dataclass(frozen=True, slots=True)
class Lures:
    """Words that a look-alike adds, hosts that lead elsewhere, and providers that give names to anybody."""

    words: frozenset[str]
    shorteners: frozenset[str]
    platforms: frozenset[str]

    @property
    def longest(self) -> int:
        """Say how many letters the longest word has."""
        return _longest(self.words)

    def only(self, rest: str) -> bool:
        """Say whether `rest` is made of nothing but these words and digits."""
        return bool(_segments(self.words).fullmatch(rest))


@cache
def brands() -> tuple[Brand, ...]:
    """List the exchanges that are imitated; ours is not among them."""
    return tuple(_brand(each) for each in _read("brands.toml")["brands"])


def _brand(read: dict[str, Any]) -> Brand:
    tokens, short, words = (tuple(read.get(kind, ())) for kind in ("tokens", "short", "words"))
    return Brand(read["name"], frozenset(read["domains"]), tokens, short, words)


@cache
def lures() -> Lures:
    """Read the words that go with a name."""
    read = _read("lures.toml")
    return Lures(frozenset(read["lures"]), frozenset(read["shorteners"]), frozenset(read["platforms"]))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


@cache
def _longest(words: frozenset[str]) -> int:
    return max(map(len, words))


@cache
def _segments(words: frozenset[str]) -> re.Pattern[str]:
    longest_first = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    # A name has at most 63 letters, so that trying again costs little.
    return re.compile(rf"(?:{longest_first}|\d+)*")
