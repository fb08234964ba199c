"""Recovery phrases written without spaces between the words: Chinese by the exact count, other lists by cutting them up."""

import re
from collections.abc import Iterator

from vigil.safety.findings import Question, Span
from vigil.safety.normalise import Normalised, Token
from vigil.safety.vocabulary import RECOVERY, mentions
from vigil.safety.wordlists import BEGINNING, LENGTHS, checksum_holds, list_of, lists

NAME, VERSION = "bip39-unspaced", 2
PHRASE_OR_TEXT = "recovery_phrase_or_text"

# Ordinary Chinese is written with nearly the same characters as the lists, but hardly a sentence of a dozen characters
# does without one of these.
_GRAMMAR = frozenset(
    "的是不在了有我他她它你您这這那个個们們来來到时時为為着就和要也得里裡后後以会會可下上而过過去能对對"
    "么麼之都好没沒只如把还還给給从從被让讓很再又才请請吗嗎呢吧啊什怎哪谁誰"
    "与與及并並由于於其所经經向将將已等兼且任"
)
# So many of them stand in one phrase of a hundred by chance: for hiding it unasked, and for asking about it.
_GRAMMAR_HIDDEN = {12: 1, 15: 2, 18: 2, 21: 2, 24: 3}
_GRAMMAR_ASKED = {12: 4, 15: 5, 18: 5, 21: 5, 24: 6}
_BETWEEN, _LONGEST_BETWEEN = "是为為就如下", 3
_SET_OFF_BEFORE = re.compile(r"(?:\A|[\n:=\[(\"'「『“«`|]|[.!?。]\s?| )[ \t]?\Z")
_SET_OFF_AFTER = re.compile(r"[ \t]?(?:\Z|[\n\])\"'」』”»`|]| )")
_HAN = "\u3400"
_SHORTEST, _LONGEST = 33, 420
_ENOUGH = 11
_SAMPLE = 4


def find(seen: Normalised) -> Iterator[Span | Question]:
    """Find phrases in unbroken text; Chinese needs a right checksum and either a word that names it or no grammar."""
    if not any(len(word) in LENGTHS or len(word) >= _SHORTEST or (len(word) > 1 and word >= _HAN) for word in seen.words):
        return
    named: bool | None = None
    for token in _joined(seen):
        if token.text[0] >= _HAN:
            named = mentions(RECOVERY, seen.lower) if named is None else named
            if named or not _is_glued(seen.plain, token):
                yield from _chinese(seen, token, named=named)
            continue
        if named is None and _is_glued(seen.plain, token):
            named = mentions(RECOVERY, seen.lower)
        if (named or not _is_glued(seen.plain, token)) and _SHORTEST <= len(token.text) <= _LONGEST and _cuts_into_words(token.text):
            yield Span(token.start, token.end, "mnemonic", "medium")


def _is_glued(plain: str, token: Token) -> bool:
    # "1949年……": letters or digits beside it belong to the same sentence.
    return plain[max(0, token.start - 1) : token.start].isalnum() or plain[token.end : token.end + 1].isalnum()


def _joined(seen: Normalised) -> Iterator[Token]:
    group: list[Token] = []
    for word, (start, end) in zip(seen.words, seen.word_spans, strict=True):
        if len(word) == 1 or word < _HAN:
            if len(word) >= _SHORTEST:
                yield Token(word, start, end)
            continue
        if group and (len(word) != len(group[0].text) or not seen.plain[group[-1].end : start].isspace()):
            yield from _group(group)
            group = []
        group.append(Token(word, start, end))
    yield from _group(group)


def _group(group: list[Token]) -> Iterator[Token]:
    yield from group
    if len(group) > 1 and len(group[0].text) > 1:
        yield Token("".join(token.text for token in group), group[0].start, group[-1].end)


def _chinese(seen: Normalised, token: Token, *, named: bool) -> Iterator[Span | Question]:
    announced = _announced(token) if named else None
    if announced:
        yield announced
        return
    text = token.text
    size, grammar = len(text), sum(map(_GRAMMAR.__contains__, text))
    if size not in LENGTHS or grammar > _GRAMMAR_ASKED[size] or not _is_phrase(text):
        return
    is_apart = _stands_apart(seen.plain, token)
    if named or (is_apart and grammar <= _GRAMMAR_HIDDEN[size]):
        yield Span(token.start, token.end, "mnemonic", "strong")
    elif is_apart or not grammar:
        yield Question(token.start, token.end, PHRASE_OR_TEXT)


def _announced(token: Token) -> Span | None:
    # "助记词是……请帮我": the phrase begins where the words that announce it end, and may go on in a sentence.
    text = token.text
    after = max((at + len(word) for word in RECOVERY if (at := text.rfind(word)) >= 0), default=len(text))
    if token.end - token.start != len(text):
        return None
    starts = [at for at in range(after, after + _LONGEST_BETWEEN + 1) if not text[after:at].strip(_BETWEEN)]
    # What takes all the rest is likelier than what takes a part of it.
    rests = [(at, len(text) - at, _GRAMMAR_ASKED) for at in starts]
    parts = [(at, size, _GRAMMAR_HIDDEN) for at in reversed(starts) for size in reversed(LENGTHS)]
    for at, size, most in (*rests, *parts):
        part = text[at : at + size]
        if size in LENGTHS and len(part) == size and sum(map(_GRAMMAR.__contains__, part)) <= most[size] and _is_phrase(part):
            return Span(token.start + at, token.start + at + size, "mnemonic", "strong")
    return None


def _is_phrase(text: str) -> bool:
    return any(checksum_holds(places) for places in _places(text))


def _stands_apart(plain: str, token: Token) -> bool:
    # A line of its own, or set off from the words beside it as a value is; a clause of a sentence is neither.
    return bool(_SET_OFF_BEFORE.search(plain, max(0, token.start - 3), token.start)) and bool(_SET_OFF_AFTER.match(plain, token.end))


def _places(text: str) -> Iterator[list[int]]:
    whole = lists().whole
    found = [{list_of(place): place for place in whole.get(char, ())} for char in text]
    for name in set(found[0]).intersection(*found[1:]):
        yield [places[name] for places in found]


def _cuts_into_words(text: str) -> bool:
    # Which words of which lists can end here, counted from the first letter on. One word list at a time would be
    # exact; words of all lists together are enough for thirty-three letters that leave no rest.
    if len({text[at : at + _SAMPLE] for at in range(len(text))}) < _SHORTEST // 2:
        return False  # Dummy text of one word repeated.
    known = lists()
    reached: dict[int, dict[int, int]] = {0: {}}
    for at in range(len(text)):
        here = reached.pop(at, None)
        if here is None:
            continue
        for word in known.begun.get(text[at : at + BEGINNING], ()):
            if text.startswith(word, at):
                _reach(reached.setdefault(at + len(word), {}), here, known.whole[word], is_first=at == 0)
    return any(count >= _ENOUGH for count in reached.get(len(text), {}).values())


def _reach(there: dict[int, int], here: dict[int, int], places: tuple[int, ...], *, is_first: bool) -> None:
    for place in places:
        name = list_of(place)
        if is_first or name in here:
            there[name] = max(there.get(name, 0), here.get(name, 0) + 1)
