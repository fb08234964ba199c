"""Runs of list words: how words that follow one another are gathered before anybody judges them."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from vigil.safety.normalise import Normalised
from vigil.safety.wordlists import Home, Lists, lists

_SEPARATORS = re.compile(r"[\s,;|\"'`*_\-/\\=>+~<\[\]{}()#•·、،‘’“”«»„‹›「」『』&▪●○→:.!?。…\d]*\Z")
_STOP = re.compile(r"[.!?:。…]")
_NUMBERING = re.compile(r"(?<!\d)\d{1,2}\s*[.):\-\]/|=]?(?!\d)")
_TAGS = frozenset({"td", "th", "tr", "li", "ol", "ul", "br", "p", "b", "i", "div", "span", "table", "tbody"})
_WIDEST_GAP = 160
BREAK = "x"
# "word 1: …", "1st …": what numbers the lines of a list stands between its words and does not break the run.
_NUMBERED_AFTER = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,14})[ .#№-]{0,2}\d{1,2}(?!\d)")
_NUMBERED_BEFORE = re.compile(r"(?<!\d)\d{1,2}([^\W\d_]{1,4})(?![^\W\d_])")
_LABELLED = 6
_DIGIT = re.compile(r"\d")


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
    if _DIGIT.search(rest):
        return BREAK
    return rest.strip() if _STOP.search(rest) else ""


class Run:
    """Words of one list that follow one another; `gaps` stand before each but the first, and so do `slips`: how many unknown words."""

    __slots__ = ("_homes", "_seen", "gaps", "name", "numbers", "slips")

    def __init__(self, seen: Normalised, name: int, numbers: list[int], gaps: list[str], slips: list[int] | None = None) -> None:
        """Take the number of the list, and the words' numbers in the text."""
        self.name = name
        self.numbers = numbers
        self.gaps = gaps
        self.slips = slips
        self._seen = seen
        self._homes: list[Home] | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def homes(self) -> list[Home]:
        """Tell where in its list each word stands."""
        if self._homes is None:
            words, homes = self._seen.words, lists().homes[self.name]
            self._homes = [homes[words[number]] for number in self.numbers]
        return self._homes

    @property
    def places(self) -> list[int]:
        """Tell the words' places in the list."""
        return [place for place, _ in self.homes]

    @property
    def cuts(self) -> list[bool]:
        """Tell which words are cut to four letters."""
        return [cut for _, cut in self.homes]

    def parts(self, least: int) -> list["Run"]:
        """Cut it where a sentence may have ended; what is shorter than `least` words is left out."""
        if not any(self.gaps):
            return [self]
        edges = [0, *(index + 1 for index, gap in enumerate(self.gaps) if gap), len(self)]
        return [Run(self._seen, self.name, self.numbers[a:b], [""] * (b - a - 1)) for a, b in pairwise(edges) if b - a >= least]

    @property
    def unknown(self) -> int:
        """Count the unknown words within it."""
        return sum(self.slips or ())

    def alike(self, least: int) -> Iterator["Run"]:
        """Cut it into stretches of at least so many words between which the same stands throughout; neighbours share a word."""
        at = 0
        for gap, same in groupby(self.gaps):
            until = at + len(list(same))
            if until - at + 1 >= least:
                yield Run(self._seen, self.name, self.numbers[at : until + 1], [gap] * (until - at), self.slips and self.slips[at:until])
            at = until


def labels(seen: Normalised) -> frozenset[str]:
    """Find the words that number the lines of a list, if the text holds one."""
    if seen.labels is None:
        counted: Counter[str] = Counter()
        if _DIGIT.search(seen.lower):
            counted.update(_NUMBERED_AFTER.findall(seen.lower))
            counted.update(_NUMBERED_BEFORE.findall(seen.lower))
        found = frozenset(word for word, count in counted.items() if _LABELLED <= count <= len(seen.words) // 2 + 1)
        seen.labels = found | _TAGS if "</" in seen.plain or "<br" in seen.lower else found
    return seen.labels


def runs_of(seen: Normalised, known: Lists) -> list[Run]:
    """Gather the runs, list by list; words that belong to two lists stand in a run of each."""
    names_of, skipped = known.names, labels(seen)
    closed: list[Run] = []
    current: dict[int, Run] = {}
    names: tuple[int, ...] = ()
    end = 0
    for number, (word, (start, stop)) in enumerate(zip(seen.words, seen.word_spans, strict=True)):
        before, end = end, stop
        if word in skipped:
            continue
        found = names_of.get(word, ())
        gap = gap_between(seen, before, start) if current and found else ""
        if gap == BREAK:
            closed += current.values()
            current = {}
        elif current and found != names:
            closed += [current.pop(name) for name in [*current] if name not in found]
        names = found
        for name in found:
            run = current.get(name)
            if run is None:
                current[name] = Run(seen, name, [number], [])
            else:
                run.numbers.append(number)
                run.gaps.append(gap)
    return [*closed, *current.values()]
