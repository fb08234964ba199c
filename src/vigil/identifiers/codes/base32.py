"""Base32 as chains use it: their own alphabets, and the checks that stand at its end."""

import base64
import binascii

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AFTER_CROCKFORD = "*~$=U"
_NANO = "13456789abcdefghijkmnopqrstuwxyz"
_NANO_VALUES = {letter: value for value, letter in enumerate(_NANO)}


def decode_base32(text: str) -> bytes | None:
    """Decode RFC 4648 base32 without its padding; None when it is none, or when the bits that are left over are not zero."""
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b32encode(raw).decode().rstrip("=") == text else None


def decode_nano(text: str) -> int | None:
    """Read Nano's base32 as one number; None when a letter is not of its alphabet."""
    number = 0
    for letter in text:
        value = _NANO_VALUES.get(letter)
        if value is None:
            return None
        number = number << 5 | value
    return number


def crockford_check(body: str) -> str:
    """Give the letter that proves `body`, written in Crockford's base32: the remainder by 37. Raises ValueError."""
    number = 0
    for letter in body:
        number = number << 5 | CROCKFORD.index(letter)
    return (CROCKFORD + _AFTER_CROCKFORD)[number % 37]


def crc_16(body: bytes) -> int:
    """Give the CRC-16 of XMODEM, which Stellar and TON use."""
    return binascii.crc_hqx(body, 0)


def decode_strkey(text: str) -> bytes | None:
    """Decode a Stellar key; None unless its CRC-16 holds. Gives the version byte and the 32 bytes."""
    try:
        raw = base64.b32decode(text)
    except (binascii.Error, ValueError):
        return None
    payload, check = raw[:-2], raw[-2:]
    return payload if crc_16(payload) == int.from_bytes(check, "little") else None
