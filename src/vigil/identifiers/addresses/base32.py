"""Addresses in base32: Stellar, Algorand, NEM, Filecoin, Nano. A Stellar secret begins with S and is never one of them."""

import hashlib
import re

from vigil.identifiers.addresses.verdicts import Verdict
from vigil.identifiers.codes.base32 import crc_16, decode_base32, decode_nano
from vigil.identifiers.codes.keccak import keccak_256

_STELLAR = re.compile(r"G[A-Z2-7]{55}|M[A-Z2-7]{68}")
_STELLAR_VERSIONS = {"G": 6 << 3, "M": 12 << 3}
_ALGORAND = re.compile(r"[A-Z2-7]{58}")
# Python promises no such hash; it comes with OpenSSL.
_CAN_ALGORAND = "sha512_256" in hashlib.algorithms_available
_NEM = re.compile(r"[NT][A-Z2-7]{39}")
_FILECOIN = re.compile(r"f(?:1[a-z2-7]{39}|3[a-z2-7]{84})")
_NANO = re.compile(r"(?:nano|xrb)_([13][13-9a-km-uw-z]{51})([13-9a-km-uw-z]{8})")


def judge_base32(code: str) -> Verdict | None:
    """Judge a code by its length and first letter; one that is written right and does not add up is a typing error."""
    if _STELLAR.fullmatch(code):
        return _told(code, "stellar", _is_stellar(code))
    if _ALGORAND.fullmatch(code):
        return _told(code, "algorand", _is_algorand(code)) if _CAN_ALGORAND else Verdict(code, ("algorand",))
    if _NEM.fullmatch(code):
        return Verdict(code, ("nem",), checked=True) if _is_nem(code) else None
    if _FILECOIN.fullmatch(code):
        return _told(code, "filecoin", _is_filecoin(code))
    nano = _NANO.fullmatch(code)
    return _told(code, "nano", _is_nano(nano[1], nano[2])) if nano else None


def _told(code: str, network: str, holds: bool) -> Verdict:
    return Verdict(code, (network,), checked=holds, problem=None if holds else "checksum")


def _is_stellar(code: str) -> bool:
    raw = decode_base32(code)
    return raw is not None and raw[0] == _STELLAR_VERSIONS[code[0]] and crc_16(raw[:-2]) == int.from_bytes(raw[-2:], "little")


def _is_algorand(code: str) -> bool:
    raw = decode_base32(code)
    return raw is not None and hashlib.new("sha512_256", raw[:32]).digest()[-4:] == raw[32:]


def _is_nem(code: str) -> bool:
    raw = decode_base32(code)
    return raw is not None and raw[0] in (0x68, 0x98) and keccak_256(raw[:21])[:4] == raw[21:]


def _is_filecoin(code: str) -> bool:
    raw = decode_base32(code[2:].upper())
    if raw is None:
        return False
    check = hashlib.blake2b(bytes([int(code[1])]) + raw[:-4], digest_size=4).digest()
    return check == raw[-4:]


def _is_nano(account: str, check: str) -> bool:
    key, tail = decode_nano(account), decode_nano(check)
    if key is None or tail is None or key >> 256:
        return False
    return hashlib.blake2b(key.to_bytes(32, "big"), digest_size=5).digest()[::-1] == tail.to_bytes(5, "big")
