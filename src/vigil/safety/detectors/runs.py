"""Runs of list words: how words that follow one another are gathered before anybody judges them."""

import re
from collections.abc import Iterator
from itertools import pairwise

from vigil.safety.normalise import Normalised
from vigil.safety.wordlists import FILLERS, Lists, list_of

_SEPARATORS = re.compile(r"[\s,;|\"'`*_\-/\\=>+~<\[\]{}()#•·、،‘’“”«»„‹›「」『』&▪●○→:.!?。…\d]*\Z")
_STOP = re.compile(r"[.!?:。…]")
_NUMBERING = re.compile(r"(?<!\d)\d{1,2}\s*[.):\-\]/|=]?(?!\d)")
_TAG = re.compile(r"</?[a-z][^<>]{0,80}>")
_WIDEST_GAP = 160
_SHORTEST_SLIP, _LONGEST_SLIP = 3, 16
BREAK = "x"


def gap_between(seen: Normalised, start: int, end: int) -> str:
    """Say what separates two words: "" a list separator, the separator itself if it may also end a sentence, BREAK anything else."""
    gap = seen.lower[start:end]
    if gap in {" ", ""}:
        return ""
    known = seen.gaps.get(gap)
    if known is None:
        known = seen.gaps[gap] = _judged(gap)
    return known


def _judged(gap: str) -> str:
    if len(gap) > _WIDEST_GAP:
        return BREAK
    if "<" in gap:
        gap = _TAG.sub(" ", gap)
    if not _SEPARATORS.match(gap):
        return BREAK
    rest = _NUMBERING.sub(" ", gap)
    if any(char.isdigit() for char in rest):
        return BREAK
    return rest.strip() if _STOP.search(rest) else ""


class Run:
    """Words of one list that follow one another; `gaps` stand before each but the first."""

    __slots__ = ("gaps", "numbers", "places", "shortened", "unknown")

    def __init__(self, numbers: list[int], places: list[int], gaps: list[str], shortened: int = 0, unknown: int = 0) -> None:
        """Take the words' numbers in the text, their places in the list, how many are cut to four letters or unknown."""
        self.numbers = numbers
        self.places = places
        self.gaps = gaps
        self.shortened = shortened
        self.unknown = unknown

    def __len__(self) -> int:
        return len(self.numbers)

    def parts(self) -> list["Run"]:
        """Cut it where a sentence may have ended."""
        if not any(self.gaps):
            return [self]
        edges = [0, *(index + 1 for index, gap in enumerate(self.gaps) if gap), len(self)]
        return [Run(self.numbers[a:b], self.places[a:b], [""] * (b - a - 1), self.shortened) for a, b in pairwise(edges)]


def runs_of(seen: Normalised, known: Lists) -> list[Run]:
    """Gather the runs, list by list; words that belong to two lists stand in a run of each."""
    words, spans = seen.words, seen.word_spans
    whole, shortened = known.whole, known.shortened
    closed: list[Run] = []
    open_runs: dict[int, Run] = {}
    end = 0
    for number, word in enumerate(words):
        if word in FILLERS:
            continue
        places = whole.get(word) or shortened.get(word)
        start, before = spans[number][0], end
        end = spans[number][1]
        if places is None:
            closed += open_runs.values()
            open_runs = {}
            continue
        gap = gap_between(seen, before, start) if open_runs else ""
        if gap == BREAK:
            closed += open_runs.values()
            open_runs = {}
        _extend(open_runs, closed, number, places, gap, cut=word not in whole)
    return [*closed, *open_runs.values()]


def _extend(open_runs: dict[int, Run], closed: list[Run], number: int, places: tuple[int, ...], gap: str, *, cut: bool) -> None:
    names = [list_of(place) for place in places]
    for name in [name for name in open_runs if name not in names]:
        closed.append(open_runs.pop(name))
    for name, place in zip(names, places, strict=True):
        run = open_runs.get(name)
        if run is None:
            open_runs[name] = Run([number], [place], [], int(cut))
            continue
        run.gaps.append(gap)
        run.numbers.append(number)
        run.places.append(place)
        run.shortened += cut


def bridged(runs: list[Run], seen: Normalised, slack: int) -> Iterator[Run]:
    """Join runs of one list between which one unknown word stands: a typing mistake, up to `slack` in a joined run."""
    current: dict[int, Run] = {}
    for run in sorted(runs, key=lambda run: run.numbers[0]):
        name = list_of(run.places[0])
        left = current.get(name)
        if left and left.unknown < slack and _is_slip(seen, left.numbers[-1], run.numbers[0]):
            numbers, places = left.numbers + run.numbers, left.places + run.places
            shortened, unknown = left.shortened + run.shortened, left.unknown + 1
            current[name] = Run(numbers, places, [*left.gaps, "", *run.gaps], shortened, unknown)
            continue
        if left:
            yield left
        current[name] = run
    yield from current.values()


def _is_slip(seen: Normalised, left: int, right: int) -> bool:
    if right != left + 2 or not _SHORTEST_SLIP <= len(seen.words[left + 1]) <= _LONGEST_SLIP:
        return False
    (_, a), (b, c), (d, _) = seen.word_spans[left : right + 1]
    return not gap_between(seen, a, b) and not gap_between(seen, c, d)
