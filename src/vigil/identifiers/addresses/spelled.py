"""Addresses with more in them than letters and digits: TON, Bitcoin Cash, Kaspa, Hedera, NEAR, Avalanche's X-chain."""

import base64
import binascii
import re

from vigil.identifiers.addresses.bech32 import judge_bech32
from vigil.identifiers.addresses.verdicts import Verdict
from vigil.identifiers.codes.base32 import crc_16
from vigil.identifiers.codes.cashaddr import decode_cashaddr

_TON = re.compile(r"[EUk0]Q[0-9A-Za-z_/+-]{46}")
_TON_TEST = 0x80
_TON_TAGS = (0x11, 0x51)
_CASH = re.compile(r"(?i)(?:(bitcoincash|bchtest|ecash):)?([qp][0-9a-z]{41})")
_CASH_NETWORKS = {"bitcoincash": ("bitcoin-cash",), "bchtest": ("bitcoin-cash-testnet",), "ecash": ("ecash",)}
_KASPA = re.compile(r"(?i)kaspa:([0-9a-z]{61,63})")
# Written so, and without any check.
_UNPROVEN = {
    "ton": re.compile(r"(?:0|-1):[0-9a-fA-F]{64}"),
    "near": re.compile(r"(?=.{2,64}\Z)[0-9a-z]+(?:[_.-][0-9a-z]+)*\.(?:near|tg)"),
    "hedera": re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,12}(?:-[a-z]{5})?"),
}
_AVALANCHE = re.compile(r"(?i)[XP]-(avax1[0-9a-z]{38})")


def judge_spelled(code: str) -> Verdict | None:
    """Judge a code that may hold colons, dots, hyphens and the like."""
    if _TON.fullmatch(code):
        return _judge_ton(code)
    if cash := _CASH.fullmatch(code):
        return _judge_cash((cash[1] or "").lower(), cash[2], code)
    if kaspa := _KASPA.fullmatch(code):
        holds = decode_cashaddr("kaspa", kaspa[1].lower()) is not None
        return Verdict(code.lower(), ("kaspa",), holds, None if holds else "checksum")
    if avalanche := _AVALANCHE.fullmatch(code):
        verdict = judge_bech32(avalanche[1])
        return verdict and verdict._replace(value=code)
    return next((Verdict(code, (network,)) for network, shape in _UNPROVEN.items() if shape.fullmatch(code)), None)


def _judge_ton(code: str) -> Verdict | None:
    try:
        raw = base64.urlsafe_b64decode(code.replace("+", "-").replace("/", "_"))
    except (binascii.Error, ValueError):
        return None
    if raw[0] & ~_TON_TEST not in _TON_TAGS:
        return None
    network = "ton-testnet" if raw[0] & _TON_TEST else "ton"
    holds = crc_16(raw[:34]) == int.from_bytes(raw[34:], "big")
    return Verdict(code, (network,), holds, None if holds else "checksum")


def _judge_cash(prefix: str, letters: str, code: str) -> Verdict | None:
    if letters not in {letters.lower(), letters.upper()}:
        return None
    for each in (prefix,) if prefix else _CASH_NETWORKS:
        if decode_cashaddr(each, letters.lower()) is not None:
            return Verdict(code.lower(), _CASH_NETWORKS[each], checked=True)
    # Without its prefix a wrong one may be anything.
    return Verdict(code.lower(), _CASH_NETWORKS[prefix], problem="checksum") if prefix else None
