"""What a word's forms have in common, by the Snowball algorithms; Chinese, Japanese, Korean and Vietnamese have no such forms."""

import threading
from collections.abc import Iterable
from functools import lru_cache

from Stemmer import Stemmer

from vigil.languages.lexemes.folding import fold

_ALGORITHMS = {"en": "english", "ru": "russian", "tr": "turkish", "pt": "portuguese", "es": "spanish", "id": "indonesian"}
_OF_LATIN = ("en", "es", "pt", "id", "tr")
_SHORTEST = 3
_own = threading.local()  # A stemmer holds what it works on, so that each thread has its own.


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """Tell the folded stem of a word; in letters that are not the language's own, that of the language they belong to."""
    if len(word) < _SHORTEST:
        return fold(word)
    is_cyrillic = "\u0400" <= word[0] <= "\u04ff"
    if language == "vi" and not is_cyrillic:
        return fold(word)
    known = "ru" if is_cyrillic else language if language in _OF_LATIN else "en"
    return fold(_stemmer(known).stemWord(_small(word, known)))


def stems_in_all(word: str) -> Iterable[str]:
    """Tell a word's stems in every language it may be of: whoever asks does not say which one."""
    return dict.fromkeys(stem(word, language) for language in _OF_LATIN)


def _small(word: str, language: str) -> str:
    # Turkish alone has a capital for each of its two.
    return word.replace("I", "ı").replace("İ", "i").lower() if language == "tr" else word.lower()


def _stemmer(language: str) -> Stemmer:
    known: dict[str, Stemmer] | None = getattr(_own, "stemmers", None)
    if known is None:
        known = _own.stemmers = {}
    if language not in known:
        known[language] = Stemmer(_ALGORITHMS[language])
    return known[language]
