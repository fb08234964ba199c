"""Words that stay as they are, each with its reason: names that no language translates, and sentences that are the same."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("names.toml")


@dataclass(frozen=True)
class Name:
    """A word in Latin letters that may stand in a text in any script."""

    text: str
    reason: str


@dataclass(frozen=True)
class Same:
    """A sentence whose translation into these languages is letter for letter the English one."""

    msgid: str
    languages: frozenset[str]
    reason: str


@dataclass(frozen=True)
class Names:
    """The whole list."""

    names: tuple[Name, ...] = ()
    same: tuple[Same, ...] = ()

    def without(self, text: str) -> str:
        """Drop every name from `text`, where it stands as a word of its own."""
        return self._pattern().sub(" ", text) if self.names else text

    def may_equal(self, msgid: str, language: str) -> bool:
        """Say whether this sentence may stay English in that language."""
        return any(each.msgid == msgid and language in each.languages for each in self.same)

    def _pattern(self) -> re.Pattern[str]:
        return _pattern(tuple(sorted((each.text for each in self.names), key=len, reverse=True)))


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    # A Han character beside a name is no part of it, so Python's \b, which takes it for a letter, will not do.
    return re.compile(r"(?<![A-Za-z0-9])(?:" + "|".join(re.escape(word) for word in words) + r")(?![A-Za-z0-9])")


def load_names(path: Path = _FILE) -> Names:
    """Load the list that the project keeps."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Names(
        names=tuple(Name(each["text"], each["reason"]) for each in raw.get("name", [])),
        same=tuple(Same(each["msgid"], frozenset(each["languages"]), each["reason"]) for each in raw.get("same", [])),
    )
