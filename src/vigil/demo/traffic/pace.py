"""How fast people type, read and arrive."""

import unicodedata
from random import Random

# Letters a second on a phone. A Chinese or Japanese character, or a Korean syllable, carries about two and a half letters.
_LETTERS_A_SECOND = 6.5
_WIDE_LETTER = 2.5
_READING_LETTERS_A_SECOND = 25.0


def dice(seed: float) -> Random:
    """Give a source of chance that the same seed repeats."""
    return Random(seed)  # noqa: S311 - a play that can be repeated, not a secret.


def typing_seconds(text: str, rng: Random) -> float:
    """Tell how long somebody types these words, 1 to 20 seconds; nobody types the identifiers, they paste them."""
    typed = sum(_weight(word) for word in text.split())
    return min(20.0, max(1.0, typed / _LETTERS_A_SECOND * rng.uniform(0.7, 1.4)))


def reading_seconds(text: str, rng: Random) -> float:
    """Tell how long somebody reads an answer before typing, 2 to 15 seconds."""
    letters = sum(_WIDE_LETTER if unicodedata.east_asian_width(letter) == "W" else 1.0 for letter in text)
    return min(15.0, max(2.0, letters / _READING_LETTERS_A_SECOND * rng.uniform(0.8, 1.5)))


def seconds_to_next(per_minute: float, rng: Random) -> float:
    """Draw the pause until the next customer comes, as independent arrivals at that rate have it."""
    return rng.expovariate(per_minute / 60)


def _weight(word: str) -> float:
    if len(word) > 30 and word.isascii():
        return 2.0
    return 1.0 + sum(_WIDE_LETTER if unicodedata.east_asian_width(letter) == "W" else 1.0 for letter in word)
