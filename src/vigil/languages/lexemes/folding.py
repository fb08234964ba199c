"""Which spellings of a word are one: small and capital letters, accents, wide and narrow forms, both scripts of Chinese."""

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

# Letters of their own, which no decomposition leads back to the one that is typed for them; and ё, which Russian writes as е.
_PLAIN = str.maketrans({"đ": "d", "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ё": "е"})
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_LONG = "ー"
# The word for "account" alone has three: Taiwan's 帳, Hong Kong's 賬 and the mainland's 账, which also writes 帐.
_ACCOUNT = {ord("帳"): "账", ord("帐"): "账"}


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Write a word of an alphabet as the index does: small, wide forms narrow, accents off, Turkish ı and İ as i, ё as е.

    Cyrillic keeps its й, which is no accented letter to whoever writes it.
    """
    plain = unicodedata.normalize("NFKC", word).casefold()
    if plain.isascii():
        return plain
    return "".join(map(_bare, plain.translate(_PLAIN)))


def fold_pictures(run: str) -> str:
    """Write Chinese characters, kana or Hangul as the index does: wide forms, katakana as hiragana, traditional as simplified."""
    wide = unicodedata.normalize("NFKC", run)
    return wide.translate(_HIRAGANA).translate(simplified())


def without_long_end(run: str) -> str:
    """Leave out the long vowel at a Japanese word's end, which some write and some do not."""
    return run[:-1] if len(run) > 2 and run.endswith(_LONG) else run


@cache
def simplified() -> dict[int, str]:
    """Give the simplified character for each traditional one, by OpenCC's table; read once, 0.1 MB."""
    text = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if "\t" in line)
    return {ord(old): new.split(" ")[0] for old, new in pairs if len(old) == 1} | _ACCOUNT


def _bare(letter: str) -> str:
    if letter < "\u0250" or "\u1e00" <= letter <= "\u1fff" or "\u0370" <= letter <= "\u03ff" or "\u0300" <= letter <= "\u036f":
        return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
    return letter
