"""OUT-ASK: whether a text asks the customer for something that nobody of us may ever ask for."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vigil.safety.replies.following import Thread, is_bare_question
from vigil.safety.replies.lexicon import Asked, Lexicon
from vigil.safety.replies.negating import is_negated, negation
from vigil.safety.replies.quoting import hushed
from vigil.safety.replies.sentences import clause, clauses, sentences

# So far from a thing its verb may stand, in letters; scripts without spaces say the same in a third.
_REACH, _SHORT_REACH = 90, 40
# A question for a value stands beside it.
_BESIDE, _SHORT_BESIDE = 36, 12
_SHORT_SENTENCE, _SHORTER = 70, 24
# Chinese says what it asks about a thing right behind it.
_BEHIND = 8


# A verb before this in Chinese only describes the thing.
_MODIFIES = ("的", "之")


# What she does in the app for herself.
_PLACED = {"secret", "protection"}


class Asking(NamedTuple):
    """A sentence that asks, by its place, and what for."""

    what: str
    start: int
    end: int


class _Word(NamedTuple):
    start: int
    end: int
    is_asking: bool


class _Sentence(NamedTuple):
    text: str
    span: tuple[int, int]
    parts: list[tuple[int, int]]
    words: Lexicon


def find_asking(text: str, lexicon: Lexicon) -> Iterator[Asking]:
    """Find the sentences of a folded text in small letters that ask for what is never asked."""
    if not any(each.things.search(text) for each in lexicon.asked):
        return
    text = hushed(text, lexicon)
    thread = Thread(text, lexicon)
    for start, end in sentences(text):
        said = _Sentence(text, (start, end), clauses(text, start, end, lexicon.breaks), lexicon)
        what = next((each.what for each in lexicon.asked if _asks(said, each)), None)
        if what is None and thread.is_taken_up(said.span, said.parts):
            what = "secret"
        if what:
            yield Asking(what, start, end)
        thread.hear(said.span)


def _asks(said: _Sentence, asked: Asked) -> bool:
    things = list(asked.things.finditer(said.text, *said.span))
    if not things:
        return False
    # The "confirmation" of a confirmation code asks for nothing.
    verbs = [verb for verb in _verbs(said, asked) if not any(_holds(thing, verb) for thing in things)]
    if any(_is_asked(said, thing, verbs, is_placed=asked.what in _PLACED) for thing in things):
        return True
    if asked.what != "secret":
        return False
    if (
        said.words.onlys.search(said.text, *said.span)
        or any(_is_questioned(said, thing) for thing in things)
        or (not verbs and _is_bare_request(said))
    ):
        return True
    return is_bare_question(said.text, said.parts[-1], asked.things, said.words)


def _holds(thing: re.Match[str], verb: _Word) -> bool:
    return thing.start() < verb.start and verb.end <= thing.end()


def _verbs(said: _Sentence, asked: Asked) -> list[_Word]:
    text, lexicon = said.text, said.words
    words = [_Word(found.start(), found.end(), is_asking=True) for found in asked.verbs.finditer(text, *said.span)]
    for typed in lexicon.types.finditer(text, *said.span):
        # Whoever is to type something here is asked for it; in the app it is her own affair.
        if not any(word.start <= typed.start() and typed.end() <= word.end for word in words):
            is_here = lexicon.here.search(text, *clause(said.parts, typed.start())) is not None
            words.append(_Word(typed.start(), typed.end(), is_asking=is_here))
    for care in lexicon.cares.finditer(text, *said.span):
        # Of two that share letters the longer speaks: "told you" is no "tell".
        if text[care.end() : care.end() + 1] in _MODIFIES:
            continue
        sharing = [word for word in words if word.start < care.end() and care.start() < word.end]
        if all(word.end - word.start < care.end() - care.start() for word in sharing):
            words = [word for word in words if word not in sharing]
            words.append(_Word(care.start(), care.end(), is_asking=False))
    return sorted(words)


def _is_asked(said: _Sentence, thing: re.Match[str], verbs: list[_Word], *, is_placed: bool) -> bool:
    text, lexicon = said.text, said.words
    its = clause(said.parts, thing.start())
    verb = _governing(thing, verbs, lexicon.order, its)
    reach = _SHORT_REACH if lexicon.is_dense else _REACH
    if verb is None or not verb.is_asking or max(thing.start() - verb.end, verb.start - thing.end()) > reach:
        return False
    own = clause(said.parts, verb.start)
    near = (min(own[0], thing.start()), max(own[1], thing.end()))
    between = (verb.end, thing.start()) if verb.end <= thing.start() else (thing.end(), verb.start)
    if lexicon.order == "nearer" and verb.end <= thing.start():
        between = (verb.end, thing.end() + _BEHIND)
    # An anti-phishing code is a thing, and no word of warning.
    others = (found for found in lexicon.others.finditer(text, *near) if found.end() <= thing.start() or thing.end() <= found.start())
    if any(others) or lexicon.asides.search(text, *between) or is_negated(text, (verb.start, verb.end), said.parts, lexicon):
        return False
    if negation(text, its[0], thing.start(), lexicon):
        return False
    if own != its and thing.end() <= verb.start and lexicon.fine.search(text, *own):
        # What is asked for stands beside the verb: "if the code did not come, send us your UID".
        return False
    return not (is_placed and _is_elsewhere(said, thing, near, its))


def _is_elsewhere(said: _Sentence, thing: re.Match[str], near: tuple[int, int], its: tuple[int, int]) -> bool:
    text, lexicon = said.text, said.words
    # The code in the app is a thing, and no place.
    places = (found for span in (near, its) for found in lexicon.places.finditer(text, *span))
    return any(place.end() <= thing.start() or thing.end() <= place.start() for place in places) and not lexicon.here.search(text, *near)


def _is_questioned(said: _Sentence, thing: re.Match[str]) -> bool:
    """Say whether a question for the value stands beside a thing: "which code did you get?"."""
    text, lexicon = said.text, said.words
    own = clause(said.parts, thing.start())
    beside = _SHORT_BESIDE if lexicon.is_dense else _BESIDE
    for found in lexicon.questions.finditer(text, *said.span):
        if max(thing.start() - found.end(), found.start() - thing.end()) > beside:
            continue
        near = (min(own[0], found.start()), max(own[1], found.end()))
        if lexicon.others.search(text, *near) or lexicon.fine.search(text, *near) or negation(text, *near, lexicon):
            continue
        return True
    return False


def _governing(thing: re.Match[str], verbs: list[_Word], order: str, its: tuple[int, int]) -> _Word | None:
    before = next((verb for verb in reversed(verbs) if verb.end <= thing.start()), None)
    behind = next((verb for verb in verbs if verb.start >= thing.end()), None)
    if before is None or behind is None:
        return before or behind
    if order == "nearer":
        return before if thing.start() - before.end <= behind.start - thing.end() else behind
    is_apart = before.end <= its[0] and behind.end <= its[1]
    if order == "before" and is_apart and before.is_asking != behind.is_asking:
        # A verb in the thing's own clause is nearer to it than one outside that means otherwise.
        return behind
    return before if order == "before" else behind


def _is_bare_request(said: _Sentence) -> bool:
    """Say whether a sentence without a verb asks all the same: "Your password, please."."""
    start, end = said.span
    lexicon = said.words
    most = _SHORTER if lexicon.order == "nearer" else _SHORT_SENTENCE
    is_short = end - start <= most and lexicon.please.search(said.text, start, end) is not None
    return is_short and not lexicon.others.search(said.text, start, end) and not negation(said.text, start, end, lexicon)
