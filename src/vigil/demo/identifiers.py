"""Invented identifiers with right checksums: every one is SHA-256 of a plain label, so that nobody owns the key behind it."""

import hashlib
import re
from base64 import urlsafe_b64encode
from binascii import crc_hqx
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from mnemonic import Mnemonic

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_PLACEHOLDER = re.compile(r"\{([a-z0-9]+(?::[a-z0-9-]+)*)\}")


def txid(n: int) -> str:
    """Make a transaction id of 64 hex digits, as Bitcoin and TRON write it."""
    return hashlib.sha256(f"tx:{n}".encode()).hexdigest()


def evm_txid(n: int) -> str:
    """Make a transaction id as Ethereum and its relatives write it, with 0x."""
    return "0x" + hashlib.sha256(f"demo:evmtx:{n}".encode()).hexdigest()


def address(chain: str, n: int) -> str:
    """Make an address that passes its chain's checksum. Chains: trc20, erc20, bep20, btc, ton; ValueError for others."""
    if chain not in _ADDRESSES:
        raise ValueError(f"no address can be made for {chain}")
    return _ADDRESSES[chain](_payload(chain, n))


def order_id(n: int) -> str:
    """Make an order number of 18 digits that begins like the exchange's own, in the order of `n`."""
    return str(683_606_826_000_000_000 + n * 997_000_000_000 + _number(f"demo:order:{n}", 996_000_000_000))


def p2p_order_id(n: int) -> str:
    """Make a P2P order number of 20 digits."""
    return str(22_700_000_000_000_000_000 + _number(f"demo:p2p:{n}", 99_000_000_000_000_000))


def memo(n: int) -> str:
    """Make a deposit memo of 9 digits."""
    return str(100_000_000 + _number(f"demo:memo:{n}", 900_000_000))


def phrase(n: int) -> str:
    """Make a valid recovery phrase of twelve English words, for showing that it is taken out."""
    return str(Mnemonic("english").to_mnemonic(hashlib.sha256(f"demo:phrase:{n}".encode()).digest()[:16]))


def base58check(version: int, payload: bytes) -> str:
    """Write a payload in base58 with its version byte and the four bytes of double SHA-256."""
    body = bytes([version]) + payload
    body += hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4]
    number, out = int.from_bytes(body), ""
    while number:
        number, digit = divmod(number, 58)
        out = _BASE58[digit] + out
    return "1" * (len(body) - len(body.lstrip(b"\0"))) + out


def ton_address(payload: bytes) -> str:
    """Write a TON account of the base chain in its bounceable form, with its CRC-16."""
    body = b"\x11\x00" + payload
    return urlsafe_b64encode(body + crc_hqx(body, 0).to_bytes(2)).decode()


def fill_words(text: str, *, uid: str, brand: str, began_at: datetime, shift: int = 0) -> str:
    """Put real values for the placeholders of the written world. Raises ValueError for an unknown one.

    `began_at` is the conversation's first moment; `shift` is added to the number of every identifier, for people who play
    the same script with identifiers of their own.
    """
    began = began_at.astimezone(UTC)
    plain = {"uid": uid, "brand": brand}

    def value(match: re.Match[str]) -> str:
        name, *rest = match.group(1).split(":")
        if not rest and name in plain:
            return plain[name]
        if name == "clock":
            return (began - timedelta(minutes=int(rest[0]))).strftime("%H:%M")
        if name == "date":
            return (began - timedelta(days=int(rest[0]))).strftime("%Y-%m-%d")
        if name == "address" and len(rest) == 2:
            return address(rest[0], int(rest[1]) + shift)
        if name in _NUMBERED and len(rest) == 1:
            return _NUMBERED[name](int(rest[0]) + shift)
        raise ValueError(f"{match.group(0)} is no placeholder")

    return _PLACEHOLDER.sub(value, text)


def check_words(text: str) -> None:
    """Refuse a text with an unknown placeholder or a brace outside one. Raises ValueError."""
    fill_words(text, uid="70000000", brand="Brand", began_at=datetime(2025, 10, 10, tzinfo=UTC))
    if set("{}") & set(_PLACEHOLDER.sub("", text)):
        raise ValueError(f"a brace stands alone in {text[:60]!r}")


def _payload(chain: str, n: int) -> bytes:
    return hashlib.sha256(f"demo:{chain}:{n}".encode()).digest()


def _number(label: str, below: int) -> int:
    return int.from_bytes(hashlib.sha256(label.encode()).digest()) % below


# EIP-55 leaves an address in lower case without a checksum, and valid.
_ADDRESSES: dict[str, Callable[[bytes], str]] = {
    "trc20": lambda payload: base58check(0x41, payload[:20]),
    "erc20": lambda payload: "0x" + payload[:20].hex(),
    "bep20": lambda payload: "0x" + payload[:20].hex(),
    "btc": lambda payload: base58check(0x00, payload[:20]),
    "ton": ton_address,
}
_NUMBERED: dict[str, Callable[[int], str]] = {
    "txid": txid,
    "evmtx": evm_txid,
    "order": order_id,
    "p2p": p2p_order_id,
    "memo": memo,
    "phrase": phrase,
}
