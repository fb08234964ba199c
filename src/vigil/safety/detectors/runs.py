"""Runs of list words: how words that follow one another are gathered before anybody judges them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vigil.safety.normalise import Token
from vigil.safety.wordlists import FILLERS, Lists, list_of

_BRACKETS_AND_BARS = re.compile(r"[\s,;|\"'`*_\-/\\=>+~<\[\]{}()#•·、،‘’“”«»„‹›「」『』&▪●○→:.)\d]*\Z")
_STOP = re.compile(r"[.!?:。…]")
_NUMBERING = re.compile(r"(?<!\d)\d{1,2}\s*[.):\-\]/|=]?(?!\d)")
_TAG = re.compile(r"</?[a-z][^<>]{0,80}>")
_WIDEST_GAP = 160
_SHORTEST_SLIP, _LONGEST_SLIP = 3, 16


def gap_between(lower: str, start: int, end: int) -> str:
    """Say what separates two words: "" a list separator, the separator itself if it may also end a sentence, "x" a break."""
    gap = lower[start:end]
    if gap in {" ", ", ", "\n", ""}:
        return ""
    if len(gap) > _WIDEST_GAP:
        return "x"
    if "<" in gap:
        gap = _TAG.sub(" ", gap)
    if not _BRACKETS_AND_BARS.match(gap):
        return "x"
    rest = _NUMBERING.sub(" ", gap)
    if any(char.isdigit() for char in rest):
        return "x"
    return rest.strip() if _STOP.search(rest) else ""


@dataclass(slots=True)
class Run:
    """Words of one list that follow one another, with the unknown words that were let through between them."""

    tokens: list[Token] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)  # before each word but the first
    shortened: int = 0  # how many of them are four letters of a word
    unknown: int = 0
    first: int = 0  # the number of its first word in the text
    last: int = 0

    @property
    def start(self) -> int:
        """Where its first word begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return self.tokens[-1].end

    def parts(self) -> list["Run"]:
        """Cut it where a sentence may have ended."""
        if not any(self.gaps):
            return [self]
        edges = [0, *(index + 1 for index, gap in enumerate(self.gaps) if gap), len(self.tokens)]
        return [Run(self.tokens[a:b], self.places[a:b], [""] * (b - a - 1), self.shortened) for a, b in zip(edges, edges[1:], strict=False)]


def runs_of(tokens: list[Token], lower: str, known: Lists) -> Iterator[Run]:
    """Gather the runs, list by list; words that belong to two lists stand in a run of each."""
    open_runs: dict[int, Run] = {}
    before: Token | None = None
    for number, token in enumerate(token for token in tokens if token.text not in FILLERS):
        gap = "x" if before is None else gap_between(lower, before.end, token.start)
        if gap == "x":
            yield from open_runs.values()
            open_runs = {}
        open_runs, closed = _extended(open_runs, token, number, gap, known)
        yield from closed
        before = token
    yield from open_runs.values()


def _extended(open_runs: dict[int, Run], token: Token, number: int, gap: str, known: Lists) -> tuple[dict[int, Run], list[Run]]:
    whole = known.whole.get(token.text, ())
    kept: dict[int, Run] = {}
    for place in whole or known.shortened.get(token.text, ()):
        run = open_runs.pop(list_of(place), None)
        if run is None:
            run = Run(first=number)
        else:
            run.gaps.append(gap)
        run.tokens.append(token)
        run.places.append(place)
        run.shortened += not whole
        run.last = number
        kept[list_of(place)] = run
    return kept, list(open_runs.values())


def bridged(runs: list[Run], lower: str, slack: int) -> Iterator[Run]:
    """Join runs of one list between which one unknown word stands: a typing mistake, up to `slack` in a joined run."""
    current: dict[int, Run] = {}
    for run in sorted(runs, key=lambda run: run.first):
        name = list_of(run.places[0])
        left = current.get(name)
        if left and left.unknown < slack and run.first == left.last + 2 and not _is_wide(lower, left.end, run.start):
            current[name] = Run(
                left.tokens + run.tokens,
                left.places + run.places,
                [*left.gaps, "", *run.gaps],
                left.shortened + run.shortened,
                left.unknown + 1,
                left.first,
                run.last,
            )
            continue
        if left:
            yield left
        current[name] = run
    yield from current.values()


def _is_wide(lower: str, start: int, end: int) -> bool:
    between = lower[start:end]
    word = between.strip(" ,;|\"'*_-\n\t1234567890.)")
    return not (_SHORTEST_SLIP <= len(word) <= _LONGEST_SLIP and word.isalpha())
