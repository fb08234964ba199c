"""A few list words alone are nothing; with those before them they are a phrase."""

import pytest

from vigil.safety.pieces import complete, count_in_piece
from vigil.safety.tests import makers

WORDS = makers.phrase("english", 0)


@pytest.mark.parametrize("name", makers.LISTS)
def test_a_piece_is_words_of_one_list_numbered_or_not(name: str) -> None:
    words = makers.phrase(name, 7)
    for size in (3, 6):
        assert count_in_piece(" ".join(words[:size])) == size
        assert count_in_piece("\n".join(f"{number}. {word}" for number, word in enumerate(words[:size], 7))) == size


@pytest.mark.parametrize("text", ["still need advice", "thank you", "please help", "hello", "", "my " + " ".join(WORDS[:3]), "1 2 3"])
def test_what_people_say_is_no_piece(text: str) -> None:
    assert count_in_piece(text) == 0


def test_pieces_make_a_phrase_with_those_before_them_and_no_others() -> None:
    four = " ".join(WORDS[:4])
    assert complete(4, [four])
    assert complete(3, [" ".join(WORDS[4:7]), " ".join(WORDS[:3])])
    assert complete(2, ["⟦hidden:mnemonic⟧"])
    assert not complete(4, ["hello there", four])
    assert not complete(4, [])
