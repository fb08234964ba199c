"""Phrases of other standards than BIP-39, and where their lists come from."""

import hashlib
from pathlib import Path

import pytest

from vigil.safety import wordlists
from vigil.safety.scanning import scan
from vigil.safety.tests import makers

VENDOR = Path(wordlists.__file__).parent / "vendor"


def _phrase(name: str, seed: int, size: int) -> list[str]:
    return makers.seeded(seed).choices((VENDOR / f"{name}.txt").read_text(encoding="utf-8").split(), k=size)


@pytest.mark.parametrize("name", wordlists.OTHERS)
def test_a_list_is_the_one_whose_origin_is_told(name: str) -> None:
    assert hashlib.sha256((VENDOR / f"{name}.txt").read_bytes()).hexdigest() in (VENDOR / "ORIGIN.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "size"), [("slip39", 20), ("slip39", 33), ("monero", 13), ("monero", 25)])
def test_a_phrase_of_another_list_is_hidden_with_a_mistyped_word_too(name: str, size: int) -> None:
    for seed in range(10):
        words = _phrase(name, seed, size)
        for written in (words, [*words[:5], words[5][:-1] + "qq", *words[6:]]):
            found = scan(" ".join(written))
            assert found["masked"] == "⟦hidden:mnemonic⟧", (name, seed)


def test_a_phrase_of_electrums_first_list_is_hidden_by_its_length() -> None:
    for seed in range(10):
        assert scan("Here: " + " ".join(_phrase("electrum", seed, 12)))["masked"] == "Here: ⟦hidden:mnemonic⟧"
    ten = " ".join(_phrase("electrum", 4, 10))
    assert scan(f"Here: {ten}")["masked"] == f"Here: {ten}"
