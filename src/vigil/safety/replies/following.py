"""What a sentence takes up from the ones before it: "The code arrived? Send it to me."."""

import re
from collections import deque

from vigil.safety.replies.lexicon import Lexicon
from vigil.safety.replies.negating import negation
from vigil.safety.replies.sentences import clause

# A thing named so many sentences ago is still what is spoken of.
_LASTS = 2
_LINE = 48
_NEAR = 8
# So many letters besides the thing are none of their own.
_REST, _SHORT_REST = 5, 3
_LETTERS = re.compile(r"[^\W_]")


class Thread:
    """What was spoken of so far, sentence by sentence."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        """Begin with nothing said."""
        self._text, self._words = text, lexicon
        self._things = next(each.things for each in lexicon.asked if each.what == "secret")
        self._spoken: deque[bool] = deque(maxlen=_LASTS)
        self._is_form = False

    def hear(self, sentence: tuple[int, int]) -> None:
        """Remember whether a sentence spoke of a thing as one that may be asked for next."""
        text, words = self._text, self._words
        is_named = bool(self._things.search(text, *sentence)) and not words.strangers.search(text, *sentence)
        is_open = not negation(text, *sentence, words) or words.excepts.search(text, *sentence) is not None
        self._spoken.append(is_named and is_open)
        self._is_form = self._is_form or words.forms.search(text, *sentence) is not None

    def is_taken_up(self, sentence: tuple[int, int], parts: list[tuple[int, int]]) -> bool:
        """Say whether a sentence asks for what one before it, or its own beginning, named."""
        text, words = self._text, self._words
        thing = self._things.search(text, *sentence)
        if thing and self._is_form and sentence[1] - sentence[0] <= _LINE and not negation(text, *sentence, words):
            return True
        if words.strangers.search(text, *sentence):
            return False
        for found in words.follows.finditer(text, *sentence):
            if not (any(self._spoken) or (thing and thing.start() < found.start())):
                continue
            if not self._is_told(found) and not self._is_shielded(found, clause(parts, found.start())):
                return True
        return False

    def _is_told(self, found: re.Match[str]) -> bool:
        """Say whether it is only a piece of something longer that asks for nothing ("tell me when")."""
        near = self._words.cares.finditer(self._text, max(0, found.start() - _NEAR), found.end() + _NEAR)
        return any(care.start() < found.end() and found.start() < care.end() and len(care[0]) > len(found[0]) for care in near)

    def _is_shielded(self, found: re.Match[str], own: tuple[int, int]) -> bool:
        text, words = self._text, self._words
        is_other = (
            words.fine.search(text, *own)
            or words.strangers.search(text, *own)
            or words.asides.search(text, found.end(), found.end() + _NEAR)
        )
        before = own[0] if words.order == "behind" else max(own[0], found.start() - _NEAR - _NEAR // 2)
        if words.asides.search(text, before, found.start()):
            return True
        if is_other or (words.places.search(text, *own) and not words.here.search(text, *own)):
            return True
        return negation(text, own[0], own[1] if words.order == "behind" else found.start(), words)


def is_bare_question(text: str, last: tuple[int, int], things: re.Pattern[str], words: Lexicon) -> bool:
    """Say whether the last clause is nothing but the thing and a question mark: "Last step: the OTP?"."""
    said = text[slice(*last)]
    if not said.rstrip().endswith("?") or not things.search(said):
        return False
    if words.cares.search(text, *last) or words.fine.search(text, *last):
        return False
    rest = words.fillers.sub("", words.please.sub("", things.sub("", said)))
    return len(_LETTERS.findall(rest)) <= (_SHORT_REST if words.is_dense else _REST) and not negation(text, *last, words)
