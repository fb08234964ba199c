"""Bech32 and bech32m: a prefix that a person can read, and five-bit letters with a checksum. Source: BIP-173, BIP-350."""

from typing import NamedTuple

LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {letter: value for value, letter in enumerate(LETTERS)}
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_FORMS = {1: "bech32", 0x2BC830A3: "bech32m"}
_CHECK = 6


class Decoded(NamedTuple):
    """`form` is bech32 or bech32m, or empty when the checksum holds for neither."""

    prefix: str
    data: list[int]
    form: str


def decode_bech32(text: str) -> Decoded | None:
    """Decode; None when it is not written like bech32 at all, for instance in mixed case. Does not limit the length."""
    if text not in {text.lower(), text.upper()}:
        return None
    prefix, one, rest = text.lower().rpartition("1")
    if not one or not prefix or len(rest) < _CHECK or not all(letter in _VALUES for letter in rest):
        return None
    values = [_VALUES[letter] for letter in rest]
    spread = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    return Decoded(prefix, values[:-_CHECK], _FORMS.get(_polymod(spread + values), ""))


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            if top >> bit & 1:
                check ^= generator
    return check


def to_bytes(data: list[int]) -> bytes | None:
    """Join five-bit values to bytes; None when what is left over is not less than five zero bits."""
    number = 0
    for value in data:
        number = number << 5 | value
    spare = len(data) * 5 % 8
    if spare >= 5 or number & ((1 << spare) - 1):
        return None
    return (number >> spare).to_bytes(len(data) * 5 // 8, "big")
