"""Phrases with mistakes in them: runs of list words between which stand one or two words that are on no list."""

from bisect import bisect_left
from collections.abc import Iterator

from vigil.safety.detectors.ordinary import ORDINARY
from vigil.safety.detectors.runs import BREAK, Run, gap_between, labels
from vigil.safety.normalise import Normalised
from vigil.safety.wordlists import lists

_SHORTEST, _LONGEST, _TOGETHER = 2, 16, 2
_HAN = "\u3400"
_COMPARED_AT_MOST = 12
MIXED = "?"
_SYLLABIC, _SYLLABLE, _SWAPPED = "\u1100", 3, 2


class Page:
    """The words of one text without those that only number the lines, and what stands before each."""

    def __init__(self, seen: Normalised) -> None:
        """Take the words; nothing is compared yet."""
        self._seen = seen
        skipped = labels(seen)
        self._kept = [number for number, word in enumerate(seen.words) if word not in skipped]
        self._near: dict[tuple[int, str], bool] = {}

    def chains(self, runs: list[Run], slack: int, least: int) -> Iterator[Run]:
        """Join runs of one list over up to `slack` unknown words: each longest stretch of `least` known words, once; no run alone."""
        by_list: dict[int, list[Run]] = {}
        for run in sorted(runs, key=lambda run: run.numbers[0]):
            by_list.setdefault(run.name, []).append(run)
        for members in by_list.values():
            yield from self._stretches(members, slack, least)

    def _stretches(self, runs: list[Run], slack: int, least: int) -> Iterator[Run]:
        first, unknown, known = 0, 0, len(runs[0])
        links: list[tuple[int, str]] = []  # from each run since `first` to the next
        for last, right in enumerate([*runs[1:], None]):
            link = self._link(runs[last], right) if right else None
            if links and known >= least and (link is None or unknown + link[0] > slack):
                yield self._joined(runs[first : last + 1], links)
            if right is None:
                return
            if link is None:
                first, unknown, known, links = last + 1, 0, len(right), []
                continue
            links.append(link)
            unknown, known = unknown + link[0], known + len(right)
            while unknown > slack:
                unknown, known = unknown - links.pop(0)[0], known - len(runs[first])
                first += 1

    def _joined(self, runs: list[Run], links: list[tuple[int, str]]) -> Run:
        numbers, gaps, slips = [*runs[0].numbers], [*runs[0].gaps], [0] * len(runs[0].gaps)
        for (between, gap), right in zip(links, runs[1:], strict=True):
            numbers += right.numbers
            gaps += (gap, *right.gaps)
            slips += (between, *([0] * len(right.gaps)))
        return Run(self._seen, runs[0].name, numbers, gaps, slips)

    def _link(self, left: Run, right: Run) -> tuple[int, str] | None:
        if right.numbers[0] - left.numbers[-1] == 1:
            return None
        a, b = bisect_left(self._kept, left.numbers[-1]), bisect_left(self._kept, right.numbers[0])
        if not 1 < b - a <= _TOGETHER + 1 or not all(self._is_slip(number) for number in self._kept[a + 1 : b]):
            return None
        gaps = {self._gap(at) for at in range(a + 1, b + 1)}
        if BREAK in gaps:
            return None
        return b - a - 1, gaps.pop() if len(gaps) == 1 else MIXED

    def _gap(self, at: int) -> str:
        number, spans = self._kept[at], self._seen.word_spans
        return gap_between(self._seen, spans[number - 1][1] if number else 0, spans[number][0])

    def _is_slip(self, number: int) -> bool:
        word = self._seen.words[number]
        return (word >= _HAN or _SHORTEST <= len(word) <= _LONGEST) and word not in ORDINARY

    def unknown(self, run: Run) -> list[str]:
        """List the words of a joined run that are on no list."""
        a, b = (bisect_left(self._kept, number) for number in (run.numbers[0], run.numbers[-1]))
        known = set(run.numbers)
        return [self._seen.words[number] for number in self._kept[a : b + 1] if number not in known]

    def are_near(self, name: int, words: list[str]) -> bool:
        """Say whether each of `words` is one slip of the finger away from some word of a list."""
        return all(self._is_near(name, word) for word in words)

    def _is_near(self, name: int, word: str) -> bool:
        known = self._near.get((name, word))
        if known is None:
            # Whoever asks for more than this has a text that was made to be slow.
            known = len(self._near) >= _COMPARED_AT_MOST or (len(word) == 1 and word >= _HAN) or _one_away(name, word)
            self._near[name, word] = known
        return known

    def edges(self, run: Run, sizes: tuple[int, ...]) -> tuple[int, int]:
        """Tell the first and the last word of a run together with a mistyped one beside it, if one is missing to a whole phrase."""
        count = len(run) + run.unknown
        first, last = run.numbers[0], run.numbers[-1]
        at, until = bisect_left(self._kept, first), bisect_left(self._kept, last)
        gap = run.gaps[-1] if run.gaps else ""
        for _ in range(_TOGETHER):
            if count in sizes or len(run) < 7:
                break
            if until + 1 < len(self._kept) and self._may_belong(run.name, self._kept[until + 1], self._gap(until + 1), gap):
                until += 1
            elif at > 0 and self._may_belong(run.name, self._kept[at - 1], self._gap(at), gap):
                at -= 1
            else:
                break
            count += 1
        return self._kept[at], self._kept[until]

    def _may_belong(self, name: int, number: int, gap: str, usual: str) -> bool:
        word = self._seen.words[number]
        return gap == usual and self._is_slip(number) and (len(word) == 1 or word < _HAN) and self._is_near(name, word)


def _one_away(name: int, word: str) -> bool:
    # A syllable of Korean and a voiced one of Japanese are several letters here.
    size, most = len(word), _SYLLABLE if word >= _SYLLABIC else 1
    return any(
        abs(len(other) - size) <= most and _differ_by_one(word, other, most) for other, home in lists().homes[name].items() if not home.cut
    )


def _differ_by_one(a: str, b: str, most: int) -> bool:
    shorter, at, end = min(len(a), len(b)), 0, 0
    while at < shorter and a[at] == b[at]:
        at += 1
    while end < shorter - at and a[-1 - end] == b[-1 - end]:
        end += 1
    middle, other = a[at : len(a) - end], b[at : len(b) - end]
    return (len(middle) <= most and len(other) <= most) or (len(middle) == _SWAPPED and middle == other[::-1])
