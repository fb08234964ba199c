"""A24: no text, however hostile, costs more than time linear in its length. How much that is, the bench says."""

import gc
import time

import pytest

from vigil.identifiers.folding import FOLDING
from vigil.safety import commands, detection
from vigil.safety.refusals import WordsTooLong
from vigil.safety.tests import hostile

LETTERS = 12_000
# The first nearly always does. That there are many excuses nothing: what costs the square of its length is too dear at each of them,
# and only what the machine does beside it is different each time.
_TRIES = 15
# Twice the text costs twice the time, and a little for caches that no longer hold it and for what else the machine does.
_GROWTH, _SLACK = 2.3, 0.004


def _cost(text: str) -> float:
    start = time.process_time()
    detection.hide_secrets(text)
    return time.process_time() - start


@pytest.mark.parametrize("name", hostile.SHAPES)
def test_a24_twice_the_text_costs_about_twice_the_time(name: str) -> None:
    half, whole = hostile.of_length(name, LETTERS), hostile.of_length(name, 2 * LETTERS)
    # Not collected before: with all that a whole suite keeps, that alone is dearer than the text.
    gc.disable()
    try:
        # The first look is the dearest, so the whole has it.
        small = large = float("inf")
        for _ in range(_TRIES):
            large, small = min(large, _cost(whole)), min(small, _cost(half))
            if large <= _GROWTH * small + _SLACK:
                return
    finally:
        gc.enable()
    raise AssertionError((name, small, large))


def test_a24_what_is_longer_than_a_message_may_be_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detection, "look", lambda text: pytest.fail("somebody looked at it"))
    for name in hostile.SHAPES:
        for door in (commands.screen, commands.screen_line, commands.mask, commands.mask_line):
            with pytest.raises(WordsTooLong):
                door(hostile.of_length(name, commands.LIMIT + 1))


def test_a24_a_text_of_every_character_does_not_make_the_next_ones_dearer() -> None:
    detection.hide_secrets(hostile.of_length("every character", 60_000))
    detection.hide_secrets("".join(map(chr, range(0x20000, 0x2A000))))
    word = "безопасность 安全 保安 безопасность"
    detection.hide_secrets(word)
    assert all(ord(char) in FOLDING for char in word)


def test_ordinary_messages_ask_for_no_dear_look() -> None:
    text = "Hello, I sent 500 USDT over TRC20 two hours ago and it has not arrived yet, can you please check it for me? Thank you."
    detection.hide_secrets(text)
    start = time.process_time()
    for _ in range(50):
        detection.hide_secrets(text)
    assert (time.process_time() - start) / 50 < 0.002
