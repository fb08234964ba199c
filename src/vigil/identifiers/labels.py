"""Finds the words that stand beside a value and say what it is."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from vigil.identifiers.folding import folded
from vigil.identifiers.label_words import GLUE, LABELS, LINKING, OWNING

_GLUE = re.compile("(?:[\\s:#=,.*()\\[\\]\"'“”«»`~|>/\u2116\u3001\u300c\u300d\u3010\u3011-]|" + "|".join(map(re.escape, GLUE)) + "){0,12}")
_FARTHEST = 28
_AFTER = re.compile(rf"\s*(?:[(\[]|[,-]?\s*(?:{'|'.join(LINKING)})\s*(?:{'|'.join(OWNING)})?|[,-]\s*(?:{'|'.join(OWNING)}))\s*")


class Label(NamedTuple):
    """A label in the copy that is read."""

    kind: str
    start: int
    end: int


class _Words(NamedTuple):
    """Labels of an alphabet, found by their first word; `rest` is what must follow it."""

    rest: re.Pattern[str] | None
    length: int
    kind: str


_ALPHABETIC = re.compile(r"[a-z\u0370-\u052f]+(?:'[a-z]+)?")
_CHANGE = re.compile(r"(?<=[^a-z ])(?=[a-z])|(?<=[a-z])(?=[^a-z ])| ")
_ENDINGS = range(5)


def _tables() -> tuple[dict[str, list[_Words]], dict[str, list[_Words]], re.Pattern[str], dict[str, str]]:
    """Sort the words into those looked up whole, those looked up by their stem, and those of scripts without spaces."""
    whole: dict[str, list[_Words]] = {}
    stems: dict[str, list[_Words]] = {}
    others: dict[str, str] = {}
    for kind, lines in LABELS.items():
        for word in folded(*lines):
            first, *rest = re.split(r"[ _/-]", word)
            if not _ALPHABETIC.match(word):
                others.setdefault(word, kind)
                continue
            table = stems if first.endswith("*") else whole
            following = "".join(r"[\s_/-]" + re.escape(part).replace(r"\*", r"[a-z\u0400-\u052f]{0,4}") for part in rest)
            pattern = re.compile(following + r"(?![a-z\u0370-\u052f])") if rest else None
            table.setdefault(first.removesuffix("*"), []).append(_Words(pattern, len(word), kind))
    for table in (whole, stems):
        for each in table.values():
            each.sort(key=lambda words: -words.length)
    # "订单 ID" is "订单ID": people put a space where the script changes, or do not.
    spaced = (_CHANGE.sub(r"\\s?", word) for word in sorted(others, key=len, reverse=True))
    pattern = re.compile("|".join(spaced))
    return whole, stems, pattern, {word.replace(" ", ""): kind for word, kind in others.items()}


_WHOLE, _STEMS, _UNSPACED, _UNSPACED_KINDS = _tables()
_LONGEST = max(*map(len, _WHOLE), *(len(stem) + _ENDINGS[-1] for stem in _STEMS))


def _find_labels(lower: str) -> list[Label]:
    found = []
    for word in _ALPHABETIC.finditer(lower):
        for words in _beginning_with(word[0]):
            rest = words.rest.match(lower, word.end()) if words.rest else None
            if rest or not words.rest:
                found.append(Label(words.kind, word.start(), rest.end() if rest else word.end()))
                break
    if not lower.isascii():
        found += [Label(_UNSPACED_KINDS["".join(word[0].split())], word.start(), word.end()) for word in _UNSPACED.finditer(lower)]
        found.sort(key=lambda label: label.start)
    return _apart(found, lower)


def _apart(found: list[Label], lower: str) -> list[Label]:
    """Let the longer of two that overlap speak, and let "ID" after another label belong to that one: "订单 ID" is no account."""
    apart: list[Label] = []
    for label in found:
        last = apart[-1] if apart else None
        if last and label.end <= last.end:
            continue
        if last and lower[label.start : label.end] == "id" and label.start - last.end <= 1 and last.kind != "uid":
            apart[-1] = last._replace(end=label.end)
        else:
            apart.append(label)
    return apart


def _beginning_with(word: str) -> Sequence[_Words]:
    return _looked_up(word) if len(word) <= _LONGEST else ()


# A chat's words are few, and nearly all of them are none of ours.
@lru_cache(maxsize=8192)
def _looked_up(word: str) -> Sequence[_Words]:
    if word in _WHOLE:
        return _WHOLE[word]
    for ending in _ENDINGS:
        if words := _STEMS.get(word[: len(word) - ending]):
            return words
    return ()


class Labels:
    """The labels of one text, found once, the first time that somebody asks."""

    def __init__(self, lower: str) -> None:
        """Find them in a folded text in lower case."""
        self._lower = lower
        self._found = _find_labels(self._lower)
        self._ends = [label.end for label in self._found]
        self._starts = [label.start for label in self._found]

    def has(self, kind: str) -> bool:
        """Say whether a label of this kind stands anywhere."""
        return any(label.kind == kind for label in self._found)

    def naming(self, start: int, end: int) -> str:
        """Say which kind the label before a value gives it, or the one after it; empty when there is none."""
        at = bisect_right(self._ends, start) - 1
        if at >= 0 and start - self._ends[at] <= _FARTHEST and _GLUE.fullmatch(self._lower, self._ends[at], start):
            return self._found[at].kind
        at = bisect_right(self._starts, end - 1)
        is_near = at < len(self._found) and self._starts[at] - end <= _FARTHEST
        return self._found[at].kind if is_near and _AFTER.fullmatch(self._lower, end, self._starts[at]) else ""

    def kinds_near(self, start: int, end: int, reach: int) -> list[str]:
        """List the kinds of the labels within `reach` before and after a place, the nearest one before it first."""
        first, middle = bisect_right(self._starts, start - reach), bisect_right(self._ends, start)
        last = bisect_right(self._starts, end + reach)
        return [label.kind for label in (*reversed(self._found[first:middle]), *self._found[middle:last])]
