"""Which spellings are one, and where they stand."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.languages.lexemes import Term, cut, lexemes_of, terms_of
from vigil.languages.lexemes.asking import MOST_TERMS
from vigil.languages.lexemes.folding import fold

LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Depósito", "deposito"),
        ("DEPO\u0301SITO", "depósito"),
        ("ÇEKİM", "cekim"),
        ("ısı", "isi"),
        ("I", "ı"),
        ("Được", "duoc"),
        ("ＵＳＤＴ", "usdt"),
        ("всё", "ВСЕ"),
        ("Straße", "strasse"),
        ("ñandú", "nandu"),
    ],
)
def test_one_word_in_two_spellings_is_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_letters_that_are_no_accented_others_stay() -> None:
    assert fold("мой") != fold("мои")
    assert not lexemes_of("が", "ja") & lexemes_of("か", "ja")


@pytest.mark.parametrize(
    ("text", "language", "there"),
    [
        ("提現失敗", "zh-Hant", {"提现", "现失", "失败", "败"}),
        ("ガス代", "ja", {"がす", "す代", "代"}),
        ("ｶﾞｽ", "ja", {"がす", "す"}),
        ("출금 지연", "ko", {"출금", "지연", "~금지"}),
        ("deposits", "en", {"deposits", "deposit"}),
        ("depósitos", "es", {"depositos", "deposit"}),
        ("выводами", "ru", {"выводами", "вывод"}),
        ("выводами", "en", {"вывод"}),
        ("0xA1979ABCDEF012345", "en", {"x:a1979abcdef012345"}),
        ("ada@Mail.Example", "en", {"m:ada@mail.example"}),
        ("USDT没到账", "zh-Hans", {"usdt", "没到", "到账"}),
        ("x_y-z", "en", {"x", "y", "z"}),
        ("620USDT", "en", {"620usdt", "620", "usdt"}),
        ("TRC20", "en", {"trc20", "trc", "20"}),
    ],
)
def test_a_text_is_cut_into_words_stems_and_neighbours(text: str, language: str, there: set[str]) -> None:
    assert there <= lexemes_of(text, language)


def test_an_address_of_mail_is_not_found_by_its_parts() -> None:
    assert lexemes_of("ada@mail.example", "en") == {"m:ada@mail.example"}


@given(LETTERS)
def test_every_piece_has_its_place_in_the_text_and_a_lexeme_that_is_not_empty(text: str) -> None:
    for piece in cut(text, "en"):
        assert 0 <= piece.start < piece.end <= len(text) + 1
        assert piece.lexemes
        assert all(piece.lexemes)


@given(LETTERS, st.sampled_from(["en", "ru", "tr", "vi", "zh-Hans", "ja", "ko", "xx"]))
def test_whatever_is_written_is_found_by_itself(text: str, language: str) -> None:
    lexemes = tuple(lexemes_of(text, language))
    for term in terms_of(text):
        if not text.endswith("ー") and not _is_joined(text):
            assert term.is_met_by(lexemes), (text, term)


@given(LETTERS)
def test_a_text_is_found_however_its_accents_are_composed(text: str) -> None:
    for form in ("NFC", "NFD"):
        lexemes = tuple(lexemes_of(unicodedata.normalize(form, text), "en"))
        if text.isascii():
            assert all(term.is_met_by(lexemes) for term in terms_of(text))


def test_a_question_has_few_terms_and_each_of_them_once() -> None:
    assert len(terms_of(" ".join(f"word{number}" for number in range(50)))) == MOST_TERMS
    assert terms_of("deposit DEPOSIT") == terms_of("deposit")
    assert terms_of("…") == []


def test_only_the_last_word_of_an_unfinished_question_may_be_a_beginning() -> None:
    first, last = terms_of("ada byr", unfinished=True)
    assert first.beginnings == ()
    assert "byr" in last.beginnings
    assert terms_of("ada byr ", unfinished=True)[-1].beginnings == ()
    assert terms_of("withdr*")[0].is_met_by(("withdrawal",))


def test_a_beginning_of_six_finds_what_is_long() -> None:
    assert Term(("a1979a",), ("x:a1979a",)) in terms_of("0xa1979a") or any("x:a1979a" in term.beginnings for term in terms_of("0xa1979a"))
    assert terms_of("a1979")[0].beginnings == ()


def _is_joined(text: str) -> bool:
    # Letters that a normal form changes in number are cut as they are written.
    return any(unicodedata.normalize("NFKC", letter) != letter for letter in text)
