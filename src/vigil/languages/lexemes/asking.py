"""Cuts what somebody asks for: each term has to be found, in any of its spellings."""

from collections.abc import Iterator
from dataclasses import dataclass

from vigil.languages.lexemes.cutting import APART, LONGEST, Part, is_long, long_lexeme, mail_lexeme, parts_of
from vigil.languages.lexemes.folding import fold, fold_pictures, without_long_end
from vigil.languages.lexemes.stems import stem, stems_in_all

MOST_TERMS = 12
# So much of an address or a transaction tells it from the others.
BEGINNING = 6
_LAST_WORD = 3
_ELLIPSIS = ("…", "...")


@dataclass(frozen=True, slots=True)
class Term:
    """What has to be found: one of `words`, or something that begins with one of `beginnings`."""

    words: tuple[str, ...]
    beginnings: tuple[str, ...] = ()

    def is_met_by(self, lexemes: tuple[str, ...]) -> bool:
        """Say whether one of these is what is asked for."""
        return any(lexeme in self.words or lexeme.startswith(self.beginnings) for lexeme in lexemes)


def terms_of(question: str, *, unfinished: bool = False) -> list[Term]:
    """Tell the terms of a question, at most 12, each once. The last word of an `unfinished` one may be its beginning alone."""
    parts = list(parts_of(question))
    found: dict[Term, None] = {}
    behind_ellipsis = False
    for place, part in enumerate(parts):
        end = part.start + len(part.text)
        # "a1979a…b5289e" is how an address is shown where there is no room: its beginning finds it.
        if not behind_ellipsis:
            is_last = unfinished and place == len(parts) - 1 and end == len(question)
            found.update(dict.fromkeys(_terms(part, is_last=is_last, is_star=question[end : end + 1] == "*")))
        behind_ellipsis = question.startswith(_ELLIPSIS, end) and len(part.text) >= BEGINNING and part.text.isascii()
    return list(found)[:MOST_TERMS]


def _terms(part: Part, *, is_last: bool, is_star: bool) -> Iterator[Term]:
    if part.kind == "mail":
        yield Term((mail_lexeme(part.text),))
    elif part.kind == "letters":
        yield _word(part.text, is_open=(is_last or is_star) and len(part.text) >= _LAST_WORD)
    else:
        yield from _pictures(part)


def _word(word: str, *, is_open: bool) -> Term:
    beginnings = [long_lexeme(word)] if len(word) >= BEGINNING and word.isascii() and word.isalnum() else []
    if is_long(word):
        return Term((long_lexeme(word),), tuple(beginnings))
    plain = fold(word)[:LONGEST]
    stems = {stem(word, "ru")} if "\u0400" <= word[0] <= "\u04ff" else stems_in_all(word)
    words = dict.fromkeys([plain, *(each[:LONGEST] for each in stems if each)])
    return Term(tuple(words), tuple([*beginnings, plain] if is_open else beginnings))


def _pictures(part: Part) -> Iterator[Term]:
    plain = without_long_end(fold_pictures(part.text))
    if len(plain) == 1:
        yield Term((plain,), (plain,))
    for at in range(len(plain) - 1):
        pair = plain[at : at + 2]
        # Inside a longer Korean word somebody else may have put a space.
        yield Term((pair, APART + pair)) if part.kind == "hangul" and len(plain) > 2 else Term((pair,))
