"""Addresses in base58 with a double SHA-256: Bitcoin and those that came from it, TRON, XRP."""

from vigil.identifiers.addresses.verdicts import Verdict
from vigil.identifiers.codes.base58 import RIPPLE, decode_base58, has_check

# The byte before the twenty of the hash says which chain.
_VERSIONS: dict[int, tuple[str, ...]] = {
    0x00: ("bitcoin", "bitcoin-cash"),
    0x05: ("bitcoin", "litecoin", "bitcoin-cash"),
    0x1E: ("dogecoin",),
    0x16: ("dogecoin",),
    0x30: ("litecoin",),
    0x32: ("litecoin",),
    0x41: ("tron",),
}
_WHOLE = 25


def judge_base58check(code: str) -> Verdict | None:
    """Judge an address of one version byte and twenty of a hash; None unless its checksum holds."""
    raw = decode_base58(code)
    if raw is not None and len(raw) == _WHOLE and has_check(raw):
        return Verdict(code, _VERSIONS.get(raw[0], ()), checked=True)
    raw = decode_base58(code, RIPPLE)
    if raw is not None and len(raw) == _WHOLE and raw[0] == 0 and has_check(raw):
        return Verdict(code, ("xrp",), checked=True)
    return None
