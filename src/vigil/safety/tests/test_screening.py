"""The door: what is refused, what is sealed, and what happens when a detector breaks."""

import logging
import traceback
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from vigil.kernel import faults
from vigil.kernel.text import MaskedText
from vigil.safety import detection
from vigil.safety.commands import mask, mask_line, screen, screen_asking, screen_line
from vigil.safety.marks import MARK, disarm
from vigil.safety.normalise import Normalised
from vigil.safety.queries import HiddenSecret, kind_name, plain_words, split_hidden
from vigil.safety.refusals import NeedsChoice, ScannerFailed, WordsEmpty, WordsTooLong, WordsUnreadable
from vigil.safety.tests import makers
from vigil.safety.wordlists import lists

SECRETS = st.sampled_from(
    [
        makers.wif(1),
        makers.card(1),
        " ".join(makers.phrase("english", 1)),
        " ".join(makers.phrase("korean", 1)),
        makers.xrp_seed(2),
        makers.stellar(3),
    ]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(TEXTS, SECRETS), min_size=1, max_size=6))
def test_screening_twice_changes_nothing(parts: list[str]) -> None:
    once = mask("\n".join(parts))
    again = mask(once)
    assert again == once
    assert isinstance(again, MaskedText)
    assert not detection.hide_secrets(str(once))[1]


@settings(max_examples=150, deadline=None)
@given(TEXTS, SECRETS, TEXTS)
def test_words_around_a_secret_stay_as_they_were(before: str, secret: str, after: str) -> None:
    # A word of a list beside a phrase may be one of its words.
    assume(lists().names.keys().isdisjoint(Normalised(f"{before}\n{after}").words))
    text = f"{before}\n\n\n{secret}\n\n\n{after}"
    screened = detection.hide_secrets(disarm(text))
    parts = MARK.split(screened[0])[::2]
    at = 0
    for part in parts:
        at = disarm(text).index(part, at) + len(part)
    assert parts[0].startswith(disarm(before)[:3])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(TEXTS, SECRETS), min_size=1, max_size=6))
def test_findings_point_at_their_marks(parts: list[str]) -> None:
    masked, findings = detection.hide_secrets(disarm("\n".join(parts)))
    places = [(mark.start(), len(mark[0]), mark[1]) for mark in MARK.finditer(masked)]
    assert places == [(f.start, f.length_in_masked_text, f.kind) for f in findings]


def test_words_too_many_or_none_or_unreadable_are_refused() -> None:
    with pytest.raises(WordsTooLong) as refused:
        screen("a" * 11, limit=10)
    assert (refused.value.status, refused.value.code) == (413, "too_long")
    for empty in ("", "  \n", "\u200b\u2060 "):
        with pytest.raises(WordsEmpty):
            screen(empty)
    for bad in ("a\x00b", "a\ud800b"):
        with pytest.raises(WordsUnreadable):
            screen(bad)


def test_a_broken_detector_lets_nothing_pass_and_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def breaks(seen: object) -> list[object]:
        raise ValueError(f"cannot read {vars(seen)['text']}")

    words = "hush " + makers.wif(1)
    broken = (*detection.DETECTORS, detection.Detector("broken", 1, breaks))  # type: ignore[arg-type]  # it raises before it matters
    with patch.object(detection, "DETECTORS", broken), caplog.at_level(logging.DEBUG), pytest.raises(ScannerFailed) as failed:
        screen(words)
    error = failed.value
    assert (error.code, error.status, error.retry_after) == ("screening_unavailable", 503, 5)
    assert error.__cause__ is None
    assert error.__context__ is None
    told = "".join(traceback.format_exception(error)) + repr(error.args) + repr(error.params) + caplog.text
    assert "hush" not in told


def test_a_fault_before_the_look_fails_closed() -> None:
    faults.arm("safety.before_scan=oserror:EIO@*")
    try:
        with pytest.raises(ScannerFailed):
            screen("hello")
    finally:
        faults.arm("")


def test_a_typed_mark_is_no_mark() -> None:
    assert split_hidden(screen("look ⟦hidden:card⟧").text) == ["look [hidden:card⟧"]
    assert split_hidden(mask_line("⟦\u200bhidden:card⟧")) == ["[hidden:card⟧"]


def test_stored_words_are_cut_at_their_marks() -> None:
    text = screen(f"a {makers.wif(1)} b").text
    assert split_hidden(text) == ["a ", HiddenSecret("private_key"), " b"]
    assert split_hidden("") == []
    assert str(kind_name("mnemonic")) == "recovery phrase removed"
    assert plain_words(text) == "a [private key removed] b"


def test_what_our_own_mark_says_convicts_nobody() -> None:
    text = f"{makers.wif(1)} {makers.hex64(1)}"
    assert makers.hex64(1) in screen(text).text


def test_a_name_is_one_visible_line() -> None:
    assert mask_line("  Wei\u202e\n\tLin\u200b\x07 ") == "Wei Lin"
    assert screen_line(makers.card(1)).findings
    assert mask_line("") == ""
    with pytest.raises(WordsTooLong):
        mask_line("a" * 201)


def test_a_persons_punctuation_survives() -> None:
    text = "Ünïcode → “quotes” … ﬁ ½ \u200d👩\u200d💻 ⟦maths⟧"
    assert screen(text).text == text


def test_who_can_be_asked_is_asked_what_64_hex_digits_are_and_nothing_is_sealed_before() -> None:
    value = makers.hex64(7)
    words = f"where is my money {value}"
    with pytest.raises(NeedsChoice) as asked:
        screen_asking(words, meant="")
    assert (asked.value.status, asked.value.code) == (409, "needs_choice")
    assert asked.value.as_json()["asks"] == [{"start": 18, "end": 82, "question": "transaction_hash_or_private_key"}]
    assert value not in str(asked.value.as_json()) + repr(asked.value.args)
    assert screen_asking(words, meant="public").text == words
    told = screen_asking(words, meant="secret")
    assert told.text == "where is my money ⟦hidden:private_key⟧"
    assert [finding.kind for finding in told.findings] == ["private_key"]
    for labelled in (f"txid {value}", f"交易哈希：{value}", f"https://explorer.example/tx/{value}", "hello"):
        assert screen_asking(labelled, meant="").text == labelled


def test_what_is_asked_about_hides_no_secret_beside_it() -> None:
    words = f"{makers.wif(1)}\n\n{makers.hex64(7)}"
    with pytest.raises(NeedsChoice):
        screen_asking(words, meant="")
    assert makers.wif(1) not in screen_asking(words, meant="public").text


def test_a_text_of_nothing_but_secrets_is_hidden_whole() -> None:
    text = "\n".join(makers.wif(seed) for seed in range(detection.MOST + 1))
    screened = screen(text, limit=len(text))
    assert screened.text == "⟦hidden:private_key⟧"
    assert len(screened.findings) == 1
