"""A24: no text, however hostile, costs more than time linear in its length."""

import time

import pytest

from vigil.safety import detection
from vigil.safety.tests import makers

SIZE = 16_000
_random = makers.seeded(24)
_english = [makers.phrase("english", seed, 24) for seed in range(40)]
HOSTILE = {
    "list words": " ".join(word for words in _english for word in words),
    "list words and full stops": ". ".join(word for words in _english for word in words),
    "glued list words": "".join(word for words in _english for word in words),
    "Chinese list words": " ".join(makers.phrase("chinese_simplified", 1, 24)) + " ",
    "digits": "4 ",
    "card groups": "4111 ",
    "one long number": "4",
    "hex": makers.hex64(1) + " ",
    "nearly keys": " ".join("K" + makers.base58(_random.randbytes(38))[:51] for _ in range(20)) + " ",
    "nearly pairs": " ".join(makers.base58(_random.randbytes(64)) for _ in range(20)) + " ",
    "key heads": "xprv9s21ZrQH14 ",
    "key block begins": "-----BEGIN PRIVATE KEY-----",
    "links": "otpauth://",
    "brackets": "[1,",
    "angle brackets": "abandon <td ",
    "marks": "⟦hidden:card⟧",
    "invisible": "\u200b",
    "accents": "e\u0301",
    "long unfolding": "\ufdfa",
    "separators": "abandon,.;-",
    "labels": "word1=abandon ",
}


def _cost(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        detection.hide_secrets(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("name", HOSTILE)
def test_a24_four_times_the_text_costs_about_four_times_the_time(name: str) -> None:
    unit = HOSTILE[name]
    long = (unit * (SIZE // len(unit) + 1))[:SIZE]
    small, large = _cost(long[: SIZE // 4]), _cost(long)
    assert large < 0.25, "generous: a slow machine under load needs a tenth of it"
    assert large < 10 * small + 0.02


def test_ordinary_messages_ask_for_no_dear_look() -> None:
    text = "Hello, I sent 500 USDT over TRC20 two hours ago and it has not arrived yet, can you please check it for me? Thank you."
    detection.hide_secrets(text)
    start = time.process_time()
    for _ in range(50):
        detection.hide_secrets(text)
    assert (time.process_time() - start) / 50 < 0.002
