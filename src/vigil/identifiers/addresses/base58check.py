"""Addresses in base58 with a double SHA-256: Bitcoin and those that came from it, TRON, XRP, Tezos."""

from vigil.identifiers.addresses.verdicts import Verdict
from vigil.identifiers.codes.base58 import RIPPLE, decode_base58, has_check

_BITCOIN_TEST = ("bitcoin-testnet", "bitcoin-cash-testnet", "litecoin-testnet", "dogecoin-testnet")
# What stands before the hash says which chain; several chains took the same byte.
_VERSIONS: dict[bytes, tuple[str, ...]] = {
    b"\x00": ("bitcoin", "bitcoin-cash"),
    b"\x05": ("bitcoin", "litecoin", "bitcoin-cash", "vertcoin"),
    b"\x10": ("dash",),
    b"\x16": ("dogecoin",),
    b"\x17": ("neo",),
    b"\x1e": ("dogecoin", "digibyte"),
    b"\x26": ("bitcoin-gold",),
    b"\x30": ("litecoin",),
    b"\x32": ("litecoin", "qtum"),
    b"\x34": ("namecoin",),
    b"\x35": ("neo",),
    b"\x37": ("peercoin",),
    b"\x3a": ("qtum", "litecoin-testnet"),
    b"\x3c": ("ravencoin", "komodo"),
    b"\x3f": ("digibyte",),
    b"\x41": ("tron",),
    b"\x47": ("vertcoin",),
    b"\x4c": ("dash",),
    b"\x6f": _BITCOIN_TEST,
    b"\xc4": _BITCOIN_TEST,
    b"\x8c": ("dash-testnet",),
    b"\x1c\xb8": ("zcash",),
    b"\x1c\xbd": ("zcash",),
    b"\x1d\x25": ("zcash-testnet",),
    b"\x1c\xba": ("zcash-testnet",),
    b"\x20\x89": ("horizen",),
    b"\x20\x96": ("horizen",),
    b"\x06\xa1\x9f": ("tezos",),  # tz1
    b"\x06\xa1\xa1": ("tezos",),  # tz2
    b"\x06\xa1\xa4": ("tezos",),  # tz3
    b"\x06\xa1\xa6": ("tezos",),  # tz4
    b"\x02\x5a\x79": ("tezos",),  # KT1
}
_HASH, _CHECK = 20, 4
_VERSION_LENGTHS = range(1, 4)
_X_ADDRESS, _X_LENGTH = b"\x05\x44", 31


def judge_base58check(code: str) -> Verdict | None:
    """Judge a version and twenty bytes of a hash; None unless the checksum holds.

    A version that no chain of ours has gives an address without networks.
    """
    raw = decode_base58(code)
    if raw is None or not has_check(raw):
        return _judge_xrp(code)
    length = len(raw) - _HASH - _CHECK
    if length not in _VERSION_LENGTHS:
        return None
    return Verdict(code, _VERSIONS.get(raw[:length], ()), checked=True)


def _judge_xrp(code: str) -> Verdict | None:
    raw = decode_base58(code, RIPPLE)
    if raw is None or not has_check(raw):
        return None
    is_classic = len(raw) == 1 + _HASH + _CHECK and raw[0] == 0
    # This form holds the destination tag too.
    is_packed = len(raw) == _X_LENGTH + _CHECK and raw.startswith(_X_ADDRESS)
    return Verdict(code, ("xrp",), checked=True) if is_classic or is_packed else None
