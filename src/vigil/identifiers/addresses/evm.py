"""Addresses of Ethereum and of everything that copied it."""

import re

from vigil.identifiers.addresses.verdicts import Verdict
from vigil.identifiers.chains import EVM
from vigil.identifiers.codes.keccak import keccak_256

_DIGITS = 40
_HEX = re.compile(r"0[xX][0-9a-fA-F]+")
_ALMOST = range(_DIGITS - 2, _DIGITS + 3)


def judge_evm(code: str) -> Verdict | None:
    """Judge 0x and about forty hex digits. In mixed case the case is the checksum; in one case there is none. Source: EIP-55.

    With a capital X it is a slip: wallets and exchanges refuse it.
    """
    if not _HEX.fullmatch(code) or len(code) - 2 not in _ALMOST:
        return None
    digits, value = code[2:], "0x" + code[2:]
    if len(digits) != _DIGITS:
        return Verdict(value, EVM, problem="length")
    if code[1] == "X":
        return Verdict(value, EVM, problem="character")
    if digits in {digits.lower(), digits.upper()}:
        return Verdict(value, EVM)
    if digits == with_case(digits.lower()):
        return Verdict(value, EVM, checked=True)
    return Verdict(value, EVM, problem="checksum")


def with_case(digits: str) -> str:
    """Write forty hex digits, given in lower case, in the case that is their checksum. Source: EIP-55."""
    decides = keccak_256(digits.encode()).hex()
    return "".join(digit.upper() if decision > "7" else digit for digit, decision in zip(digits, decides, strict=False))
