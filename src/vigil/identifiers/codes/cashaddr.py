"""The checksum of Bitcoin Cash's addresses, which Kaspa uses too. Source: the CashAddr specification."""

from vigil.identifiers.codes.bech32 import LETTERS, to_bytes

_VALUES = {letter: value for value, letter in enumerate(LETTERS)}
_GENERATORS = (0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470)
_CHECK = 8


def decode_cashaddr(prefix: str, text: str) -> bytes | None:
    """Decode what follows the prefix and its colon, in lower case; None unless the checksum holds."""
    if len(text) <= _CHECK or not all(letter in _VALUES for letter in text):
        return None
    values = [_VALUES[letter] for letter in text]
    if _polymod([ord(char) & 31 for char in prefix] + [0] + values):
        return None
    return to_bytes(values[:-_CHECK])


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 35
        check = (check & 0x07FFFFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            if top >> bit & 1:
                check ^= generator
    return check ^ 1
