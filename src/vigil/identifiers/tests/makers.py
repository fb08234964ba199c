"""Writes addresses as wallets do, from made-up payloads: SHA-256 of a plain label, so that nobody owns the key behind one."""

import base64
import binascii
import hashlib
from collections.abc import Callable

from vigil.identifiers.codes.base58 import BITCOIN, RIPPLE
from vigil.identifiers.codes.keccak import keccak_256

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_NANO = "13456789abcdefghijkmnopqrstuwxyz"


def payload(n: int, size: int) -> bytes:
    return hashlib.sha512(f"identifiers:{n}".encode()).digest()[:size]


def base58(raw: bytes, alphabet: str = BITCOIN) -> str:
    number, out = int.from_bytes(raw, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        out = alphabet[digit] + out
    return alphabet[0] * (len(raw) - len(raw.lstrip(b"\0"))) + out


def base58check(head: str, n: int, *, alphabet: str = BITCOIN) -> str:
    body = bytes.fromhex(head) + payload(n, 20)
    return base58(body + hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4], alphabet)


def _fives(raw: bytes) -> list[int]:
    bits = "".join(f"{byte:08b}" for byte in raw)
    bits += "0" * (-len(bits) % 5)
    return [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]


def _residue(values: list[int], generators: tuple[int, ...], width: int) -> int:
    check = 1
    for value in values:
        top, check = check >> width - 5, (check & (1 << width - 5) - 1) << 5 ^ value
        for bit, generator in enumerate(generators):
            check ^= generator if top >> bit & 1 else 0
    return check


def bech32(prefix: str, data: list[int], constant: int) -> str:
    generators = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
    spread = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    check = _residue([*spread, *data, *([0] * 6)], generators, 30) ^ constant
    return prefix + "1" + "".join(_LETTERS[value] for value in (*data, *(check >> 5 * (5 - at) & 31 for at in range(6))))


def witness(prefix: str, version: int, n: int, size: int) -> str:
    return bech32(prefix, [version, *_fives(payload(n, size))], 0x2BC830A3 if version else 1)


def account(prefix: str, n: int) -> str:
    return bech32(prefix, _fives(payload(n, 20)), 1)


def cardano(n: int) -> str:
    return bech32("addr", _fives(b"\x01" + payload(n, 56)), 1)


def cashaddr(prefix: str, body: bytes) -> str:
    generators = (0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470)
    data = _fives(body)
    check = _residue([*(ord(char) & 31 for char in prefix), 0, *data, *([0] * 8)], generators, 40) ^ 1
    return prefix + ":" + "".join(_LETTERS[value] for value in (*data, *(check >> 5 * (7 - at) & 31 for at in range(8))))


def evm(n: int) -> str:
    digits = payload(n, 20).hex()
    decides = keccak_256(digits.encode()).hex()
    return "0x" + "".join(digit.upper() if decision > "7" else digit for digit, decision in zip(digits, decides, strict=False))


def stellar(n: int) -> str:
    body = bytes([6 << 3]) + payload(n, 32)
    return base64.b32encode(body + binascii.crc_hqx(body, 0).to_bytes(2, "little")).decode()


def algorand(n: int) -> str:
    key = payload(n, 32)
    return base64.b32encode(key + hashlib.new("sha512_256", key).digest()[-4:]).decode().rstrip("=")


def ton(n: int) -> str:
    body = b"\x11\x00" + payload(n, 32)
    return base64.urlsafe_b64encode(body + binascii.crc_hqx(body, 0).to_bytes(2, "big")).decode()


def substrate(network: int, n: int) -> str:
    body = bytes([network]) + payload(n, 32)
    return base58(body + hashlib.blake2b(b"SS58PRE" + body).digest()[:2])


def nano(n: int) -> str:
    key = payload(n, 32)
    check = int.from_bytes(hashlib.blake2b(key, digest_size=5).digest()[::-1], "big")
    number = int.from_bytes(key, "big") << 40 | check
    return "nano_" + "".join(_NANO[number >> 5 * at & 31] for at in range(59, -1, -1))


def filecoin(n: int) -> str:
    key = payload(n, 20)
    return "f1" + base64.b32encode(key + hashlib.blake2b(b"\x01" + key, digest_size=4).digest()).decode().lower().rstrip("=")


def nem(n: int) -> str:
    body = b"\x68" + payload(n, 20)
    return base64.b32encode(body + keccak_256(body)[:4]).decode()


def waves(n: int) -> str:
    body = b"\x01W" + payload(n, 20)
    return base58(body + keccak_256(hashlib.blake2b(body, digest_size=32).digest())[:4])


def monero(n: int) -> str:
    body = b"\x12" + payload(n, 64)
    raw = body + keccak_256(body)[:4]
    blocks = [raw[at : at + 8] for at in range(0, len(raw), 8)]
    return "".join(base58(block).lstrip("1").rjust(11 if len(block) == 8 else 7, "1") for block in blocks)


def byron(n: int) -> str:
    body = b"\x83\x58\x1c" + payload(n, 28) + b"\xa0\x00"
    return base58(b"\x82\xd8\x18\x58" + bytes([len(body)]) + body + b"\x1a" + binascii.crc32(body).to_bytes(4, "big"))


# By chain, everything that carries a checksum.
CHECKED: dict[str, Callable[[int], str]] = {
    "ethereum": evm,
    "bitcoin": lambda n: base58check("00", n),
    "bitcoin (p2sh)": lambda n: base58check("05", n),
    "bitcoin (segwit)": lambda n: witness("bc", 0, n, 20),
    "bitcoin (segwit script)": lambda n: witness("bc", 0, n, 32),
    "bitcoin (taproot)": lambda n: witness("bc", 1, n, 32),
    "litecoin": lambda n: base58check("30", n),
    "litecoin (segwit)": lambda n: witness("ltc", 0, n, 20),
    "dogecoin": lambda n: base58check("1e", n),
    "dash": lambda n: base58check("4c", n),
    "zcash": lambda n: base58check("1cb8", n),
    "tron": lambda n: base58check("41", n),
    "xrp": lambda n: base58check("00", n, alphabet=RIPPLE),
    "tezos": lambda n: base58check("06a19f", n),
    "bitcoin-cash": lambda n: cashaddr("bitcoincash", b"\x00" + payload(n, 20)),
    "kaspa": lambda n: cashaddr("kaspa", b"\x00" + payload(n, 32)),
    "cosmos": lambda n: account("cosmos", n),
    "osmosis": lambda n: account("osmo", n),
    "cardano": cardano,
    "cardano (byron)": byron,
    "stellar": stellar,
    "algorand": algorand,
    "ton": ton,
    "polkadot": lambda n: substrate(0, n),
    "kusama": lambda n: substrate(2, n),
    "nano": nano,
    "filecoin": filecoin,
    "nem": nem,
    "waves": waves,
    "monero": monero,
}


def key_of(name: str) -> str:
    return name.partition(" ")[0]
