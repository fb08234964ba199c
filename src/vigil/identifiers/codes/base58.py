"""Base58, with the checksum that most of its users share."""

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


def encode_base58(raw: bytes) -> str:
    """Write bytes in base58. For short ones: the time is quadratic."""
    number, letters = int.from_bytes(raw, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        letters = BITCOIN[digit] + letters
    return BITCOIN[0] * (len(raw) - len(raw.lstrip(b"\0"))) + letters


def has_check(raw: bytes) -> bool:
    """Say whether the last four bytes are the double SHA-256 of what stands before them."""
    payload, check = raw[:-_CHECK], raw[-_CHECK:]
    return len(raw) > _CHECK and hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:_CHECK] == check


def decode_base58check(text: str, alphabet: str = BITCOIN) -> bytes | None:
    """Decode and verify; None when the checksum does not hold. Gives the payload with its version."""
    raw = decode_base58(text, alphabet)
    return raw[:-_CHECK] if raw is not None and has_check(raw) else None
