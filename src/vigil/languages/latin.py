"""Which of the languages that share the Latin alphabet some words are in, by the words themselves; pure, and linear in the text."""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_OURS = ("en", "es", "pt", "id", "tr", "vi")
_MOST_WORDS = 80  # more of a text does not change the answer
_WORD = re.compile(r"[^\W\d_]+(?:['’·][^\W\d_]+)*")

# What one clue is worth, shared among the languages that have it.
_OF_WORD, _OF_BARE_WORD = 4.0, 2.6
_OF_END, _OF_START, _OF_PART, _OF_THREE = 1.0, 0.6, 0.35, 0.5
_LONGEST_CLUE = 5
# What the best must have in all, and ahead of the second.
_ENOUGH, _AHEAD = 1.0, 1.05


@dataclass(frozen=True, slots=True)
class _Clues:
    """Everything that is looked for, each with the languages it speaks for and how loudly."""

    words: Mapping[str, Mapping[str, float]]
    ends: Mapping[str, Mapping[str, float]]
    starts: Mapping[str, Mapping[str, float]]
    parts: Mapping[str, Mapping[str, float]]
    threes: Mapping[str, Mapping[str, float]]


def guess_latin(letters: str) -> str | None:
    """Guess the code of ours for text in Latin letters; None where it is another's, or could be of two."""
    scores: defaultdict[str, float] = defaultdict(float)
    words = _WORD.findall(letters.lower())[:_MOST_WORDS]
    for word in words:
        for language, points in _heard(word.replace("’", "'")).items():
            scores[language] += points
    ranked = sorted(scores.items(), key=lambda each: -each[1])[:2]
    if not ranked or ranked[0][1] < _ENOUGH:
        return None
    best, points = ranked[0]
    is_ahead = len(ranked) == 1 or points >= ranked[1][1] * _AHEAD
    return best if is_ahead and best in _OURS else None


def _heard(word: str) -> Mapping[str, float]:
    clues, scores = _clues(), defaultdict[str, float](float)
    known = clues.words.get(word)
    if known:
        return known
    for length in range(1, min(len(word), _LONGEST_CLUE) + 1):
        _add(scores, clues.ends.get(word[-length:]))
        _add(scores, clues.starts.get(word[:length]))
        for place in range(len(word) - length + 1):
            _add(scores, clues.parts.get(word[place : place + length]))
    edged = f"_{word}_"
    for place in range(len(word)):
        _add(scores, clues.threes.get(edged[place : place + 3]))
    return scores


def _add(scores: defaultdict[str, float], found: Mapping[str, float] | None) -> None:
    for language, points in (found or {}).items():
        scores[language] += points


@cache
def _clues() -> _Clues:
    read = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

    def listed(name: str) -> dict[str, set[str]]:
        return {language: set(each.get(name, "").split()) for language, each in read.items()}

    whole = listed("words")
    bare = {language: {*map(_bare, whole[language]), *more} - whole[language] for language, more in listed("bare").items()}
    words = _shared(_OF_BARE_WORD, bare)
    for word, heard in _shared(_OF_WORD, whole).items():
        words[word] = {**words.get(word, {}), **heard}
    return _Clues(
        words,
        _shared(_OF_END, listed("ends")),
        _shared(_OF_START, listed("starts")),
        _shared(_OF_PART, listed("parts")),
        _shared(_OF_THREE, listed("threes")),
    )


def _shared(points: float, by_language: Mapping[str, Iterable[str]]) -> dict[str, dict[str, float]]:
    heard: defaultdict[str, list[str]] = defaultdict(list)
    for language, clues in by_language.items():
        for clue in clues:
            heard[clue].append(language)
    # A clue that many share says little about each.
    return {clue: dict.fromkeys(languages, points / len(languages)) for clue, languages in heard.items()}


def _bare(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.replace("đ", "d").replace("ı", "i"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
