"""Codes and browsers, from plain values."""

import pytest

from vigil.team.rules import browser_of, code_at, key_to_type, plain_recovery_code, step_of_code

# The secret of RFC 6238's own table, and its last six digits.
SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert code_at(SECRET, seconds // 30) == code


def test_a_code_is_known_half_a_minute_before_and_after_its_time_and_no_longer() -> None:
    code = code_at(SECRET, 1000)
    for seconds, known in ((29_969, False), (29_970, True), (30_000, True), (30_059, True), (30_060, False)):
        assert (step_of_code(SECRET, code, seconds=seconds, after=0) == 1000) is known


def test_a_code_that_was_used_or_lies_before_it_is_none() -> None:
    assert step_of_code(SECRET, code_at(SECRET, 1000), seconds=30_000, after=1000) is None
    assert step_of_code(SECRET, code_at(SECRET, 999), seconds=30_000, after=1000) is None
    assert step_of_code(SECRET, code_at(SECRET, 1001), seconds=30_000, after=1000) == 1001


@pytest.mark.parametrize("typed", ["", "0", "abcdef", "１２３４５６", "123456789012"])
def test_nonsense_is_no_code(typed: str) -> None:
    assert step_of_code(SECRET, typed, seconds=30_000, after=0) is None


def test_spaces_and_dashes_are_no_part_of_a_code() -> None:
    code = code_at(SECRET, 1000)
    assert step_of_code(SECRET, f" {code[:3]} {code[3:]}", seconds=30_000, after=0) == 1000
    assert plain_recovery_code(" ABCDE-fghjk ") == "abcdefghjk"


def test_a_secret_is_written_for_hands() -> None:
    assert key_to_type(SECRET) == "gezd gnbv gy3t qojq gezd gnbv gy3t qojq"


@pytest.mark.parametrize(
    ("said", "family"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15",
            "Safari, macOS",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 CriOS/120.0 Mobile/15E148 Safari/604.1", "Chrome, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_of_a_browser_only_its_family_is_told(said: str, family: str) -> None:
    assert browser_of(said) == family
