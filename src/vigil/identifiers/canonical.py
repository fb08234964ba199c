"""One spelling for what is the same thing: so that two writings of one account, hash or number can be compared."""

import base64
import re
from collections.abc import Callable
from hashlib import blake2b

from vigil.identifiers.addresses.evm import with_case
from vigil.identifiers.codes.base58 import decode_base58, encode_base58
from vigil.identifiers.codes.cashaddr import decode_cashaddr
from vigil.identifiers.facts import Fact
from vigil.identifiers.phones import international

_TON_BODY, _TON_CHECKED = 34, 36
_TON_HASH = re.compile(r"[0-9A-Za-z_/+-]{43}=")
_HEX = re.compile(r"(?:0[xX])?[0-9a-fA-F]{64}")
_HEDERA_HASH = re.compile(r"(0\.0\.\d+)[@-](\d+)[.-](\d+)")
_GENERIC_SUBSTRATE = b"\x2a"
_CASH_LETTERS = 42


def canonical(fact: Fact, text: str) -> str | None:
    """Give the spelling by which `fact`, found in `text`, is compared; None where the text does not say enough for one.

    A value that fails its check keeps the spelling it has. An account of TON becomes its raw form, one of Polkadot and
    Kusama the form without a network, a hash small letters, a telephone number E.164.
    """
    if fact.problem == "ambiguous":
        return None
    if fact.problem:
        return fact.value
    writer = _WRITERS.get(fact.kind)
    return writer(fact, text) if writer else fact.value


def _address(fact: Fact, _text: str) -> str:
    value = fact.value
    if value.startswith("0x") and len(value) == 42:
        return "0x" + with_case(value[2:].lower())
    first = fact.networks[0] if fact.networks else ""
    rewritten = _BY_CHAIN[first](value) if first in _BY_CHAIN else None
    return rewritten or value


def _ton(value: str) -> str | None:
    if ":" in value:
        return value.lower()
    raw = base64.urlsafe_b64decode(value.replace("+", "-").replace("/", "_"))
    workchain = int.from_bytes(raw[1:2], "big", signed=True)
    return f"{workchain}:{raw[2:_TON_BODY].hex()}" if len(raw) == _TON_CHECKED else None


def _substrate(value: str) -> str | None:
    raw = decode_base58(value)
    if raw is None or len(raw) != 35:
        return None
    body = _GENERIC_SUBSTRATE + raw[1:-2]
    return encode_base58(body + blake2b(b"SS58PRE" + body).digest()[:2])


def _cash(value: str) -> str | None:
    lower = value.lower()
    if ":" in lower or len(lower) != _CASH_LETTERS or decode_cashaddr("bitcoincash", lower) is None:
        return None
    return f"bitcoincash:{lower}"


_BY_CHAIN: dict[str, Callable[[str], str | None]] = {
    "ton": _ton,
    "polkadot": _substrate,
    "kusama": _substrate,
    "bitcoin-cash": _cash,
    "hedera": lambda value: value.partition("-")[0],
}


def _txid(fact: Fact, _text: str) -> str:
    value = fact.value
    if _HEX.fullmatch(value):
        return value.lower()
    if _TON_HASH.fullmatch(value):
        return base64.urlsafe_b64decode(value.replace("+", "-").replace("/", "_")).hex()
    if hedera := _HEDERA_HASH.fullmatch(value):
        return f"{hedera[1]}@{hedera[2]}.{hedera[3]}"
    return value


def _order(fact: Fact, _text: str) -> str:
    # Hexadecimal numbers are the same in either case; the others have one case only.
    return fact.value.lower() if "-" in fact.value and len(fact.value) == 36 else fact.value.upper()


_WRITERS: dict[str, Callable[[Fact, str], str | None]] = {
    "address": _address,
    "txid": _txid,
    "order_id": _order,
    "email": lambda fact, _text: fact.value.lower(),
    "phone": lambda fact, text: international(fact.value, text),
}
