"""The page that names a test for every attack and fault tells the truth."""

import re

from tests.security.catalogue import ELSEWHERE, NUMBERS, PAGE, REACH, list_tests


def test_every_number_is_held_by_a_test_or_says_why_not() -> None:
    held = list_tests()
    assert sorted(number for number in NUMBERS if number not in held and number not in ELSEWHERE) == []


def test_every_number_says_in_words_what_it_is() -> None:
    assert sorted(list_tests().keys() - NUMBERS.keys()) == []


def test_no_reason_stands_for_a_number_that_has_a_test() -> None:
    held = list_tests()
    assert sorted(number for number in ELSEWHERE if number in held or number not in NUMBERS) == []


def test_every_test_that_the_page_names_exists() -> None:
    exist = {test for tests in list_tests().values() for test in tests}
    named = re.findall(r"^- `([^`]+)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(named) > 100
    assert sorted(set(named) - exist) == [], "run `python -m tests.security.catalogue`"


def test_the_page_names_every_number() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert sorted(number for number in NUMBERS if f"**{number}** " not in page) == []


def test_what_is_told_of_a_tests_reach_is_of_a_number_that_has_one() -> None:
    assert sorted(REACH.keys() - list_tests().keys()) == []
