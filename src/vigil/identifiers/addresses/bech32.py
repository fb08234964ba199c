"""Addresses in bech32: Bitcoin's and Litecoin's newer ones, Cosmos and its family, Cardano and others."""

import re
from collections.abc import Callable

from vigil.identifiers.addresses.verdicts import Verdict
from vigil.identifiers.codes.bech32 import Decoded, decode_bech32, to_bytes

_WITNESS = {
    "bc": ("bitcoin",),
    "ltc": ("litecoin",),
    "dgb": ("digibyte",),
    "vtc": ("vertcoin",),
    "btg": ("bitcoin-gold",),
    "tb": ("bitcoin-testnet",),
    "bcrt": ("bitcoin-testnet",),
    "tltc": ("litecoin-testnet",),
}
# Twenty bytes are a person's account, thirty-two a contract's.
_ACCOUNTS = {
    "cosmos": ("cosmos",),
    "osmo": ("osmosis",),
    "inj": ("injective",),
    "sei": ("sei",),
    "celestia": ("celestia",),
    "kava": ("kava",),
    "terra": ("terra",),
    "thor": ("thorchain",),
    "cro": ("cronos-pos",),
    "dym": ("dymension",),
    "axelar": ("axelar",),
    "zil": ("zilliqa",),
    "one": ("harmony",),
    "avax": ("avalanche-x",),
}
_CARDANO = ("addr", "stake", "addr_test", "stake_test")
_LOOKS = re.compile(f"(?i)({'|'.join((*_WITNESS, *_ACCOUNTS, *_CARDANO, 'zs'))})1([0-9a-z]+)")
_ACCOUNT_LENGTHS = (20, 32)
_SAPLING = 43
_LONGEST_WITNESS = 90
# Shorter ones are more often a word with a digit in it.
_SHORTEST_TYPO = 30


def judge_bech32(code: str) -> Verdict | None:
    """Judge a code that begins with a prefix we know; one whose checksum fails is told as a typing error."""
    looks = _LOOKS.fullmatch(code)
    if not looks:
        return None
    prefix = looks[1].lower()
    decoded = decode_bech32(code)
    networks = _networks(prefix)
    if decoded is None or not decoded.form:
        problem = "checksum" if decoded else "character"
        return Verdict(code, networks, problem=problem) if len(code) >= _SHORTEST_TYPO else None
    if not _JUDGES.get(prefix, _is_account)(decoded, code):
        return Verdict(code, networks, problem="checksum") if len(code) >= _SHORTEST_TYPO else None
    return Verdict(code.lower(), networks, checked=True)


def _networks(prefix: str) -> tuple[str, ...]:
    if prefix in _CARDANO:
        return ("cardano-testnet",) if prefix.endswith("_test") else ("cardano",)
    return _WITNESS.get(prefix) or _ACCOUNTS.get(prefix) or ("zcash",)


def _is_witness(decoded: Decoded, code: str) -> bool:
    if not decoded.data or len(code) > _LONGEST_WITNESS:
        return False
    version, program = decoded.data[0], to_bytes(decoded.data[1:])
    if program is None or version > 16 or not 2 <= len(program) <= 40:
        return False
    if version == 0:
        return decoded.form == "bech32" and len(program) in _ACCOUNT_LENGTHS
    return decoded.form == "bech32m"


def _is_account(decoded: Decoded, code: str) -> bool:
    account = to_bytes(decoded.data)
    return decoded.form == "bech32" and account is not None and len(account) in _ACCOUNT_LENGTHS


def _is_cardano(decoded: Decoded, code: str) -> bool:
    account = to_bytes(decoded.data)
    if decoded.form != "bech32" or not account:
        return False
    kind, network = account[0] >> 4, account[0] & 15
    # Kinds 4 and 5 point to a stake by place and differ in length; the rest are one credential or two.
    fits = len(account) in (29, 57) if kind not in (4, 5) else len(account) > 29
    return fits and network == (0 if decoded.prefix.endswith("_test") else 1)


def _is_sapling(decoded: Decoded, code: str) -> bool:
    account = to_bytes(decoded.data)
    return decoded.form == "bech32" and account is not None and len(account) == _SAPLING


_JUDGES: dict[str, Callable[[Decoded, str], bool]] = {
    **dict.fromkeys(_WITNESS, _is_witness),
    **dict.fromkeys(_CARDANO, _is_cardano),
    "zs": _is_sapling,
}
