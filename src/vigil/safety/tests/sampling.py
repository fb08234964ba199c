"""Secrets of every kind in every layout, made from a seed: what hides them must hide them all."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from mnemonic import Mnemonic

from vigil.safety.tests import makers

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_SIZES = (12, 15, 18, 21, 24)


class Sample(NamedTuple):
    """A text with one secret in it; `parts` are what must not be left of it."""

    kind: str
    layout: str
    text: str
    parts: tuple[str, ...]


VALUE_LAYOUTS: dict[str, Callable[[str], str]] = {
    "alone": "{}".format,
    "in a sentence": "I typed {} there, what now?".format,
    "behind a colon": "wallet: {}".format,
    "quoted": 'it says "{}" here'.format,
    "in brackets": "look ({}) please".format,
    "on a line": "hello\n{}\nthanks".format,
    "in a table": "| 1 | {} |".format,
    "in JSON": '{{"value": "{}"}}'.format,
    "beside Chinese": "请看 {}，谢谢".format,
    "in code": "```\n{}\n```".format,
    "in full width": lambda value: "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in value),
    "with invisible characters": "\u200b".join,
}
PHRASE_LAYOUTS: dict[str, Callable[[list[str]], str]] = {
    "spaces": " ".join,
    "commas": ", ".join,
    "lines": "\n".join,
    "tabs": "\t".join,
    "hyphens": "-".join,
    "numbered lines": lambda words: "\n".join(f"{number}. {word}" for number, word in enumerate(words, 1)),
    "numbered in brackets": lambda words: " ".join(f"{number}) {word}" for number, word in enumerate(words, 1)),
    "quoted": lambda words: ", ".join(f'"{word}"' for word in words),
    "a table": lambda words: "\n".join(f"| {number} | {word} |" for number, word in enumerate(words, 1)),
    "HTML cells": lambda words: "".join(f"<tr><td>{number}</td><td>{word}</td></tr>" for number, word in enumerate(words, 1)),
    "upper case": lambda words: " ".join(words).upper(),
    "columns": lambda words: "\n".join("   ".join(words[at : at + 3]) for at in range(0, len(words), 3)),
}


@cache
def _list(name: str) -> Mnemonic:
    return Mnemonic(name)


def _token(seed: int, size: int) -> str:
    return "".join(makers.seeded(seed).choices(_ALPHABET, k=size))


VALUES: dict[str, Callable[[int], str]] = {
    "WIF": makers.wif,
    "BIP-38": makers.bip38,
    "xprv": lambda seed: makers.extended(seed, "0488ade4", private=True),
    "zprv": lambda seed: makers.extended(seed, "04b2430c", private=True),
    "xpub": lambda seed: makers.extended(seed, "0488b21e", private=False),
    "XRP seed": makers.xrp_seed,
    "Stellar seed": makers.stellar,
    "card": makers.card,
    "GitHub token": lambda seed: "ghp_" + _token(seed, 36),
    "Telegram bot": lambda seed: f"{makers.seeded(seed).randrange(10**9, 10**10)}:AA{_token(seed, 33)}",
}


def samples(seed: int, count: int) -> Iterator[Sample]:
    """Make `count` texts: half of them phrases, the others values, in every list, kind and layout in turn."""
    random = makers.seeded(seed)
    for number in range(count):
        if number % 2:
            name, layout = random.choice([*VALUES]), random.choice([*VALUE_LAYOUTS])
            value = VALUES[name](random.getrandbits(40))
            yield Sample(name, layout, VALUE_LAYOUTS[layout](value), (value[4:-4],))
            continue
        name, layout = random.choice(makers.LISTS), random.choice([*PHRASE_LAYOUTS])
        words = _phrase(name, random.randbytes(random.choice(_SIZES) * 4 // 3))
        yield Sample(f"phrase, {name}", layout, PHRASE_LAYOUTS[layout](words), tuple(word for word in words if len(word) > 2))


def _phrase(name: str, entropy: bytes) -> list[str]:
    # One word of the Russian list is damaged in the package itself.
    words = str(_list(name).to_mnemonic(entropy)).replace("\u3000", " ").split(" ")
    return words if not any("\ufffd" in word for word in words) else _phrase(name, bytes(reversed(entropy)))


def leaks(sample: Sample, masked: str) -> bool:
    """Say whether anything of the secret is left."""
    left = masked.replace("⟦hidden:mnemonic⟧", "").replace("\u200b", "").casefold()
    return any(part.casefold() in left for part in sample.parts) or masked == sample.text
