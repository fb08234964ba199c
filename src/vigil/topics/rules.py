"""Which topic some words are about; judgement on plain values, linear in the text.

A concept is something that is said ("withdrawal", "has not arrived") in the words of each language. A topic is heard where all
concepts of one of its lines are; what is said near it counts a little. Of two that are heard alike, the one said first is meant.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_READ = 400  # characters: whoever writes more has said by then what it is about
_HEAVY, _LIGHT, _NEAR = 2.0, 1.0, 0.5
_ENOUGH = 2.0
_UNSPACED = "\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_TOKEN = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_HEAD = 3  # letters by which a spaced word is looked up; an unspaced one is by its first
# Without its accents a Vietnamese word is another one.
_KEEPS_ACCENTS = "vi"


@dataclass(frozen=True, slots=True)
class Concept:
    """Something that can be said, by language; a word that ends in `*` may go on, and what is heavy says more by itself."""

    key: str
    words: Mapping[str, tuple[str, ...]]
    is_heavy: bool = False

    @property
    def weight(self) -> float:
        """Tell how much it says."""
        return _HEAVY if self.is_heavy else _LIGHT


@dataclass(frozen=True, slots=True)
class Lines:
    """The concepts of a topic: it is meant `when` all of a line are said, and those `near` it say a little more for it."""

    when: tuple[tuple[str, ...], ...]
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicGuess:
    """The topic that words are about, and how much they say for it."""

    key: str
    points: float


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    concept: str
    goes_on: bool


class Ear:
    """Hears concepts in the words of some languages."""

    def __init__(self, concepts: Iterable[Concept], languages: Iterable[str]) -> None:
        """Sort the words of `languages` by how they begin."""
        asked = list(dict.fromkeys(languages))
        written = [(word, concept.key) for concept in concepts for language in asked for word in concept.words.get(language, ())]
        self._keeps_accents = _KEEPS_ACCENTS in asked
        self._bare = _by_head(_word(word, concept, bare=True) for word, concept in written)
        self._full = _by_head(_word(word, concept, bare=False) for word, concept in written) if self._keeps_accents else self._bare

    def hear(self, text: str) -> dict[str, int]:
        """Tell which concepts are said in a text, each with its first place."""
        start = text[:_READ]
        is_bare = not self._keeps_accents or start.isascii()
        said, words = plain(start, bare=is_bare), self._bare if is_bare else self._full
        heard: dict[str, int] = {}
        for place, head in _heads(said):
            for word in words.get(head, ()):
                end = place + len(word.text)
                if word.concept not in heard and said.startswith(word.text, place) and (word.goes_on or said[end] == " "):
                    heard[word.concept] = place
        return heard


def guess_topic(heard: Mapping[str, int], topics: Mapping[str, Lines], weights: Mapping[str, float]) -> TopicGuess | None:
    """Guess which topic is meant where these concepts were `heard`, each at its place; None where none is, or two are alike."""
    found: list[tuple[float, list[int], str]] = []
    for key, lines in topics.items():
        whole = [line for line in lines.when if heard.keys() >= set(line)]
        if not whole:
            continue
        line = max(whole, key=lambda each: sum(weights[concept] for concept in each))
        more = heard.keys() & {*lines.near, *(concept for each in lines.when for concept in each)} - set(line)
        points = sum(weights[concept] for concept in line) + _NEAR * len(more)
        found.append((-points, sorted(heard[concept] for concept in line), key))
    found.sort()
    if not found or -found[0][0] < _ENOUGH or (len(found) > 1 and found[0][:2] == found[1][:2]):
        return None
    return TopicGuess(found[0][2], -found[0][0])


def plain(text: str, *, bare: bool = True) -> str:
    """Write a text in small letters without signs, and `bare` of accents: a space around each word, and between scripts."""
    lower = unicodedata.normalize("NFKC", text).lower()
    return f" {' '.join(_TOKEN.findall(lower.translate(_FOLDING) if bare else lower))} "


def _word(written: str, concept: str, *, bare: bool) -> _Word:
    text = plain(written, bare=bare).strip()
    # Where words are not parted by spaces, what follows is another word as likely as not.
    return _Word(text, concept, written.endswith("*") or bool(_IS_UNSPACED.match(text[-1])))


def _by_head(words: Iterable[_Word]) -> dict[str, list[_Word]]:
    by_head: dict[str, list[_Word]] = {}
    for word in words:
        head = word.text[0] if _IS_UNSPACED.match(word.text) else f"{word.text} "[:_HEAD]
        by_head.setdefault(head, []).append(word)
    return by_head


def _heads(said: str) -> Iterator[tuple[int, str]]:
    for token in _TOKEN.finditer(said):
        start = token.start()
        if _IS_UNSPACED.match(token[0]):
            yield from enumerate(token[0], start)
        else:
            yield start, said[start : start + _HEAD]


class _Folding(dict[int, str]):
    """Takes the accents off letters; fills itself with those that occur, up to a bound."""

    most = 4096

    def __missing__(self, point: int) -> str:
        if len(self) >= self.most:
            self.clear()
        self[point] = folded = _fold(chr(point))
        return folded


def _fold(letter: str) -> str:
    if letter in "đı":
        return {"đ": "d", "ı": "i"}[letter]
    if _IS_UNSPACED.match(letter):
        return letter
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))


_FOLDING = _Folding()
