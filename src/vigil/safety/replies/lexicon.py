"""A language's words for what may not leave, read from its file."""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from vigil.identifiers.folding import fold
from vigil.safety.replies.accents import composed

_HERE = Path(__file__).parent / "lexicons"
LANGUAGES = ("en", "zh-Hans", "zh-Hant", "ru", "vi", "tr", "pt", "es", "id", "ja", "ko")
# Which verb a thing belongs to: the last one before it, the first one behind it, or the nearer of the two.
_ORDERS = {"before", "behind", "nearer"}
_LETTERS = "a-z\u00df-\u024f\u0370-\u052f\u1e00-\u1eff"
# In these accents make the word: folded away, "đừng" (do not) is "dùng" (use). Whoever writes without any is read without.
_ACCENTED = {"vi"}
_PARTS_WORDS = re.compile(f"[{_LETTERS}0-9]")
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of thing that nobody of us may ask for, the verbs that ask for it, and its names."""

    what: str
    verbs: re.Pattern[str]
    things: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words of one language, each kind as one pattern over folded text in small letters."""

    language: str
    order: str
    asked: tuple[Asked, ...]
    # Verbs of what a customer does for herself: a password that is to be changed is not asked for.
    cares: re.Pattern[str]
    types: re.Pattern[str]
    here: re.Pattern[str]
    places: re.Pattern[str]
    harmless: re.Pattern[str]
    asides: re.Pattern[str]
    negations: re.Pattern[str]
    reports: re.Pattern[str]
    no_negations: re.Pattern[str]
    others: re.Pattern[str]
    breaks: re.Pattern[str]
    please: re.Pattern[str]
    promises: re.Pattern[str]
    advice: re.Pattern[str]


def lexicon(language: str, *, accents: bool = False) -> Lexicon:
    """Read the words of one of our languages, "pt-BR" is Portuguese; those of English for any other.

    They are folded, to be looked for in folded text, unless the language needs its `accents` and the text has some.
    """
    name = _name(language)
    return _read(name, accents=accents and name in _ACCENTED)


def keeps_accents(language: str) -> bool:
    """Say whether accents make the words of a language."""
    return _name(language) in _ACCENTED


def _name(language: str) -> str:
    plain = language.replace("_", "-").casefold()
    if plain.startswith("zh"):
        return "zh-Hant" if re.search("hant|tw|hk|mo", plain) else "zh-Hans"
    plain = plain.partition("-")[0]
    return plain if plain in LANGUAGES else "en"


@cache
def _read(language: str, *, accents: bool) -> Lexicon:
    return understand(tomllib.loads((_HERE / f"{language}.toml").read_text(encoding="utf-8")), language, composed if accents else fold)


def understand(read: dict[str, Any], language: str, spelled: Callable[[str], str]) -> Lexicon:
    """Make patterns of what a file held. Raises KeyError for a kind that is missing, ValueError for an order nobody knows."""
    if read["order"] not in _ORDERS:
        raise ValueError(f"{language}: order takes one of {', '.join(sorted(_ORDERS))}")
    kinds = (
        "cares",
        "types",
        "here",
        "places",
        "harmless",
        "asides",
        "negations",
        "reports",
        "no_negations",
        "others",
        "breaks",
        "please",
        "promises",
        "advice",
    )
    asked = tuple(Asked(each["what"], _pattern(each["verbs"], spelled), _pattern(each["things"], spelled)) for each in read["asked"])
    return Lexicon(language, read["order"], asked, **{kind: _pattern(read[kind], spelled) for kind in kinds})


def _pattern(words: Iterable[str], spelled: Callable[[str], str]) -> re.Pattern[str]:
    """Find any of the words: whole ones where a script parts words, anywhere where it does not. * stands for an ending."""
    found = sorted({spelled(word) for word in words}, key=lambda word: (-len(word), word))
    parted = [_body(word, r"\s+") for word in found if _PARTS_WORDS.match(word)]
    # Folding parts Korean syllables into letters: the sign of the past, closing the last one, makes another word of it.
    others = [_body(word, r"\s?") + r"(?!\u11bb)" for word in found if not _PARTS_WORDS.match(word)]
    whole = [f"(?<![{_LETTERS}0-9])(?:{'|'.join(parted)})(?![{_LETTERS}])"] if parted else []
    return re.compile("|".join([*whole, *others])) if found else _NEVER


def _body(word: str, gap: str) -> str:
    return gap.join(re.escape(part).replace(r"\*", f"[{_LETTERS}]{{0,8}}") for part in word.split(" "))
