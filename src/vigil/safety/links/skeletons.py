"""What a name looks like to somebody who reads quickly: one letter for all that look like it. Source: Unicode's UTS 39."""

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_MARKS = {"Mn", "Me", "Cf"}
# Pairs that are read as one letter, and digits that are read as letters, where every letter is a plain one.
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_DIGITS = str.maketrans({"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "!": "i", "$": "s"})
_PLAIN = re.compile(r"[a-z0-9]+")
# Small letters that are taken for one another without any table: i, j and l in most typefaces.
_THIN = str.maketrans({"i": "l", "j": "l"})


@cache
def _alike() -> dict[str, str]:
    """Read the table of confusable characters, and keep those that look like letters and digits of ASCII."""
    table = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text(encoding="utf-8"))
    alike = {}
    for char, others in table.items():
        if len(char) == 1 and not char.isascii():
            plain = next((other["c"].lower() for other in others if _PLAIN.fullmatch(other["c"].lower())), None)
            if plain:
                alike[char] = plain
    return alike


@lru_cache(maxsize=4096)
def plain_letters(name: str) -> str:
    """Write a name with the plain letters that its characters look like; what looks like none stays as it is."""
    if name.isascii():
        return name
    return "".join(_plain(char) for char in unicodedata.normalize("NFD", name) if unicodedata.category(char) not in _MARKS)


def _plain(char: str) -> str:
    if char.isascii():
        return char
    return _alike().get(char) or _alike().get(char.upper()) or unicodedata.normalize("NFKD", char)


def readings(name: str) -> tuple[str, ...]:
    """List what a name may be read as: its plain letters, then with digits as letters, then with pairs as one letter."""
    plain = plain_letters(name)
    lettered = plain.translate(_DIGITS) if re.search("[a-z]", plain) else plain
    paired = lettered
    for pair, single in _PAIRS:
        paired = paired.replace(pair, single)
    return tuple(dict.fromkeys((plain, lettered, paired)))


def thin(name: str) -> str:
    """Write a name so that letters which are one stroke in most typefaces are the same."""
    return name.translate(_THIN)


def mixes_scripts(name: str) -> bool:
    """Say whether letters of Latin stand beside look-alikes of another script in one name."""
    scripts = {unicodedata.name(char, "?").partition(" ")[0] for char in name if char.isalpha()}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})
