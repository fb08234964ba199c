"""OUT-ASK: whether a text asks the customer for something that nobody of us may ever ask for."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vigil.safety.replies.lexicon import Asked, Lexicon
from vigil.safety.replies.sentences import clauses, sentences

# So far from a thing its verb may stand, in letters; scripts without spaces say the same in a third.
_REACH, _SHORT_REACH = 90, 40
_SHORT_SENTENCE, _SHORTER = 40, 16
# Chinese says what it asks about a thing right behind it.
_BEHIND = 8
_OVERHANG = 6
_BLANK = "\u2588"


class Asking(NamedTuple):
    """A sentence that asks, by its place, and what for."""

    what: str
    start: int
    end: int


class _Word(NamedTuple):
    start: int
    end: int
    is_asking: bool


def find_asking(text: str, lexicon: Lexicon) -> Iterator[Asking]:
    """Find the sentences of a folded text in small letters that ask for what is never asked."""
    if not any(each.things.search(text) for each in lexicon.asked):
        return
    text = lexicon.harmless.sub(lambda found: _BLANK * len(found[0]), text)
    for start, end in sentences(text):
        parts = clauses(text, start, end, lexicon.breaks)
        what = next((each.what for each in lexicon.asked if _asks(text, (start, end), parts, each, lexicon)), None)
        if what:
            yield Asking(what, start, end)


def _asks(text: str, sentence: tuple[int, int], parts: list[tuple[int, int]], asked: Asked, lexicon: Lexicon) -> bool:
    things = list(asked.things.finditer(text, *sentence))
    if not things:
        return False
    verbs = _verbs(text, sentence, parts, asked, lexicon)
    if not verbs:
        return asked.what == "secret" and _is_bare_request(text, sentence, lexicon)
    return any(_is_asked(text, thing, verbs, parts, lexicon) for thing in things)


def _verbs(text: str, sentence: tuple[int, int], parts: list[tuple[int, int]], asked: Asked, lexicon: Lexicon) -> list[_Word]:
    words = [_Word(found.start(), found.end(), is_asking=True) for found in asked.verbs.finditer(text, *sentence)]
    for typed in lexicon.types.finditer(text, *sentence):
        # Whoever is to type something here is asked for it; in the app it is her own affair.
        if not any(word.start <= typed.start() and typed.end() <= word.end for word in words):
            words.append(_Word(typed.start(), typed.end(), is_asking=bool(lexicon.here.search(text, *_clause(parts, typed.start())))))
    for care in lexicon.cares.finditer(text, *sentence):
        # Of two that share letters the longer speaks: "told you" is no "tell".
        sharing = [word for word in words if word.start < care.end() and care.start() < word.end]
        if all(word.end - word.start < care.end() - care.start() for word in sharing):
            words = [word for word in words if word not in sharing]
            words.append(_Word(care.start(), care.end(), is_asking=False))
    return sorted(words)


def _is_asked(text: str, thing: re.Match[str], verbs: list[_Word], parts: list[tuple[int, int]], lexicon: Lexicon) -> bool:
    verb = _governing(thing, verbs, lexicon.order)
    reach = _SHORT_REACH if lexicon.order == "nearer" or lexicon.language == "ja" else _REACH
    if verb is None or not verb.is_asking or max(thing.start() - verb.end, verb.start - thing.end()) > reach:
        return False
    own = _clause(parts, verb.start)
    near = (min(own[0], thing.start()), max(own[1], thing.end()))
    between = (verb.end, thing.start()) if verb.end <= thing.start() else (thing.end(), verb.start)
    if lexicon.order == "nearer" and verb.end <= thing.start():
        between = (verb.end, thing.end() + _BEHIND)
    # An anti-phishing code is a thing, and no word of warning.
    others = (found for found in lexicon.others.finditer(text, *near) if found.end() <= thing.start() or thing.end() <= found.start())
    if any(others) or lexicon.asides.search(text, *between) or _is_negated(text, verb, parts, lexicon):
        return False
    if _negation(text, _clause(parts, thing.start())[0], thing.start(), lexicon):
        return False
    is_elsewhere = lexicon.places.search(text, *near) or lexicon.places.search(text, *_clause(parts, thing.start()))
    return not is_elsewhere or bool(lexicon.here.search(text, *near))


def _governing(thing: re.Match[str], verbs: list[_Word], order: str) -> _Word | None:
    before = next((verb for verb in reversed(verbs) if verb.end <= thing.start()), None)
    behind = next((verb for verb in verbs if verb.start >= thing.end()), None)
    if before is None or behind is None:
        return before or behind
    if order == "nearer":
        return before if thing.start() - before.end <= behind.start - thing.end() else behind
    return before if order == "before" else behind


def _is_negated(text: str, verb: _Word, parts: list[tuple[int, int]], lexicon: Lexicon) -> bool:
    """Say whether the verb's own clause takes it back, or one before it that ends in doing so ("never, ever, send")."""
    start, end = _clause(parts, verb.start)
    last = end if lexicon.order == "behind" else verb.start
    if _negation(text, start, last, lexicon):
        return True
    before = [part for part in parts if part[1] <= start]
    if before and any(found.end() >= before[-1][1] - 2 for found in lexicon.negations.finditer(text, *before[-1])):
        return True
    return _is_listed(text, (parts[0][0], verb.start, parts[-1][1]), lexicon)


def _is_listed(text: str, places: tuple[int, int, int], lexicon: Lexicon) -> bool:
    """Say whether a verb stands in a list of what is never asked for: "we never ask to share a screen, to pay a fee, to send a code"."""
    start, verb, end = places
    if lexicon.order == "behind":
        return lexicon.reports.search(text, start, end) is not None and _negation(text, verb, end, lexicon)
    for told in lexicon.reports.finditer(text, start, verb):
        if (
            _negation(text, start, told.start(), lexicon)
            and not lexicon.please.search(text, told.end(), verb)
            and not lexicon.breaks.search(text, told.end(), verb)
        ):
            return True
    return False


def _negation(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Say whether something that takes back begins between two places, perhaps as the first letters of a verb ("不" of "不需要")."""
    apart = [found.span() for found in lexicon.no_negations.finditer(text, start)]
    found = (each.span() for each in lexicon.negations.finditer(text, start, min(len(text), end + _OVERHANG)) if each.start() < end)
    return any(not any(begin <= first and last <= over for begin, over in apart) for first, last in found)


def _is_bare_request(text: str, sentence: tuple[int, int], lexicon: Lexicon) -> bool:
    """Say whether a sentence without a verb asks all the same: "Your password, please."."""
    length = sentence[1] - sentence[0]
    most = _SHORTER if lexicon.order == "nearer" else _SHORT_SENTENCE
    is_short = length <= most and lexicon.please.search(text, *sentence) is not None
    return is_short and not lexicon.others.search(text, *sentence) and not _negation(text, *sentence, lexicon)


def _clause(parts: list[tuple[int, int]], at: int) -> tuple[int, int]:
    return next((part for part in parts if part[0] <= at < part[1]), parts[-1])
