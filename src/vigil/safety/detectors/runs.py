"""Runs of list words: how words that follow one another are gathered before anybody judges them."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from vigil.safety.normalise import Normalised
from vigil.safety.wordlists import Home, Lists, list_of

_SEPARATORS = re.compile(r"[\s,;|\"'`*_\-/\\=>+~<\[\]{}()#•·、،‘’“”«»„‹›「」『』&▪●○→:.!?。…\d]*\Z")
_STOP = re.compile(r"[.!?:。…]")
_NUMBERING = re.compile(r"(?<!\d)\d{1,2}\s*[.):\-\]/|=]?(?!\d)")
_TAGS = frozenset({"td", "th", "tr", "li", "ol", "ul", "br", "p", "b", "i", "div", "span", "table", "tbody"})
_WIDEST_GAP = 160
_SHORTEST_SLIP, _LONGEST_SLIP = 3, 16
BREAK = "x"
# "word 1: …", "1st …": what numbers the lines of a list stands between its words and does not break the run.
_NUMBERED_AFTER = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,14})[ .#№-]{0,2}\d{1,2}(?!\d)")
_NUMBERED_BEFORE = re.compile(r"(?<!\d)\d{1,2}([^\W\d_]{1,4})(?![^\W\d_])")
_LABELLED = 6


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
    if gap == "-":
        return gap  # "open-source" is a word of prose; hyphens all along are a list
    if not _SEPARATORS.match(gap):
        return BREAK
    rest = _NUMBERING.sub(" ", gap)
    if any(char.isdigit() for char in rest):
        return BREAK
    return rest.strip() if _STOP.search(rest) else ""


class Run:
    """Words of one list that follow one another; `gaps` stand before each but the first."""

    __slots__ = ("cuts", "gaps", "numbers", "places", "unknown")

    def __init__(self, numbers: list[int], places: list[int], gaps: list[str], cuts: list[bool], unknown: int = 0) -> None:
        """Take the words' numbers in the text, their places in the list, and which of them are cut to four letters."""
        self.numbers = numbers
        self.places = places
        self.gaps = gaps
        self.cuts = cuts
        self.unknown = unknown

    def __len__(self) -> int:
        return len(self.numbers)

    def parts(self) -> list["Run"]:
        """Cut it where a sentence may have ended."""
        if not any(self.gaps):
            return [self]
        edges = [0, *(index + 1 for index, gap in enumerate(self.gaps) if gap), len(self)]
        return [Run(self.numbers[a:b], self.places[a:b], [""] * (b - a - 1), self.cuts[a:b]) for a, b in pairwise(edges)]


def labels(seen: Normalised) -> frozenset[str]:
    """Find the words that number the lines of a list, if the text holds one."""
    counted = Counter(_NUMBERED_AFTER.findall(seen.lower))
    counted.update(_NUMBERED_BEFORE.findall(seen.lower))
    found = frozenset(word for word, count in counted.items() if _LABELLED <= count <= len(seen.words) // 2 + 1)
    return found | _TAGS if "</" in seen.plain or "<br" in seen.lower else found


def runs_of(seen: Normalised, known: Lists) -> list[Run]:
    """Gather the runs, list by list; words that belong to two lists stand in a run of each."""
    words, spans = seen.words, seen.word_spans
    homes_of, skipped = known.homes, labels(seen)
    closed: list[Run] = []
    open_runs: dict[int, Run] = {}
    end = 0
    for number, word in enumerate(words):
        start, before = spans[number][0], end
        end = spans[number][1]
        if word in skipped:
            continue
        homes = homes_of.get(word)
        if homes is None:
            closed += open_runs.values()
            open_runs = {}
            continue
        gap = gap_between(seen, before, start) if open_runs else ""
        if gap == BREAK:
            closed += open_runs.values()
            open_runs = {}
        _extend(open_runs, closed, number, homes, gap)
    return [*closed, *open_runs.values()]


def _extend(open_runs: dict[int, Run], closed: list[Run], number: int, homes: tuple[Home, ...], gap: str) -> None:
    if len(open_runs) > 1 or len(homes) > 1 or homes[0].name not in open_runs:
        names = {home.name for home in homes}
        closed += [open_runs.pop(name) for name in [*open_runs] if name not in names]
    for name, place, cut in homes:
        run = open_runs.get(name)
        if run is None:
            open_runs[name] = Run([number], [place], [], [cut])
            continue
        run.gaps.append(gap)
        run.numbers.append(number)
        run.places.append(place)
        run.cuts.append(cut)


def bridged(runs: list[Run], seen: Normalised, slack: int) -> Iterator[Run]:
    """Join runs of one list between which one unknown word stands: a typing mistake, up to `slack` in a joined run."""
    current: dict[int, Run] = {}
    for run in sorted(runs, key=lambda run: run.numbers[0]):
        name = list_of(run.places[0])
        left = current.get(name)
        if left and left.unknown < slack and _is_slip(seen, left.numbers[-1], run.numbers[0]):
            numbers, places = left.numbers + run.numbers, left.places + run.places
            current[name] = Run(numbers, places, [*left.gaps, "", *run.gaps], left.cuts + run.cuts, left.unknown + 1)
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
