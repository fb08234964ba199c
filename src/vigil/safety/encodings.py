"""Base58 and base32 with their checksums, as wallets write keys. Pure arithmetic."""

import base64
import binascii
import hashlib

BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_DIGITS = {alphabet: {char: value for value, char in enumerate(alphabet)} for alphabet in (BITCOIN, RIPPLE)}
_CHECK = 4


def decode_base58(text: str, alphabet: str = BITCOIN) -> bytes | None:
    """Decode base58; None when a character is not of the alphabet. For short texts: the time is quadratic."""
    digits, number = _DIGITS[alphabet], 0
    try:
        for char in text:
            number = number * 58 + digits[char]
    except KeyError:
        return None
    zeros = len(text) - len(text.lstrip(alphabet[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def decode_base58check(text: str, alphabet: str = BITCOIN) -> bytes | None:
    """Decode and verify base58check; None when the checksum does not hold. Gives the payload with its version."""
    raw = decode_base58(text, alphabet)
    if raw is None or len(raw) <= _CHECK:
        return None
    payload, check = raw[:-_CHECK], raw[-_CHECK:]
    return payload if hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:_CHECK] == check else None


def decode_strkey(text: str) -> bytes | None:
    """Decode a Stellar key; None unless its CRC-16 holds. Gives the version byte and the 32 bytes."""
    try:
        raw = base64.b32decode(text)
    except (binascii.Error, ValueError):
        return None
    payload, check = raw[:-2], raw[-2:]
    return payload if binascii.crc_hqx(payload, 0) == int.from_bytes(check, "little") else None
