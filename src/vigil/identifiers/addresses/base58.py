"""Addresses in base58 with a check of their own, or none: Solana, Polkadot, Monero, Waves, Cardano's oldest, Decred."""

import binascii
import hashlib
import re

from vigil.identifiers.addresses.verdicts import Verdict
from vigil.identifiers.codes.base58 import decode_base58
from vigil.identifiers.codes.keccak import keccak_256

_SUBSTRATE = {0: ("polkadot",), 2: ("kusama",), 42: ("polkadot", "kusama")}
_MONERO = {
    **dict.fromkeys((18, 19, 42), "monero"),
    **dict.fromkeys((53, 54, 63, 24, 25, 36), "monero-testnet"),
}
_DECRED = re.compile(r"D[sce][1-9A-HJ-NP-Za-km-z]{33}")
_LONGEST_BYRON = 110
_ED25519 = 32


def judge_base58(code: str) -> Verdict | None:
    """Judge a code by what its bytes say; a Solana address has no check, so that only its shape is known."""
    if len(code) in (95, 106):
        return _judge_monero(code)
    raw = decode_base58(code)
    if raw is None or len(code) > _LONGEST_BYRON:
        return None
    if len(raw) == _ED25519:
        return Verdict(code, ("solana",))
    if _DECRED.fullmatch(code):
        return Verdict(code, ("decred",))
    return _judge_substrate(code, raw) or _judge_waves(code, raw) or _judge_byron(code, raw)


def _judge_substrate(code: str, raw: bytes) -> Verdict | None:
    if len(raw) != (36 if raw[:1] >= b"\x40" else 35) or hashlib.blake2b(b"SS58PRE" + raw[:-2]).digest()[:2] != raw[-2:]:
        return None
    return Verdict(code, _SUBSTRATE.get(raw[0], ()), checked=True)


def _judge_waves(code: str, raw: bytes) -> Verdict | None:
    if len(raw) != 26 or raw[0] != 1:
        return None
    hashed = keccak_256(hashlib.blake2b(raw[:22], digest_size=32).digest())
    networks = {ord("W"): ("waves",), ord("T"): ("waves-testnet",)}.get(raw[1])
    return Verdict(code, networks, checked=True) if networks and hashed[:4] == raw[22:] else None


def _judge_monero(code: str) -> Verdict | None:
    """Decode Monero's own base58, in blocks of eleven letters for eight bytes, the last one shorter."""
    raw = b""
    for at in range(0, len(code), 11):
        block = code[at : at + 11]
        size = {11: 8, 7: 5}[len(block)]
        decoded = decode_base58(block)
        number = int.from_bytes(decoded or b"", "big")
        if decoded is None or number >> (8 * size):
            return None
        raw += number.to_bytes(size, "big")
    network = _MONERO.get(raw[0])
    if network is None:
        return None
    holds = keccak_256(raw[:-4])[:4] == raw[-4:]
    return Verdict(code, (network,), checked=holds, problem=None if holds else "checksum")


def _judge_byron(code: str, raw: bytes) -> Verdict | None:
    # CBOR: a pair of a tagged byte string and its CRC-32, which comes as four bytes unless it is small.
    if not raw.startswith(b"\x82\xd8\x18\x58") or len(raw) < 6:
        return None
    end = 5 + raw[4]
    body, check = raw[5:end], raw[end:]
    if check[:1] != b"\x1a" or len(check) != 5:
        return None
    holds = binascii.crc32(body) == int.from_bytes(check[1:], "big")
    return Verdict(code, ("cardano",), checked=holds, problem=None if holds else "checksum")
