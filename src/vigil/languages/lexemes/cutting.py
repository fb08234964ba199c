"""Cuts what people wrote into pieces, each with its place and its lexemes.

Words of an alphabet give themselves and their stem. Scripts without spaces give every two neighbours, so that a word of two
characters is found inside any sentence. What is long and has a figure in it is an address, a transaction or an order, and has a
space of its own, in which it is found by how it begins.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from vigil.languages.lexemes.folding import fold, fold_pictures
from vigil.languages.lexemes.stems import stem

LONG = "x:"
MAIL = "m:"
# Two neighbours of Korean with a space between them: found by those who write the words together, and by nobody who asks for the two.
APART = "~"
LONGEST = 100  # characters of one lexeme
_LONG_FROM = 12
_MAIL = r"[\w.%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_PICTURES = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HANGUL = r"\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f\uffa0-\uffdc"
_LETTERS = rf"[^\W_{_PICTURES}{_HANGUL}]+(?:[\u0300-\u036f]+[^\W_{_PICTURES}{_HANGUL}]*)*"
_RUNS = f"(?P<letters>{_LETTERS})"
_RUNS += f"|(?P<pictures>[{_PICTURES}]+)|(?P<hangul>[{_HANGUL}]+)"
_WITHOUT_MAIL, _WITH_MAIL = re.compile(_RUNS), re.compile(f"(?P<mail>{_MAIL})|{_RUNS}")
_LETTERS_ALONE, _MORE_THAN_LETTERS = re.compile(_LETTERS), re.compile(f"[@{_PICTURES}{_HANGUL}]")
_AMOUNT = re.compile(r"(\d+)([^\W\d_]+)|([^\W\d_]+)(\d+)")
_ONLY_SPACE = re.compile(r"[ \t\u3000]{0,2}")


class Part(NamedTuple):
    """A run of one kind of letters: "mail", "pictures" (Chinese characters and kana), "hangul" or "letters"."""

    kind: str
    text: str
    start: int


class Piece(NamedTuple):
    """A place in a text, in code points, and the lexemes that stand there."""

    start: int
    end: int
    lexemes: tuple[str, ...]


def parts_of(text: str) -> Iterator[Part]:
    """Tell the runs of a text in their order."""
    # To try every word as the beginning of an address would take as long as all the rest.
    for found in (_WITH_MAIL if "@" in text else _WITHOUT_MAIL).finditer(text):
        yield Part(found.lastgroup or "letters", found.group(), found.start())


def cut(text: str, language: str) -> Iterator[Piece]:
    """Cut a text whose words are mostly in `language`. The time is linear in the length."""
    if not _MORE_THAN_LETTERS.search(text):
        # Most texts are this, and a search cuts hundreds of them.
        for found in _LETTERS_ALONE.finditer(text):
            yield Piece(*found.span(), lexemes_of_word(found[0], language))
        return
    before: Part | None = None
    for part in parts_of(text):
        end = part.start + len(part.text)
        if part.kind == "letters":
            yield Piece(part.start, end, lexemes_of_word(part.text, language))
        elif part.kind == "mail":
            yield Piece(part.start, end, (mail_lexeme(part.text),))
        else:
            yield from _neighbours(part)
        if part.kind == "hangul" and before is not None and before.kind == "hangul":
            gap = before.start + len(before.text)
            if _ONLY_SPACE.fullmatch(text, gap, part.start):
                yield Piece(gap - 1, part.start + 1, (APART + before.text[-1] + part.text[0],))
        before = part


def lexemes_of(text: str, language: str) -> set[str]:
    """Tell all lexemes of a text."""
    return {lexeme for piece in cut(text, language) for lexeme in piece.lexemes}


def is_long(word: str) -> bool:
    """Say whether a word is an address, a transaction, an order or the like, by its looks."""
    return len(word) >= _LONG_FROM and word.isascii() and any(map(str.isdigit, word))


def long_lexeme(word: str) -> str:
    """Write what is long as the index does: small, and without the 0x that not everybody copies."""
    plain = word.lower()
    return LONG + plain.removeprefix("0x")[:LONGEST]


def mail_lexeme(address: str) -> str:
    """Write an address of mail as the index does; it is found as a whole, and never by its parts."""
    return MAIL + fold(address)[:LONGEST]


def lexemes_of_word(word: str, language: str) -> tuple[str, ...]:
    """Tell the lexemes of one word of an alphabet."""
    if not word.isalpha():
        # What has figures in it hardly comes again.
        return _lexemes_of_word(word, language)
    return _known_lexemes(word, language)


def _lexemes_of_word(word: str, language: str) -> tuple[str, ...]:
    if is_long(word):
        return (long_lexeme(word),)
    plain = fold(word)[:LONGEST]
    if plain.isdigit():
        return (plain,)
    if amount := _AMOUNT.fullmatch(plain):
        # 620USDT is as often written apart.
        return (plain, *filter(None, amount.groups()))
    root = stem(word, language)[:LONGEST]
    return (plain,) if root == plain or not root else (plain, root)


_known_lexemes = lru_cache(maxsize=16_384)(_lexemes_of_word)


def _neighbours(part: Part) -> Iterator[Piece]:
    plain = fold_pictures(part.text)
    whole = len(plain) != len(part.text)  # Narrow kana have a letter for their accent, so that places do not agree.
    for at in range(len(plain)):
        # The last one stands alone, too: whoever asks for one character asks for what begins with it.
        here = (part.start, part.start + len(part.text)) if whole else (part.start + at, part.start + min(at + 2, len(plain)))
        yield Piece(*here, (plain[at : at + 2],))
