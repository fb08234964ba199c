"""Valid secrets of every kind, made from a seed when a test asks: none is written down anywhere."""

import base64
import binascii
import hashlib
from random import Random

from mnemonic import Mnemonic

from vigil.identifiers.codes.base58 import BITCOIN, RIPPLE
from vigil.safety.ed25519 import public_half

LISTS = tuple(sorted(Mnemonic.list_languages()))
_DAMAGED = "\ufffd"  # one word of the Russian list is damaged in the package itself


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - a test must make the same secrets every time


def phrase(name: str, seed: int, size: int = 12) -> list[str]:
    random = seeded(seed)
    while True:
        words = Mnemonic(name).to_mnemonic(random.randbytes(size * 4 // 3)).replace("\u3000", " ").split(" ")
        if not any(_DAMAGED in word for word in words):
            return words


def base58(raw: bytes, alphabet: str = BITCOIN) -> str:
    number, text = int.from_bytes(raw, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = alphabet[rest] + text
    return alphabet[0] * (len(raw) - len(raw.lstrip(b"\0"))) + text


def base58check(payload: bytes, alphabet: str = BITCOIN) -> str:
    return base58(payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4], alphabet)


def wif(seed: int, *, compressed: bool = True) -> str:
    return base58check(b"\x80" + seeded(seed).randbytes(32) + b"\x01" * compressed)


def bip38(seed: int) -> str:
    return base58check(b"\x01\x42\xc0" + seeded(seed).randbytes(36))


def extended(seed: int, version: str, *, private: bool) -> str:
    random = seeded(seed)
    return base58check(bytes.fromhex(version) + random.randbytes(41) + (b"\0" if private else b"\x02") + random.randbytes(32))


def xrp_seed(seed: int) -> str:
    return base58check(b"\x21" + seeded(seed).randbytes(16), RIPPLE)


def stellar(seed: int, version: int = 18) -> str:
    payload = bytes([version << 3]) + seeded(seed).randbytes(32)
    return base64.b32encode(payload + binascii.crc_hqx(payload, 0).to_bytes(2, "little")).decode()


def solana_pair(seed: int) -> bytes:
    secret = seeded(seed).randbytes(32)
    return secret + public_half(secret)


def hex64(seed: int) -> str:
    return f"{seeded(seed).getrandbits(256):064x}"


def card(seed: int, head: str = "4", size: int = 16) -> str:
    random = seeded(seed)
    body = head + "".join(random.choice("0123456789") for _ in range(size - len(head) - 1))
    doubled = sum(int(d) if place % 2 else sum(divmod(int(d) * 2, 10)) for place, d in enumerate(reversed(body)))
    return body + str(-doubled % 10)


def grouped(digits: str, separator: str) -> str:
    return separator.join(digits[at : at + 4] for at in range(0, len(digits), 4))
