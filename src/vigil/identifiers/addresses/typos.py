"""Codes that were surely meant as addresses and are none: they have the length and the first letter, and do not add up."""

import re

from vigil.identifiers.addresses.verdicts import Verdict
from vigil.identifiers.chains import EVM
from vigil.identifiers.codes.base58 import BITCOIN

_SHAPES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"T[0-9A-Za-z]{32,34}"), ("tron",)),
    (re.compile(r"[13][0-9A-Za-z]{32,33}"), ("bitcoin",)),
    (re.compile(r"[LM][0-9A-Za-z]{33}"), ("litecoin",)),
    (re.compile(r"D[0-9A-Za-z]{33}"), ("dogecoin",)),
    (re.compile(r"r[0-9A-Za-z]{32,33}"), ("xrp",)),
)
_MIXED = re.compile(r"(?=.*[a-z].*[a-z])(?=.*[A-Z].*[A-Z])(?=.*\d)")
_NEARLY_HEX = re.compile(r"0[xX][0-9A-Za-z]{40}")
_NOT_HEX = re.compile(r"[G-Zg-z]")
_MOST_SLIPS = 2


def judge_typo(code: str) -> Verdict | None:
    """Say what a code was meant as, when its shape leaves little doubt."""
    if _NEARLY_HEX.fullmatch(code) and len(_NOT_HEX.findall(code, 2)) <= _MOST_SLIPS:
        return Verdict(code, EVM, problem="character")
    if not _MIXED.match(code):
        return None
    for shape, networks in _SHAPES:
        if shape.fullmatch(code):
            return Verdict(code, networks, problem="checksum" if all(char in BITCOIN for char in code) else "character")
    return None
