"""Recovery phrases of BIP-39 in its twelve lists, words set apart from one another.

The rules follow measurements on ordinary prose: eleven list words in a row do not happen by chance, eight do now and
then, and a checksum alone says little (one ordinary run in sixteen passes it).
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from vigil.safety.detectors.ordinary import EVERYDAY, ORDINARY
from vigil.safety.detectors.runs import Run, labels, runs_of
from vigil.safety.detectors.slips import Page
from vigil.safety.findings import Span
from vigil.safety.normalise import Normalised
from vigil.safety.vocabulary import RECOVERY, mentions
from vigil.safety.wordlists import FIRST_OTHER, LENGTHS, LOOSE, Lists, any_window_holds, checksum_holds, lists

NAME, VERSION = "bip39", 1

_ALONE = 6  # words that make a whole message
_NAMED = 8  # words beside "recovery phrase" or the like
_ENOUGH = 11
_LOOSE_LEAST, _LOOSE_LENGTHS, _FEW_COMMON = 12, {12, 13, 24}, 3
_SHORT = 4
_LONGEST_CHECKED = 30
_SLACK, _FEW_CUTS = 3, 6
_FEWEST, _NAMED_DAMAGED, _SHARE = 9, 8, 4
_LEANS, _TRIAL = 0.34, 0.8
_NUMBER = re.compile(r"\d+")


def find(seen: Normalised) -> Iterator[Span]:
    """Find recovery phrases, also with a word left out, mistyped, or cut to four letters."""
    known = lists()
    words = seen.words
    if len(words) < _ALONE or not _may_hold(seen, known):
        return
    named = mentions(RECOVERY, seen.lower)
    runs = runs_of(seen, known)
    if any(len(run) == len(words) and not any(run.cuts) and not any(run.gaps) and _is_whole(seen, run) for run in runs):
        yield Span(seen.word_spans[0][0], seen.word_spans[-1][1], "mnemonic", "medium")
    page = Page(seen)
    whole = [part for run in runs if len(run) >= _NAMED for part in _phrases_in(seen, page, run, named=named)]
    yield from (_span(seen, page, part) for part in whole)
    for chain in page.chains([*_outside(runs, whole)], _SLACK, _NAMED_DAMAGED):
        for run in chain.alike(_NAMED_DAMAGED):
            if _is_damaged(page, run, named=named):
                yield _span(seen, page, run)


def _phrases_in(seen: Normalised, page: Page, run: Run, *, named: bool) -> list[Run]:
    if _is_list(run, named=named):
        return [run]
    listed = [part for part in run.alike(_ENOUGH) if _is_list(part, named=named)]
    return listed or [part for part in run.parts(_NAMED) if _is_phrase(seen, page, part, named=named)]


def _outside(runs: list[Run], found: list[Run]) -> Iterator[Run]:
    # What lies within a phrase that was found is hidden already, as long as it is no part of that phrase's own list.
    ends = sorted((run.numbers[0], run.numbers[-1], run.name) for run in found)
    starts = [start for start, _, _ in ends]
    for run in runs:
        at = bisect_right(starts, run.numbers[0]) - 1
        if at < 0 or run.numbers[-1] > ends[at][1] or run.name == ends[at][2]:
            yield run


def _is_whole(seen: Normalised, run: Run) -> bool:
    # "Please say that one more time": a short message of list words is a piece of a phrase only if hardly anybody would say it.
    if run.name >= FIRST_OTHER:
        return False
    everyday = sum(seen.words[number] in EVERYDAY for number in run.numbers)
    return not _is_monotonous(run) and everyday <= (1 if len(run) < _NAMED else len(run) // 3)


def _may_hold(seen: Normalised, known: Lists) -> bool:
    if _is_dense(bytes(map(known.names.__contains__, seen.words))):
        return True
    skipped = labels(seen) if "<" in seen.plain or len(_NUMBER.findall(seen.plain)) >= _ALONE else frozenset()
    return bool(skipped) and _is_dense(bytes(word in known.names for word in seen.words if word not in skipped))


def _is_dense(known: bytes) -> bool:
    # Six in a row, or eight of any twelve.
    if known.count(1) < _ALONE:
        return False
    if b"\x01" * _ALONE in known:
        return True
    sums = [0, *accumulate(known)]
    return any(after - before >= _NAMED for before, after in zip(sums, sums[LENGTHS[0] :], strict=False))


def _is_phrase(seen: Normalised, page: Page, run: Run, *, named: bool) -> bool:
    if run.name == LOOSE:
        return len(run) >= _LOOSE_LEAST and (named or (len(run) in _LOOSE_LENGTHS and _is_uncommon(seen, run)))
    if len(run) < _NAMED:
        return False
    return named or (len(run) >= _FEWEST and not _is_monotonous(run) and _is_likely(seen, page, run))


def _is_likely(seen: Normalised, page: Page, run: Run) -> bool:
    if len(run) < _ENOUGH:
        first, last = page.edges(run, LENGTHS)  # With a mistyped word at its end or at either, it is as long as the others.
        return last - first + 1 >= _ENOUGH and not any(run.cuts)
    if bytes(_ENOUGH) in bytes(run.cuts) or sum(run.cuts) * _FEW_CUTS <= len(run):
        return True
    return all(len(seen.words[number]) <= _SHORT for number in run.numbers) or _checked(run)


def _is_uncommon(seen: Normalised, run: Run) -> bool:
    if _is_monotonous(run):
        return False
    return sum(seen.words[number] in EVERYDAY or seen.words[number] in ORDINARY for number in run.numbers) * _FEW_COMMON <= len(run)


def _is_list(run: Run, *, named: bool) -> bool:
    # Full stops and colons between the words: a list if they are the same everywhere, else two proofs are asked for.
    count = len(run)
    if count < _ENOUGH or not any(run.gaps) or _is_monotonous(run):
        return False
    return len(set(run.gaps)) == 1 or (count in LENGTHS and checksum_holds(run.places)) or (named and count > _ENOUGH)


def _is_monotonous(run: Run) -> bool:
    # "Rose Day, Silver Day, Green Day …", "hello hello hello …": people lean on one word, phrases do not. Those made up
    # to try a wallet repeat one nearly throughout and change one or two others.
    counts = Counter(run.places)
    share = max(counts.values()) / len(run)
    return (len(counts) == 1 or _LEANS < share < _TRIAL) and not checksum_holds(run.places) and not _holds_trial(run)


def _holds_trial(run: Run) -> bool:
    # Such a made-up phrase with the words of its sentence beside it: one word nearly throughout, and the checksum holds.
    if len(run) > _LONGEST_CHECKED:
        return False
    often = (place for place, count in Counter(run.places).items() if count >= _TRIAL * LENGTHS[0])
    return any(any_window_holds(run.places, [place == one for place in run.places], _TRIAL) for one in often)


def _checked(run: Run) -> bool:
    return len(run) <= _LONGEST_CHECKED and any_window_holds(run.places)


def _is_damaged(page: Page, run: Run, *, named: bool) -> bool:
    known, unknown = len(run), run.unknown
    if run.name == LOOSE:
        return False
    if known < (_NAMED_DAMAGED if named else _FEWEST) or unknown * _SHARE > known or _is_monotonous(run):
        return False
    if sum(run.cuts) * _SHARE > known and not all(run.cuts):
        return False
    return unknown > 0 and (known >= _ENOUGH or page.are_near(run.name, page.unknown(run)))


def _span(seen: Normalised, page: Page, run: Run) -> Span:
    first, last = page.edges(run, LENGTHS)
    lower, start, end = seen.lower, seen.word_spans[first][0], seen.word_spans[last][1]
    if len(run) not in LENGTHS and len(seen.words[run.numbers[0]]) == 1:
        # A word of one character may be glued to the sentence beside it: then it belongs to the phrase all the same.
        start -= 2 * (lower[start - 1 : start] == " " and lower[start - 2 : start - 1].isalpha())
        end += 2 * (lower[end : end + 1] == " " and lower[end + 1 : end + 2].isalpha())
    return Span(
        start,
        end,
        "mnemonic",
        "strong" if run.unknown == 0 and (first, last) == (run.numbers[0], run.numbers[-1]) and _checked(run) else "medium",
    )
