"""Names of transactions. Their commonest forms are those of private keys too: only a label makes them a fact."""

import re
from collections.abc import Iterator

from vigil.identifiers.chains import EVM
from vigil.identifiers.codes.base58 import decode_base58
from vigil.identifiers.facts import Fact
from vigil.identifiers.plain import Plain

_BARE = (
    *("bitcoin", "tron", "xrp", "litecoin", "dogecoin", "stellar", "bitcoin-cash", "cardano", "monero", "ton"),
    *("cosmos", "eos", "kaspa", "dash", "zcash", "osmosis", "injective", "celestia", "kava", "terra", "sei"),
)
_WITH_0X = (*EVM, "aptos", "polkadot", "kusama")
_FORMS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"0[xX][0-9a-fA-F]{64}"), _WITH_0X),
    (re.compile(r"[0-9a-fA-F]{64}"), _BARE),
    (re.compile(r"[A-Z2-7]{52}"), ("algorand",)),
    (re.compile(r"[0-9A-Za-z_/+-]{43}="), ("ton",)),
    (re.compile(r"o[1-9A-HJ-NP-Za-km-z]{50}"), ("tezos",)),
    (re.compile(r"0\.0\.\d{1,12}[@-]\d{9,10}[.-]\d{9}"), ("hedera",)),
    (re.compile(r"\d{6,9}-\d{1,4}"), ("polkadot", "kusama")),
    (re.compile(r"\d{9,12}"), ("aptos",)),
)
_BASE58_BYTES = {64: ("solana",), 32: ("sui", "near")}
_BASE58 = re.compile(r"[1-9A-HJ-NP-Za-km-z]{43,88}")
_CODE = re.compile(
    r"(?<![0-9A-Za-z_/+-])(?:0\.0\.\d{1,12}[@-]\d{9,10}[.-]\d{9}|[0-9A-Za-z_/+-]{43}=|\d{6,9}-\d{1,4}(?!\d))(?![0-9A-Za-z_+-])"
    r"|(?<![0-9A-Za-z])[0-9A-Za-z]{43,88}(?![0-9A-Za-z])"
)
_HEX = re.compile(r"(?:0[xX])?[0-9a-fA-F]{64}")
_UNMISTAKABLE = re.compile(r"0\.0\.\d+@\d+\.\d+")
_REACH = 80
_ACCOUNTS_OF_64 = ("aptos", "sui")


def networks_of_txid(value: str, network: str = "") -> tuple[str, ...]:
    """Say on which chains `value` may name a transaction; empty when it has none of their forms.

    What a form alone does not prove counts only on the chain that is named.
    """
    for form, networks in _FORMS:
        if form.fullmatch(value) and (not value.isdigit() or network in networks):
            return networks
    raw = decode_base58(value) if _BASE58.fullmatch(value) else None
    return _BASE58_BYTES.get(len(raw), ()) if raw is not None else ()


def find_txids(plain: Plain) -> Iterator[Fact]:
    """Find transactions that are called so. 64 hex digits with nothing said about them stay unnamed: they may be a key."""
    for code in _CODE.finditer(plain.words):
        networks = networks_of_txid(code[0])
        if not networks:
            continue
        kind = _kind(plain, code)
        if kind == "txid":
            yield Fact("txid", code[0], code.start(), code.end(), networks)
        elif kind == "address" and code[0][:2] == "0x":
            yield Fact("address", code[0], code.start(), code.end(), _ACCOUNTS_OF_64)


def _kind(plain: Plain, code: re.Match[str]) -> str:
    if _UNMISTAKABLE.fullmatch(code[0]):
        return "txid"
    near = plain.labels.kinds_near(code.start(), code.end(), _REACH)
    named = plain.labels.naming(code.start(), code.end())
    if "secret" in near or not near:
        return ""
    if named in {"tx", "address"}:
        return "txid" if named == "tx" else "address" if _HEX.fullmatch(code[0]) else ""
    # A sentence may come between "my transaction" and the code; what is short or an address as well needs it closer.
    is_long = _HEX.fullmatch(code[0]) or len(code[0]) > 80
    return "txid" if is_long and not named and near[0] == "tx" else ""
